/**
 * Draws against their distributions: moments, Kolmogorov–Smirnov, χ² on equal cells, tails, independence.
 *
 * Seeds are fixed, so a passing test keeps passing; each threshold would be crossed by a right sampler with another seed
 * once in a million times (a normal deviate of 4.9).
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { normalCdf } from '../../src/expr/special';
import { Generator } from './kernels-module';

const COUNT = 1 << 20;
const DEVIATE = 4.9;
/** √n D beyond this has probability 2 exp(−2 · 2.7²) ≈ 1e-6 (Kolmogorov's limit). */
const KOLMOGOROV = 2.7;

interface Law {
  readonly fill: 'fillUniform' | 'fillNormal' | 'fillExponential';
  readonly cdf: (x: number) => number;
  /** Raw moments of order 1 to 8. */
  readonly moments: readonly number[];
  /** Points and the probability beyond them. */
  readonly tails: readonly (readonly [number, number])[];
}

const laws: Record<string, Law> = {
  uniform: {
    fill: 'fillUniform',
    cdf: (x) => x,
    moments: [1 / 2, 1 / 3, 1 / 4, 1 / 5, 1 / 6, 1 / 7, 1 / 8, 1 / 9],
    tails: [
      [0.5, 0.5],
      [0.9999, 1e-4],
    ],
  },
  normal: {
    fill: 'fillNormal',
    cdf: normalCdf,
    moments: [0, 1, 0, 3, 0, 15, 0, 105],
    // The tail's own method starts at 3.654; −x takes the lower tail.
    tails: [2, 3, 3.654152885361009, 3.9, 4.2, 4.5].flatMap((x) => [
      [x, normalCdf(-x)] as const,
      [-x, normalCdf(-x)] as const,
    ]),
  },
  exponential: {
    fill: 'fillExponential',
    cdf: (x) => -Math.expm1(-x),
    moments: [1, 2, 6, 24, 120, 720, 5040, 40320],
    // The tail starts at 7.697.
    tails: [1, 5, 7.69711747013105, 9, 11].map((x) => [x, Math.exp(-x)] as const),
  },
};

let generator: Generator;
beforeAll(async () => {
  generator = await Generator.load();
});

describe.each(Object.entries(laws))('%s', (_, law) => {
  const sample = (stream: number): Float64Array => {
    generator.seed(20240n, stream);
    return generator.draws(law.fill, COUNT).slice();
  };

  test('the first four moments', () => {
    const x = sample(0);
    for (let order = 1; order <= 4; order++) {
      const mean = x.reduce((sum, v) => sum + v ** order, 0) / COUNT;
      const expected = law.moments[order - 1];
      const error = Math.sqrt((law.moments[2 * order - 1] - expected ** 2) / COUNT);
      expect(Math.abs(mean - expected) / error, `moment ${order}`).toBeLessThan(DEVIATE);
    }
  });

  test('Kolmogorov–Smirnov', () => {
    const x = sample(1).sort();
    let distance = 0;
    x.forEach((v, i) => {
      const p = law.cdf(v);
      distance = Math.max(distance, (i + 1) / COUNT - p, p - i / COUNT);
    });
    expect(Math.sqrt(COUNT) * distance).toBeLessThan(KOLMOGOROV);
    // Nor closer than chance allows: P(√n D < 0.27) ≈ 1e-6.
    expect(Math.sqrt(COUNT) * distance).toBeGreaterThan(0.27);
  });

  test('χ² on 4096 cells of equal probability', () => {
    const cells = 4096;
    const counts = new Float64Array(cells);
    for (const v of sample(2)) counts[Math.min(cells - 1, Math.floor(law.cdf(v) * cells))]++;
    const expected = COUNT / cells;
    const statistic = counts.reduce((sum, c) => sum + (c - expected) ** 2 / expected, 0);
    const freedom = cells - 1;
    // Wilson and Hilferty's normal deviate of a χ².
    const spread = 2 / (9 * freedom);
    const deviate = (Math.cbrt(statistic / freedom) - (1 - spread)) / Math.sqrt(spread);
    expect(Math.abs(deviate)).toBeLessThan(DEVIATE);
  });

  test.each(law.tails)('beyond %f lies a share of %f', (point, probability) => {
    let beyond = 0;
    let total = 0;
    for (let stream = 3; stream < 7; stream++) {
      for (const v of sample(stream)) if (point < 0 ? v < point : v > point) beyond++;
      total += COUNT;
    }
    const expected = total * probability;
    expect(Math.abs(beyond - expected) / Math.sqrt(expected * (1 - probability))).toBeLessThan(DEVIATE);
  });

  test('neighbours and streams are uncorrelated', () => {
    const x = sample(7);
    const y = sample(8);
    const mean = law.moments[0];
    const variance = law.moments[1] - mean ** 2;
    const correlation = (product: (i: number) => number): number => {
      let sum = 0;
      for (let i = 1; i < COUNT; i++) sum += product(i);
      return sum / variance / Math.sqrt(COUNT - 1);
    };
    expect(Math.abs(correlation((i) => (x[i] - mean) * (x[i - 1] - mean)))).toBeLessThan(DEVIATE);
    expect(Math.abs(correlation((i) => (x[i] - mean) * (y[i] - mean)))).toBeLessThan(DEVIATE);
  });

  test('the same seed and stream give the same draws', () => {
    expect(sample(9)).toEqual(sample(9));
    expect(sample(9)[0]).not.toBe(sample(10)[0]);
  });
});

test("a normal's sign and size are independent", () => {
  generator.seed(3n, 0);
  const x = generator.draws('fillNormal', COUNT);
  const large = x.filter((v) => Math.abs(v) > 2);
  const positive = large.filter((v) => v > 0).length;
  expect(Math.abs(positive - large.length / 2) / Math.sqrt(large.length / 4)).toBeLessThan(DEVIATE);
});
