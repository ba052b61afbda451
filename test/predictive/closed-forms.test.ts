/** Predictive draws against closed forms; seeds are fixed, and every bound is five standard errors (one in 2·10⁶ fails by chance). */
import { expect, it } from 'vitest';
import {
  beta,
  betaBinomial,
  binomial,
  integers,
  model,
  normal,
  nuts,
  predict,
  priorPredictive,
  scalar,
  vector,
} from 'credence';

const ERRORS = 5;

/** Checks a sample of independent draws against a mean and a standard deviation; `kurtosis` of the law bounds the error. */
function expectMoments(values: Float64Array, mean: number, sd: number, kurtosis = 3, efficiency = 1): void {
  const count = values.length * efficiency;
  const found = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((a, b) => a + (b - found) ** 2, 0) / (values.length - 1);
  expect(Math.abs(found - mean)).toBeLessThan((ERRORS * sd) / Math.sqrt(count));
  expect(Math.abs(variance / sd ** 2 - 1)).toBeLessThan(ERRORS * Math.sqrt((kurtosis - 1) / count));
}

const y = [1.2, 0.7, 1.9, 1.1];
const conjugate = model({ y: vector('row') })
  .param('mu', normal(0, 2))
  .observe('y', ({ mu }) => normal(mu, 1.5));

it('of a normal mean are normal, about its posterior mean, with both variances', async () => {
  const posterior = conjugate.condition({ y });
  const fit = await nuts(posterior, { chains: 4, warmup: 500, draws: 5000, seed: 3, workers: 0 });
  const predicted = await predict(posterior, fit, { seed: 8 });
  const precision = 1 / 4 + y.length / 1.5 ** 2;
  const mean = y.reduce((a, b) => a + b, 0) / 1.5 ** 2 / precision;
  const draws = predicted.draws('y');
  expect(draws.shape).toEqual([4]);
  expect(draws.dims).toEqual(['row']);
  for (let i = 0; i < 4; i++) {
    // The chain's draws are worth at least a quarter of independent ones.
    const all = Float64Array.from(draws.at(i).flatMap((chain) => [...chain]));
    expectMoments(all, mean, Math.sqrt(1 / precision + 1.5 ** 2), 3, 0.25);
  }
});

it('of a binomial with a beta posterior are beta-binomial', async () => {
  const posterior = model({ trials: integers('row'), y: integers('row') })
    .param('p', beta(2, 3))
    .observe('y', ({ p, trials }) => binomial(trials, p))
    .condition({ trials: [10, 20], y: [7, 11] });
  const fit = await nuts(posterior, { chains: 4, warmup: 500, draws: 5000, seed: 5, workers: 0 });
  const predicted = await predict(posterior, fit, { data: { trials: [12] }, seed: 2 });
  const draws = predicted.draws('y').flat();
  expect(draws.length).toBe(20_000);
  const [a, b, n] = [2 + 18, 3 + 12, 12];
  const mass = betaBinomialMasses(n, a, b);
  const counts = new Float64Array(n + 1);
  for (const value of draws) counts[value]++;
  // Each frequency by itself, at the same bound; a quarter of the draws count as independent.
  for (let k = 0; k <= n; k++) {
    const error = Math.sqrt((mass[k] * (1 - mass[k])) / (draws.length / 4));
    expect(Math.abs(counts[k] / draws.length - mass[k])).toBeLessThan(ERRORS * error);
  }
});

/** By the recurrence of neighbours, so that nothing of the library has a hand in it. */
function betaBinomialMasses(n: number, a: number, b: number): number[] {
  const weights = [1];
  for (let k = 0; k < n; k++) weights.push((weights[k] * (n - k) * (a + k)) / ((k + 1) * (b + n - k - 1)));
  const total = weights.reduce((x, z) => x + z, 0);
  return weights.map((weight) => weight / total);
}

it('of a prior have its moments', async () => {
  const predicted = await priorPredictive(
    conjugate,
    {},
    { draws: 40_000, seed: 4, coords: { row: ['a', 'b'] } },
  );
  expect(predicted.names).toEqual(['mu', 'y']);
  expectMoments(predicted.draws('mu').flat(), 0, 2);
  const y = predicted.draws('y');
  for (const [values] of [y.at(0), y.at(1)]) expectMoments(values, 0, 2.5);
  const [[a], [b]] = [y.at(0), y.at(1)];
  // Both share mu: their correlation is 4/6.25.
  const covariance = a.reduce((sum, value, i) => sum + value * b[i], 0) / a.length;
  expect(Math.abs(covariance - 4)).toBeLessThan(
    (ERRORS * Math.sqrt(6.25 ** 2 + 4 ** 2)) / Math.sqrt(a.length),
  );
});

it('of a prior are those of the distribution with the parameter integrated out', async () => {
  const separate = model({ n: scalar(), y: integers('row') })
    .param('p', beta(0.5, 2))
    .observe('y', ({ n, p }) => binomial(n, p));
  const together = model({ n: scalar(), y: integers('row') })
    .param('unused', normal(0, 1))
    .observe('y', ({ n }) => betaBinomial(n, 0.5, 2));
  const mass = betaBinomialMasses(8, 0.5, 2);
  for (const each of [separate, together] as const) {
    const options = { draws: 40_000, seed: 6, coords: { row: [1] } };
    const draws = (await priorPredictive(each as typeof separate, { n: 8 }, options)).draws('y').flat();
    const counts = new Float64Array(9);
    for (const value of draws) counts[value]++;
    for (let k = 0; k <= 8; k++) {
      const error = Math.sqrt((mass[k] * (1 - mass[k])) / draws.length);
      expect(Math.abs(counts[k] / draws.length - mass[k])).toBeLessThan(ERRORS * error);
    }
  }
});
