data {
  int<lower=0> N;
  int<lower=0> J;
  vector[N] y;
  vector[N] x;
  int<lower=1, upper=J> group[N];
}
parameters {
  real overall;
  real<lower=0> spread;
  vector[J] level;
  real slope;
  real<lower=0> sigma;
}
model {
  overall ~ normal(0, 10);
  spread ~ normal(0, 1);
  level ~ normal(overall, spread);
  slope ~ normal(0, 10);
  sigma ~ normal(0, 1);
  y ~ normal(level[group] + slope * x, sigma);
}
