# Makes small_1.csv and small_2.csv beside this file with Stan itself (rstan 2.21.7): a matrix, saved warm-up, thinning.
library(rstan)
if (!file.exists(rstan_options("boost_lib"))) rstan_options(boost_lib = "/usr/include")
code <- "
data { int N; vector[N] y; }
parameters { real mu; real<lower=0> sigma; matrix[2, 3] L; }
model { mu ~ normal(0, 5); sigma ~ normal(0, 2); to_vector(L) ~ normal(0, 1); y ~ normal(mu, sigma); }
generated quantities { vector[2] both; both[1] = mu; both[2] = sigma; }
"
fit <- sampling(stan_model(model_code = code, model_name = "small"), data = list(N = 5, y = c(1, 2, 3, 4, 5.5)),
  chains = 2, iter = 60, warmup = 40, thin = 2, seed = 11, sample_file = "small", refresh = 0, cores = 1)
# What the test expects.
print(extract(fit, pars = "L", permuted = FALSE)[1:2, , ])
