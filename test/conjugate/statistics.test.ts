/** Sufficient statistics: exact sums, hard cases, what is refused, and streams in bounded memory. */
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import {
  betaBernoulli,
  betaBinomialCounts,
  dirichletCategorical,
  float64Chunks,
  gammaGamma,
  gammaPoisson,
  linearRegression,
  multivariateNormalNormal,
  normalInverseGamma,
  normalNormal,
  paretoUniform,
} from '../../src/conjugate';
import { random } from '../../src/random';
import { relativeError } from './relative-error';

it('keeps the variance of numbers far from zero', () => {
  // Mean 1e9, variance ⅔: a sum of squares has no digit of it left.
  const data = Float64Array.from({ length: 30_000 }, (_, i) => 1e9 + (i % 3) - 1);
  const { statistics } = normalNormal({ mean: 0, sd: 1, scale: 1 }).update(data);
  expect(statistics.count).toBe(30_000);
  expect(statistics.mean).toBe(1e9);
  expect(relativeError(statistics.squares, 20_000)).toBeLessThan(1e-10);
});

it('takes every length, across blocks', async () => {
  const stream = await random(2);
  for (const length of [1, 2, 3, 7, 8, 9, 4095, 4096, 4097, 12_345]) {
    const data = stream.normal(length, 3, 2);
    const mean = data.reduce((a, b) => a + b, 0) / length;
    const squares = data.reduce((sum, x) => sum + (x - mean) ** 2, 0);
    const { statistics } = normalInverseGamma({ mean: 0, strength: 1, shape: 1, scale: 1 }).update(data);
    expect(relativeError(statistics.mean, mean)).toBeLessThan(1e-12);
    expect(Math.abs(statistics.squares - squares)).toBeLessThan(1e-11 * squares + 1e-300);
    const counts = stream.poisson(length, 3);
    const poisson = gammaPoisson({ shape: 1, rate: 1 }).update(counts);
    expect(poisson.hyperparameters.shape).toBe(1 + counts.reduce((a, b) => a + b, 0));
    const logs = gammaGamma({ shape: 1, rate: 1, known: 2 }).update(data.map((x) => Math.exp(x)));
    const sumLog = data.reduce((a, b) => a + b, 0);
    expect(logs.statistics.constant.sum).toBeCloseTo(sumLog, 8);
    const categories = counts.map((x) => Math.min(x, 6));
    const expected = new Float64Array(7);
    for (const category of categories) expected[category]++;
    const { statistics: counted } = dirichletCategorical({ concentration: new Array(7).fill(1) }).update(
      categories,
    );
    expect(counted.counts).toEqual(expected);
  }
});

it('sums up what the whole has, whatever the array is made of', () => {
  const bits = [1, 0, 0, 1, 1];
  const start = betaBernoulli({ alpha: 1, beta: 1 });
  const expected = start.update({ successes: 3, failures: 2 });
  for (const data of [bits, Uint8Array.from(bits), Float32Array.from(bits), bits.map(Boolean)]) {
    expect(start.update(data).hyperparameters).toEqual(expected.hyperparameters);
  }
  expect(start.update(true).update(0).hyperparameters).toEqual({ alpha: 2, beta: 2 });
  expect(start.update([]).hyperparameters).toEqual({ alpha: 1, beta: 1 });
});

it('counts of different exposures are those of one rate', () => {
  const start = gammaPoisson({ shape: 2, rate: 3 });
  const posterior = start.update({ counts: [4, 1], exposure: [2, 0.5] });
  expect(posterior.hyperparameters).toEqual({ shape: 7, rate: 5.5 });
  // The chain of predictive densities.
  const first = start.predictive(2).logDensity(4);
  const second = start.update({ counts: 4, exposure: 2 }).predictive(0.5).logDensity(1);
  expect(posterior.logEvidence).toBeCloseTo(first + second, 12);
  expect(() => start.update({ counts: [1, 2], exposure: [1] })).toThrow(/2 counts and 1 exposures/);
  expect(() => start.update({ counts: [1, 2], exposure: [1, 0] })).toThrow(/exposure \[1\] must be > 0/);
});

it('merges shards of rows', async () => {
  const stream = await random(8);
  const rows = stream.normal(999 * 3, 5, 1);
  const start = multivariateNormalNormal({
    mean: [0, 0, 0],
    covariance: [1, 0, 0, 0, 1, 0, 0, 0, 1],
    noise: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  });
  const whole = start.update(rows);
  const parts = start.update(rows.subarray(0, 300)).merge(start.update(rows.subarray(300)));
  whole.statistics.products.forEach((value, i) => {
    let sum = 0;
    const [a, b] = [Math.floor(i / 3), i % 3];
    for (let r = 0; r < 999; r++) {
      sum += (rows[3 * r + a] - whole.statistics.mean[a]) * (rows[3 * r + b] - whole.statistics.mean[b]);
    }
    expect(Math.abs(value - sum)).toBeLessThan(1e-9);
    expect(Math.abs(value - parts.statistics.products[i])).toBeLessThan(1e-9);
  });
});

it('names the observation that cannot be', () => {
  const refusals: [() => unknown, RegExp][] = [
    [() => betaBernoulli({ alpha: 0, beta: 1 }), /betaBernoulli: alpha must be > 0 and finite, got 0/],
    [() => betaBernoulli({ alpha: 1, beta: 1 }).update([0, 1, 2]), /observation \[2\] must be 0 or 1, got 2/],
    [
      () => betaBernoulli({ alpha: 1, beta: 1 }).update({ successes: 5, trials: 3 }),
      /trials must be ≥ successes/,
    ],
    [
      () => betaBinomialCounts({ alpha: 1, beta: 1 }).update({ successes: [1, 2], trials: [3] }),
      /got 2 successes and 1 trials/,
    ],
    [
      () => gammaPoisson({ shape: 1, rate: 1 }).update([1, 2.5]),
      /observation \[1\] must be an integer ≥ 0, got 2.5/,
    ],
    [
      () => normalNormal({ mean: 0, sd: 1, scale: 1 }).update([...new Array(5000).fill(1), NaN]),
      /observation \[5000\] must be finite, got NaN/,
    ],
    [() => gammaGamma({ shape: 1, rate: 1, known: 1 }).update([1, 0]), /observation \[1\] must be > 0/],
    [() => paretoUniform({ minimum: 1, shape: 1 }).update([1, -2]), /observation \[1\] must be ≥ 0/],
    [
      () => dirichletCategorical({ concentration: [1, 1] }).update([0, 2]),
      /observation \[1\] must be an integer from 0 to 1/,
    ],
    [
      () => linearRegression({ predictors: 2, sd: 1, shape: 1, scale: 1 }).update({ x: [[1, NaN]], y: [1] }),
      /x \[0, 1\] must be finite, got NaN/,
    ],
    [
      () => linearRegression({ predictors: 2, sd: 1, shape: 1, scale: 1 }).update({ x: [[1, 2]], y: [1, 2] }),
      /x has 1 rows, y has 2 elements/,
    ],
    [
      () => multivariateNormalNormal({ mean: [0, 0], covariance: [1, 2, 2, 1], noise: [1, 0, 0, 1] }),
      /covariance must be positive definite/,
    ],
    [() => gammaPoisson({ shape: 1, rate: 1 }).update(undefined as never), /update needs numbers/],
    [
      () => gammaPoisson({ shape: 1, rate: 1 }).update({ count: 2, sum: 3 }).logEvidence,
      /the evidence needs sumLogFactorials/,
    ],
  ];
  for (const [act, message] of refusals) expect(act).toThrow(message);
});

it('streams far more than it holds', async () => {
  const stream = await random(9);
  const chunk = new Float64Array(1 << 16);
  let made = 0;
  async function* generated() {
    for (let i = 0; i < 200; i++) {
      stream.normal(chunk, 5, 2);
      made += chunk.length;
      yield chunk;
    }
  }
  const before = process.memoryUsage().arrayBuffers;
  const posterior = await normalInverseGamma({ mean: 0, strength: 1, shape: 1, scale: 1 }).updateFrom(
    generated(),
  );
  // 105 MB went through; what is kept is one block.
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8e6);
  expect(posterior.observations).toBe(made);
  expect(Math.abs(posterior.mean.mean - 5)).toBeLessThan((6 * 2) / Math.sqrt(made));
});

it('reads numbers from bytes, wherever chunks break', async () => {
  const numbers = Float64Array.from({ length: 100 }, (_, i) => i / 7);
  const bytes = new Uint8Array(numbers.buffer);
  for (const size of [1, 3, 8, 13, 64, 800]) {
    const chunks = Array.from({ length: Math.ceil(800 / size) }, (_, i) =>
      bytes.slice(i * size, (i + 1) * size),
    );
    const posterior = await normalNormal({ mean: 0, sd: 1, scale: 1 }).updateFrom(
      float64Chunks(Readable.from(chunks)),
    );
    expect(posterior.observations).toBe(100);
    expect(posterior.statistics.mean).toBeCloseTo(99 / 14, 12);
  }
  await expect(
    normalNormal({ mean: 0, sd: 1, scale: 1 }).updateFrom(float64Chunks(Readable.from([bytes.slice(0, 12)]))),
  ).rejects.toThrow(/ends with 4 bytes/);
});
