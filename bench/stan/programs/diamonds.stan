data {
  int<lower=0> N;
  int<lower=0> K;
  matrix[N, K] x;
  vector[N] y;
}
transformed data {
  matrix[N, K] centred;
  for (k in 1:K)
    centred[, k] = x[, k] - mean(x[, k]);
}
parameters {
  vector[K] b;
  real intercept;
  real<lower=0> sigma;
}
model {
  b ~ normal(0, 1);
  intercept ~ student_t(3, 8, 10);
  sigma ~ student_t(3, 0, 10);
  y ~ normal(intercept + centred * b, sigma);
}
