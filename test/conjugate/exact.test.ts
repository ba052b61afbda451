/** Closed forms found in models, and NUTS held to them. */
import { describe, expect, it } from 'vitest';
import {
  bernoulli,
  beta,
  betaBernoulli,
  betaBinomialCounts,
  betaGeometric,
  betaNegativeBinomial,
  binomial,
  categorical,
  chiSquared,
  dirichlet,
  dirichletCategorical,
  dirichletMultinomialCounts,
  exact,
  exponential,
  gamma,
  gammaExponential,
  gammaGamma,
  gammaPoisson,
  geometric,
  integers,
  inverseGamma,
  inverseGammaNormal,
  inverseWishart,
  laplaceApproximation,
  linearRegression,
  matmul,
  matrix,
  model,
  multinomial,
  multivariateNormal,
  multivariateNormalNormal,
  negativeBinomialShapeRate,
  normal,
  normalInverseGamma,
  normalInverseWishart,
  normalNormal,
  nuts,
  pareto,
  paretoUniform,
  poisson,
  sqrt,
  uniform,
  variational,
  vector,
  type ExactPosterior,
  type Posterior,
  type UnivariatePosterior,
} from '../../src';

const y = [1.3, 2.2, -0.4, 3.1, 0.9, 1.7];
const counts = [3, 0, 2, 5, 1, 1];
const bits = [1, 0, 1, 1, 0, 1];
const waits = [0.3, 1.2, 0.05, 2.5];
const real = model({ y: vector('n') });
const whole = model({ y: integers('n') });

type Anything = ExactPosterior<never, never, never, never, never, never>;
type One = UnivariatePosterior<never, never, never, never, never, never>;

/** A model of one number, and its closed form. */
const single: [string, Posterior, unknown][] = [
  [
    'beta and bernoulli',
    whole
      .param('p', beta(2, 3))
      .observe('y', ({ p }) => bernoulli(p))
      .condition({ y: bits }),
    betaBernoulli({ alpha: 2, beta: 3 }).update(bits),
  ],
  [
    'uniform and bernoulli',
    whole
      .param('p', uniform(0, 1))
      .observe('y', ({ p }) => bernoulli(p))
      .condition({ y: bits }),
    betaBernoulli({ alpha: 1, beta: 1 }).update(bits),
  ],
  [
    'beta and binomial',
    model({ y: integers('n'), trials: integers('n') })
      .param('p', beta(2, 3))
      .observe('y', ({ p, trials }) => binomial(trials, p))
      .condition({ y: [3, 7], trials: [10, 12] }),
    betaBinomialCounts({ alpha: 2, beta: 3 }).update({ successes: [3, 7], trials: [10, 12] }),
  ],
  [
    'beta and geometric',
    whole
      .param('p', beta(2, 3))
      .observe('y', ({ p }) => geometric(p))
      .condition({ y: counts }),
    betaGeometric({ alpha: 2, beta: 3 }).update(counts),
  ],
  [
    'beta and negative binomial',
    whole
      .param('p', beta(2, 3))
      .observe('y', ({ p }) => negativeBinomialShapeRate(2.5, p.div(p.neg().add(1))))
      .condition({ y: counts }),
    betaNegativeBinomial({ alpha: 2, beta: 3, successes: 2.5 }).update(counts),
  ],
  [
    'gamma and poisson',
    whole
      .param('rate', gamma(2, 0.5))
      .observe('y', ({ rate }) => poisson(rate))
      .condition({ y: counts }),
    gammaPoisson({ shape: 2, rate: 0.5 }).update(counts),
  ],
  [
    'exponential and poisson',
    whole
      .param('rate', exponential(0.5))
      .observe('y', ({ rate }) => poisson(rate))
      .condition({ y: counts }),
    gammaPoisson({ shape: 1, rate: 0.5 }).update(counts),
  ],
  [
    'gamma and poisson with exposures',
    model({ y: integers('n'), years: vector('n') })
      .param('rate', gamma(2, 0.5))
      .observe('y', ({ rate, years }) => poisson(rate.mul(years)))
      .condition({ y: [3, 0, 7], years: [1.5, 0.2, 4] }),
    gammaPoisson({ shape: 2, rate: 0.5 }).update({ counts: [3, 0, 7], exposure: [1.5, 0.2, 4] }),
  ],
  [
    'chi-squared and exponential',
    real
      .param('rate', chiSquared(3))
      .observe('y', ({ rate }) => exponential(rate))
      .condition({ y: waits }),
    gammaExponential({ shape: 1.5, rate: 0.5 }).update(waits),
  ],
  [
    'gamma and gamma',
    real
      .param('rate', gamma(2, 1))
      .observe('y', ({ rate }) => gamma(1.5, rate))
      .condition({ y: waits }),
    gammaGamma({ shape: 2, rate: 1, known: 1.5 }).update(waits),
  ],
  [
    'pareto and uniform',
    real
      .param('end', pareto(1.5, 3))
      .observe('y', ({ end }) => uniform(0, end))
      .condition({ y: waits }),
    paretoUniform({ minimum: 1.5, shape: 3 }).update(waits),
  ],
  [
    'normal and normal, noncentered',
    real
      .param('mu', normal(1, 3), { noncentered: true })
      .observe('y', ({ mu }) => normal(mu, 2))
      .condition({ y }),
    normalNormal({ mean: 1, sd: 3, scale: 2 }).update(y),
  ],
  [
    'inverse gamma and normal',
    real
      .param('v', inverseGamma(3, 2))
      .observe('y', ({ v }) => normal(1, sqrt(v)))
      .condition({ y }),
    inverseGammaNormal({ shape: 3, scale: 2, mean: 1 }).update(y),
  ],
];

describe.each(single)('%s', (_title, posterior, closed) => {
  const expected = closed as One;
  const found = exact(posterior) as unknown as One;

  it('is found', () => {
    expect(found.name).toBe(expected.name);
    expect(found.hyperparameters).toEqual(expected.hyperparameters);
    expect(found.logEvidence).toBe(expected.logEvidence);
  });

  // Of the mean five Monte Carlo errors, of tail probabilities five too.
  it('is what NUTS draws', async () => {
    const fit = await nuts(posterior, { chains: 2, draws: 2000, warmup: 500, seed: 4, workers: 0 });
    const { name } = posterior.layout.quantities[0];
    const { mean, mcseMean: mcse } = fit.summary().rows[0];
    expect(Math.abs(mean - (expected.mean as number))).toBeLessThan(5 * mcse);
    const draws = fit.draws(name).flat();
    for (const p of [0.05, 0.5, 0.95]) {
      const below = draws.filter((x) => x <= expected.quantile(p)).length / draws.length;
      expect(Math.abs(below - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / 400));
    }
  });
});

const x = [
  [1, 0.2],
  [1, -1.1],
  [1, 0.7],
  [1, 2.3],
  [1, -0.4],
  [1, 1.5],
];
const rows = [
  [1, 2],
  [0.3, -1],
  [2.2, 0.4],
];
const covariance = [
  [2, 0.5],
  [0.5, 1],
];
const noise = [
  [1, -0.2],
  [-0.2, 0.8],
];

/** Models of several parameters, and their closed forms. */
const several: [string, Posterior, unknown][] = [
  [
    'dirichlet and categorical',
    model({ y: integers('n') })
      .param('pi', dirichlet([1, 2, 3]))
      .observe('y', ({ pi }) => categorical(pi))
      .condition({ y: [0, 2, 2, 1] }),
    dirichletCategorical({ concentration: [1, 2, 3] }).update([0, 2, 2, 1]),
  ],
  [
    'dirichlet and multinomial',
    model({ y: matrix('n', 3) })
      .param('pi', dirichlet(2), { dims: [3] })
      .observe('y', ({ pi }) => multinomial([4, 3], pi))
      .condition({
        y: [
          [1, 2, 1],
          [0, 0, 3],
        ],
      }),
    dirichletMultinomialCounts({ concentration: [2, 2, 2] }).update([
      [1, 2, 1],
      [0, 0, 3],
    ]),
  ],
  [
    'normal-inverse-gamma',
    real
      .param('v', inverseGamma(3, 2))
      .param('mu', ({ v }) => normal(1, sqrt(v.div(4))))
      .observe('y', ({ mu, v }) => normal(mu, v.sqrt()))
      .condition({ y }),
    normalInverseGamma({ mean: 1, strength: 4, shape: 3, scale: 2 }).update(y),
  ],
  [
    'a regression by a matrix',
    model({ x: matrix('n', 2), y: vector('n') })
      .param('v', inverseGamma(3, 2))
      .param('b', ({ v }) => normal(0, v.sqrt().mul(5)), { dims: [2] })
      .observe('y', ({ x, b, v }) => normal(matmul(x, b), v.sqrt()))
      .condition({ x, y }),
    linearRegression({ predictors: 2, sd: 5, shape: 3, scale: 2 }).update({ x, y }),
  ],
  [
    'a regression by terms',
    model({ x: vector('n'), y: vector('n') })
      .param('v', inverseGamma(3, 2))
      .param('a', ({ v }) => normal(2, v.sqrt().mul(10)))
      .param('b', ({ v }) => normal(0, v.sqrt().mul(5)))
      .observe('y', ({ x, a, b, v }) => normal(b.mul(x).add(a), v.sqrt()))
      .condition({ x: x.map(([, value]) => value), y }),
    linearRegression({ predictors: 2, coefficients: [2, 0], sd: [10, 5], shape: 3, scale: 2 }).update({
      x,
      y,
    }),
  ],
  [
    'vectors of known covariance',
    model({ y: matrix('n', 2) })
      .param('mu', multivariateNormal([0, 1], { covariance }))
      .observe('y', ({ mu }) => multivariateNormal(mu, { covariance: noise }))
      .condition({ y: rows }),
    multivariateNormalNormal({ mean: [0, 1], covariance, noise }).update(rows),
  ],
  [
    'vectors of unknown covariance',
    model({ y: matrix('n', 2) })
      .param('s', inverseWishart(5, covariance))
      .param('mu', ({ s }) => multivariateNormal([0, 1], { covariance: s.div(0.5) }))
      .observe('y', ({ mu, s }) => multivariateNormal(mu, { covariance: s }))
      .condition({ y: rows }),
    normalInverseWishart({ mean: [0, 1], strength: 0.5, df: 5, scale: covariance }).update(rows),
  ],
];

it.each(several)('%s: is found', (_title, posterior, closed) => {
  const expected = closed as Anything;
  const found = exact(posterior) as unknown as Anything;
  expect(found.name).toBe(expected.name);
  expect(found.logEvidence).toBeCloseTo(expected.logEvidence, 11);
  const flat = (value: unknown): number[] =>
    Object.values(value as object).flatMap((v) => (typeof v === 'number' ? v : [...v]));
  const [left, right] = [flat(found.hyperparameters), flat(expected.hyperparameters)];
  expect(left.length).toBe(right.length);
  left.forEach((value, i) => expect(value).toBeCloseTo(right[i], 11));
});

it('a regression: NUTS draws the same coefficients and variance', async () => {
  const posterior = several[3][1];
  const closed = exact(posterior);
  if (closed.name !== 'linearRegression') throw new Error(closed.name);
  const { coefficients, variance } = closed.mean as { coefficients: Float64Array; variance: number };
  const fit = await nuts(posterior, { chains: 2, draws: 3000, warmup: 500, seed: 5, workers: 0 });
  const { rows } = fit.summary();
  const row = (name: string) => rows.find((each) => each.name === name)!;
  coefficients.forEach((value, i) => {
    const { mean, mcseMean: mcse } = row(`b[${i}]`);
    expect(Math.abs(mean - value)).toBeLessThan(5 * mcse);
  });
  const { mean, mcseMean: mcse } = row('v');
  expect(Math.abs(mean - variance)).toBeLessThan(5 * mcse);
});

it('a normal mean: Laplace has it exactly, and a full-rank normal approximation reaches the evidence', async () => {
  const posterior = real
    .param('mu', normal(1, 3))
    .observe('y', ({ mu }) => normal(mu, 2))
    .condition({ y });
  const closed = normalNormal({ mean: 1, sd: 3, scale: 2 }).update(y);
  const laplace = await laplaceApproximation(posterior, { seed: 1, draws: 4000 });
  expect(laplace.logEvidence).toBeCloseTo(closed.logEvidence, 9);
  expect(Math.abs(laplace.mean()[0] - closed.mean)).toBeLessThan((5 * closed.sd) / Math.sqrt(4000));
  const { elbo } = await variational(posterior, { family: 'full-rank', seed: 1 });
  expect(Math.abs(elbo.value - closed.logEvidence)).toBeLessThan(5 * elbo.error + 1e-3);
});

it('a rate: the bound stays below the evidence, by the divergence from the posterior', async () => {
  const posterior = whole
    .param('rate', gamma(2, 0.5))
    .observe('y', ({ rate }) => poisson(rate))
    .condition({ y: counts });
  const closed = gammaPoisson({ shape: 2, rate: 0.5 }).update(counts);
  const fit = await variational(posterior, { family: 'full-rank', seed: 2 });
  expect(fit.elbo.value).toBeLessThan(closed.logEvidence + 5 * fit.elbo.error);
  expect(fit.elbo.value).toBeGreaterThan(closed.logEvidence - 0.05);
  expect(Math.abs(fit.mean()[0] - closed.mean) / closed.sd).toBeLessThan(0.1);
});

it('says why there is no closed form', () => {
  const refused: [Posterior, RegExp][] = [
    [
      whole
        .param('p', beta(2, 3))
        .observe('y', ({ p }) => bernoulli(p.mul(0.5)))
        .condition({ y: bits }),
      /'p' ~ beta is not conjugate to 'y' ~ bernoulli/,
    ],
    [
      whole
        .param('p', uniform(0, 0.5))
        .observe('y', ({ p }) => bernoulli(p))
        .condition({ y: bits }),
      /'p' ~ uniform is not conjugate/,
    ],
    [
      real
        .param('mu', normal(0, 1))
        .param('sd', exponential(1))
        .observe('y', ({ mu, sd }) => normal(mu, sd))
        .condition({ y }),
      /'mu' ~ normal, 'sd' ~ exponential is not conjugate/,
    ],
    [
      real
        .param('mu', normal(0, 1))
        .logDensity('more', ({ mu }) => mu, { role: 'prior' })
        .observe('y', ({ mu }) => normal(mu, 1))
        .condition({ y }),
      /the term 'more' belongs to no conjugate pair/,
    ],
    [
      // The scale of the coefficient does not follow the noise.
      real
        .param('v', inverseGamma(3, 2))
        .param('mu', normal(0, 1))
        .observe('y', ({ mu, v }) => normal(mu, v.sqrt()))
        .condition({ y }),
      /is not conjugate/,
    ],
    [
      whole
        .param('rate', gamma(2, 1))
        .observe('y', ({ rate }) => poisson(rate.square()))
        .condition({ y: counts }),
      /is not conjugate/,
    ],
    [
      real
        .param('v', inverseGamma(3, 2))
        .param('b', ({ v }) => normal(0, v.sqrt()))
        .observe('y', ({ b, v }) => normal(b.square(), v.sqrt()))
        .condition({ y }),
      /is not conjugate/,
    ],
    [real.param('mu', normal(0, 1)).condition({ y }), /has 0/],
  ];
  for (const [posterior, message] of refused) expect(() => exact(posterior)).toThrow(message);
});
