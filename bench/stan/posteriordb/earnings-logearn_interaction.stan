data { int<lower=1> N; vector[N] earn; vector[N] height; vector[N] male; }
transformed data { vector[N] outcome = log(earn); vector[N] both = height .* male; }
parameters { vector[4] beta; real<lower=0> sigma; }
model { outcome ~ normal(beta[1] + beta[2] * height + beta[3] * male + beta[4] * both, sigma); }
