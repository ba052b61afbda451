data {
  int<lower=0> N;
  int<lower=1> D;
  int<lower=2> K;
  matrix[N, D] x;
  int<lower=1, upper=K> y[N];
}
parameters {
  matrix[D, K] beta;
}
model {
  matrix[N, K] eta = x * beta;
  to_vector(beta) ~ normal(0, 2);
  for (n in 1:N)
    y[n] ~ categorical_logit(eta[n]');
}
