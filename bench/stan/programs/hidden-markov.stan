data {
  int<lower=0> T;
  real y[T];
}
parameters {
  simplex[2] theta1;
  simplex[2] theta2;
  positive_ordered[2] mu;
}
model {
  vector[2] logTransition[2];
  vector[2] forward;
  mu[1] ~ normal(3, 1);
  mu[2] ~ normal(10, 1);
  // What leads into a state, by the state it leads into.
  for (k in 1:2)
    logTransition[k] = log([theta1[k], theta2[k]]');
  for (k in 1:2)
    forward[k] = log(0.5) + normal_lpdf(y[1] | mu[k], 1);
  for (t in 2:T) {
    vector[2] next;
    for (k in 1:2)
      next[k] = log_sum_exp(forward + logTransition[k]) + normal_lpdf(y[t] | mu[k], 1);
    forward = next;
  }
  target += log_sum_exp(forward);
}
