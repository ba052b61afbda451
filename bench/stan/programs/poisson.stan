data {
  int<lower=0> N;
  int<lower=0> K;
  matrix[N, K] x;
  int<lower=0> y[N];
}
parameters {
  vector[K] beta;
}
model {
  beta ~ normal(0, 1);
  y ~ poisson_log_glm(x, 0, beta);
}
