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
  // Not poisson_log_glm: in a sampling statement of Stan 2.21 it loses the terms that depend on beta.
  y ~ poisson_log(x * beta);
}
