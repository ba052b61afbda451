data {
  int<lower=0> I;
  int<lower=0> J;
  int<lower=0, upper=1> y[I, J];
}
parameters {
  real<lower=0> abilitySpread;
  vector[J] ability;
  real<lower=0> discriminationSpread;
  vector<lower=0>[I] discrimination;
  real meanDifficulty;
  real<lower=0> difficultySpread;
  vector[I] difficulty;
}
model {
  abilitySpread ~ cauchy(0, 2);
  ability ~ normal(0, abilitySpread);
  discriminationSpread ~ cauchy(0, 2);
  discrimination ~ lognormal(0, discriminationSpread);
  meanDifficulty ~ normal(0, 5);
  difficultySpread ~ cauchy(0, 2);
  difficulty ~ normal(meanDifficulty, difficultySpread);
  for (i in 1:I)
    y[i] ~ bernoulli_logit(discrimination[i] * (ability - difficulty[i]));
}
