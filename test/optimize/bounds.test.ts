/** Bounds through transforms: modes with and without the Jacobian, and standard errors on the model's own scale. */
import { expect, test } from 'vitest';
import {
  beta,
  binomial,
  dirichlet,
  fromFunction,
  gamma,
  maximumAPosteriori,
  maximumLikelihood,
  model,
  multinomial,
  normal,
  poisson,
  PointEstimate,
  uniform,
  vector,
} from '../../src';

const near = (found: number, expected: number): void =>
  expect(Math.abs(found / expected - 1)).toBeLessThan(1e-9);

test('gamma(a, b): (a − 1)/b without the Jacobian, a/b with it', async () => {
  const prior = model({}).param('rate', gamma(3, 2)).condition({});
  near((await maximumAPosteriori(prior, { seed: 1 })).estimate('rate')[0], 1);
  near((await maximumAPosteriori(prior, { seed: 1, jacobian: true })).estimate('rate')[0], 1.5);
});

test('beta(a, b): (a − 1)/(a + b − 2) without, a/(a + b) with it', async () => {
  const prior = model({}).param('p', beta(3, 5)).condition({});
  near((await maximumAPosteriori(prior, { seed: 1 })).estimate('p')[0], 2 / 6);
  near((await maximumAPosteriori(prior, { seed: 1, jacobian: true })).estimate('p')[0], 3 / 8);
});

test('a simplex: (α + n − 1)/Σ, and multinomial standard errors of the maximum of the likelihood', async () => {
  const counts = [7, 2, 11];
  const posterior = model({ n: vector('k') })
    .param('p', dirichlet([2, 3, 4]))
    .observe('n', ({ p }) => multinomial(20, p))
    .condition({ n: counts });
  const map = await maximumAPosteriori(posterior, { seed: 1 });
  [8, 4, 14].forEach((value, k) => near(map.estimate('p')[k], value / 26));
  const mle = await maximumLikelihood(posterior, { seed: 1 });
  counts.forEach((count, k) => {
    near(mle.estimate('p')[k], count / 20);
    near(mle.standardError('p')[k], Math.sqrt(((count / 20) * (1 - count / 20)) / 20));
  });
  near(mle.covariance()[1], (-7 * 2) / 400 / 20);
});

test('derived quantities get standard errors by the delta method', async () => {
  const posterior = model({ y: vector('n') })
    .param('p', beta(1, 1))
    .derive('odds', ({ p }) => p.div(p.neg().add(1)))
    .observe('y', ({ p }) => binomial(10, p))
    .condition({ y: [3, 4, 6, 2] });
  const fit = await maximumLikelihood(posterior, { seed: 1 });
  const p = 15 / 40;
  near(fit.estimate('odds')[0], p / (1 - p));
  // sd(p)·d odds/dp
  near(fit.standardError('odds')[0], Math.sqrt((p * (1 - p)) / 40) / (1 - p) ** 2);
});

test('a noncentered parameter counts as itself: the mode is that of the centred model', async () => {
  const y = [2.5, -1, 0.3, 4, 1.2];
  const build = (noncentered: boolean) =>
    model({ y: vector('n') })
      .param('mu', normal(0, 3))
      .param('tau', gamma(8, 2))
      .param('x', ({ mu, tau }) => normal(mu, tau), { dims: ['n'], noncentered })
      .observe('y', ({ x }) => normal(x, 1))
      .condition({ y });
  const centred = await maximumAPosteriori(build(false), { seed: 1 });
  const noncentred = await maximumAPosteriori(build(true), { seed: 2 });
  centred.values.forEach((value, k) => near(noncentred.values[k], value));
  expect(noncentred.logDensity).toBeCloseTo(centred.logDensity, 9);
});

test('a density function: its mode, with standard errors by differences', async () => {
  const posterior = fromFunction({
    parameters: { x: [2] },
    density(x, gradient) {
      // Correlated normal of unit precision diagonal and 0.5 beside it, about (1, −2).
      const [a, b] = [x[0] - 1, x[1] + 2];
      gradient[0] = -a - 0.5 * b;
      gradient[1] = -b - 0.5 * a;
      return -0.5 * (a * a + b * b + a * b);
    },
  });
  const fit = await maximumAPosteriori(posterior, { seed: 1 });
  expect(fit.certainty!.derivatives).toBe('differences');
  near(fit.estimate('x')[0], 1);
  near(fit.estimate('x')[1], -2);
  expect(fit.standardError('x')[0]).toBeCloseTo(Math.sqrt(1 / 0.75), 6);
});

test('of several starts the highest end counts, and all are reported', async () => {
  // Two modes, at −3 and 3; the right one is e² times as high.
  const posterior = fromFunction({
    parameters: { x: [] },
    density([x], gradient) {
      const [l, r] = [-0.5 * (x + 3) ** 2, 2 - 0.5 * (x - 3) ** 2];
      const m = Math.max(l, r);
      const [a, b] = [Math.exp(l - m), Math.exp(r - m)];
      gradient[0] = (-a * (x + 3) - b * (x - 3)) / (a + b);
      return m + Math.log(a + b);
    },
  });
  const fit = await maximumAPosteriori(posterior, { seed: 1, starts: 12, radius: 4 });
  expect(fit.estimate('x')[0]).toBeCloseTo(3, 3);
  expect(fit.starts.length).toBe(12);
  expect(Math.min(...fit.starts.map(({ logDensity }) => logDensity))).toBeLessThan(0.1);
});

test('the result has the face of all results', async () => {
  const posterior = model({ y: vector('n') })
    .param('rate', gamma(2, 1))
    .observe('y', ({ rate }) => poisson(rate))
    .condition({ y: [3, 4, 2] });
  const fit = await maximumAPosteriori(posterior, { seed: 1 });
  expect(fit).toBeInstanceOf(PointEstimate);
  expect(fit.names).toEqual(['rate']);
  near(fit.mean()[0], 10 / 4);
  near(fit.draws('rate').mean()[0], 10 / 4);
  near(fit.covariance()[0], fit.standardError('rate')[0] ** 2);
  // −d²/dr² of 10 log r − 4 r at its top
  near(fit.standardError('rate')[0], Math.sqrt(2.5 ** 2 / 10));
  expect(fit.table()).toMatch(/rate +2\.5 +0\.790569/);
  expect(JSON.parse(JSON.stringify(fit)).parameters.rate.estimate).toBeCloseTo(2.5, 9);
});

test('a maximum on a bound has no standard errors', async () => {
  const posterior = model({ y: vector('n') })
    .param('mu', uniform(0, 2))
    .observe('y', ({ mu }) => normal(mu, 1))
    .condition({ y: [3, 4, 5] });
  const fit = await maximumLikelihood(posterior, { seed: 1 });
  near(fit.estimate('mu')[0], 2);
  expect(fit.problem).toMatch(/edge of its support/);
  expect(fit.certainty).toBeUndefined();
  expect(() => fit.standardError('mu')).toThrow(RangeError);
});
