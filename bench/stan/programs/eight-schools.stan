data {
  int<lower=0> J;
  vector[J] y;
  vector<lower=0>[J] sigma;
}
parameters {
  real mu;
  real<lower=0> tau;
  vector<offset=mu, multiplier=tau>[J] effect;
}
model {
  mu ~ normal(0, 5);
  tau ~ cauchy(0, 5);
  effect ~ normal(mu, tau);
  y ~ normal(effect, sigma);
}
