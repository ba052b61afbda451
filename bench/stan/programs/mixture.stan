data {
  int<lower=0> N;
  int<lower=1> K;
  real y[N];
}
parameters {
  simplex[K] weights;
  ordered[K] mu;
  vector<lower=0>[K] sigma;
}
model {
  vector[K] logWeights = log(weights);
  mu ~ normal(0, 10);
  sigma ~ lognormal(0, 1);
  for (n in 1:N) {
    vector[K] terms = logWeights;
    for (k in 1:K)
      terms[k] += normal_lpdf(y[n] | mu[k], sigma[k]);
    target += log_sum_exp(terms);
  }
}
