data {
  int<lower=0> N;
  vector[N] y;
  vector[N] ideology;
  vector[N] race;
  vector[N] age;
  vector[N] schooling;
  vector[N] gender;
  vector[N] income;
}
transformed data {
  vector[N] second;
  vector[N] third;
  vector[N] fourth;
  for (n in 1:N) {
    second[n] = age[n] == 2;
    third[n] = age[n] == 3;
    fourth[n] = age[n] == 4;
  }
}
parameters {
  vector[9] beta;
  real<lower=0> sigma;
}
model {
  y ~ normal(beta[1] + beta[2] * ideology + beta[3] * race + beta[4] * second + beta[5] * third
             + beta[6] * fourth + beta[7] * schooling + beta[8] * gender + beta[9] * income, sigma);
}
