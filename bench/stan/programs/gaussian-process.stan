data {
  int<lower=1> N;
  real x[N];
  vector[N] y;
}
transformed data {
  vector[N] zero = rep_vector(0, N);
}
parameters {
  real<lower=0> rho;
  real<lower=0> alpha;
  real<lower=0> sigma;
}
model {
  matrix[N, N] covariance = cov_exp_quad(x, alpha, rho);
  real noise = square(sigma);
  for (n in 1:N)
    covariance[n, n] = covariance[n, n] + noise;
  rho ~ gamma(25, 4);
  alpha ~ normal(0, 2);
  sigma ~ normal(0, 1);
  y ~ multi_normal_cholesky(zero, cholesky_decompose(covariance));
}
