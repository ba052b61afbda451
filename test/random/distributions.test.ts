/**
 * Draws against their distributions: moments, χ² on narrow cells, tails, Kolmogorov–Smirnov, independence.
 *
 * Seeds are fixed, so a passing test keeps passing; each threshold would be crossed by a right sampler with another seed
 * once in a million times (a normal deviate of 4.9). Sixty-four million draws show a thousandth of a layer misplaced.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { normalCdf } from '../../src/expr/special';
import { Generator } from './kernels-module';

const BLOCK = 1 << 20;
const BLOCKS = 64;
const COUNT = BLOCK * BLOCKS;
const DEVIATE = 4.9;
/** Where the normal's ziggurat leaves its tail to another method. */
const NORMAL_TAIL = 3.654152885361009;
/** √n D beyond these has probability 1e-6 each (Kolmogorov's limit). */
const KOLMOGOROV = [0.27, 2.7];

interface Law {
  readonly fill: 'fillUniform' | 'fillNormal' | 'fillExponential';
  readonly cdf: (x: number) => number;
  /** Raw moments of order 1 to 8. */
  readonly moments: readonly number[];
  /** Where the cells begin, how wide they are, and how many; the last takes all beyond, the first all before. */
  readonly cells: { readonly from: number; readonly width: number; readonly count: number };
  /** Points of the upper tail; a symmetric law is tested at their negatives too. */
  readonly tails: readonly number[];
  readonly symmetric?: boolean;
}

const laws: Record<string, Law> = {
  uniform: {
    fill: 'fillUniform',
    cdf: (x) => x,
    moments: [1 / 2, 1 / 3, 1 / 4, 1 / 5, 1 / 6, 1 / 7, 1 / 8, 1 / 9],
    cells: { from: 0, width: 1 / 4096, count: 4096 },
    tails: [0.99, 0.9999, 0.999999],
  },
  normal: {
    fill: 'fillNormal',
    cdf: normalCdf,
    moments: [0, 1, 0, 3, 0, 15, 0, 105],
    cells: { from: -4.5, width: 1 / 256, count: 9 * 256 },
    tails: [3, NORMAL_TAIL, 3.9, 4.2, 4.5, 5],
    symmetric: true,
  },
  exponential: {
    fill: 'fillExponential',
    cdf: (x) => -Math.expm1(-x),
    moments: [1, 2, 6, 24, 120, 720, 5040, 40320],
    cells: { from: 0, width: 1 / 256, count: 10 * 256 },
    // The tail starts at 7.697.
    tails: [5, 7.69711747013105, 9, 11, 13],
  },
};

let generator: Generator;
beforeAll(async () => {
  generator = await Generator.load();
});

function draws(law: Law, stream: number, count: number): Float64Array {
  generator.seed(20240n, stream);
  return generator.draws(law.fill, count).slice();
}

/** What is kept of many draws. */
interface Record64M {
  readonly sums: number[];
  readonly cells: Float64Array;
  /** All draws beyond the first tail point, on either side. */
  readonly extremes: number[];
}

function collect(law: Law): Record64M {
  const { from, width, count } = law.cells;
  const cells = new Float64Array(count);
  const sums = [0, 0, 0, 0];
  const extremes: number[] = [];
  const far = law.tails[0];
  generator.seed(20240n, 0);
  for (let block = 0; block < BLOCKS; block++) {
    let [s1, s2, s3, s4] = [0, 0, 0, 0];
    for (const v of generator.draws(law.fill, BLOCK)) {
      const square = v * v;
      s1 += v;
      s2 += square;
      s3 += square * v;
      s4 += square * square;
      cells[Math.max(0, Math.min(count - 1, Math.floor((v - from) / width)))]++;
      if (v > far || v < -far) extremes.push(v);
    }
    [s1, s2, s3, s4].forEach((s, i) => (sums[i] += s));
  }
  return { sums, cells, extremes };
}

/** By Kolmogorov and Smirnov's test; sorts the draws. */
function expectToFollow(x: Float64Array, cdf: (x: number) => number): void {
  let distance = 0;
  x.sort().forEach((v, i) => {
    const p = cdf(v);
    distance = Math.max(distance, (i + 1) / x.length - p, p - i / x.length);
  });
  expect(Math.sqrt(x.length) * distance).toBeGreaterThan(KOLMOGOROV[0]);
  expect(Math.sqrt(x.length) * distance).toBeLessThan(KOLMOGOROV[1]);
}

describe.each(Object.entries(laws))('%s', (_, law) => {
  let record: Record64M;
  beforeAll(() => {
    record = collect(law);
  });

  test.each([1, 2, 3, 4])('moment %i', (order) => {
    const expected = law.moments[order - 1];
    const error = Math.sqrt((law.moments[2 * order - 1] - expected ** 2) / COUNT);
    expect(Math.abs(record.sums[order - 1] / COUNT - expected) / error).toBeLessThan(DEVIATE);
  });

  test('χ² on narrow cells', () => {
    const { from, width, count } = law.cells;
    let statistic = 0;
    for (let i = 0; i < count; i++) {
      const low = i === 0 ? 0 : law.cdf(from + i * width);
      const high = i === count - 1 ? 1 : law.cdf(from + (i + 1) * width);
      const expected = COUNT * (high - low);
      expect(expected).toBeGreaterThan(4);
      statistic += (record.cells[i] - expected) ** 2 / expected;
    }
    const freedom = count - 1;
    // Wilson and Hilferty's normal deviate of a χ².
    const spread = 2 / (9 * freedom);
    const deviate = (Math.cbrt(statistic / freedom) - (1 - spread)) / Math.sqrt(spread);
    expect(Math.abs(deviate)).toBeLessThan(DEVIATE);
  });

  test.each(law.tails)('beyond %f', (point) => {
    const expected = COUNT * (law.symmetric ? law.cdf(-point) : 1 - law.cdf(point));
    const check = (beyond: number): void =>
      expect(Math.abs(beyond - expected) / Math.sqrt(expected)).toBeLessThan(DEVIATE);
    check(record.extremes.filter((v) => v > point).length);
    if (law.symmetric) check(record.extremes.filter((v) => v < -point).length);
  });

  test('Kolmogorov–Smirnov', () => {
    expectToFollow(draws(law, 1, 1 << 17), law.cdf);
  });

  test('neighbours and streams are uncorrelated', () => {
    const x = draws(law, 2, BLOCK);
    const y = draws(law, 3, BLOCK);
    const mean = law.moments[0];
    const variance = law.moments[1] - mean ** 2;
    const correlation = (product: (i: number) => number): number => {
      let sum = 0;
      for (let i = 1; i < BLOCK; i++) sum += product(i);
      return sum / variance / Math.sqrt(BLOCK - 1);
    };
    expect(Math.abs(correlation((i) => (x[i] - mean) * (x[i - 1] - mean)))).toBeLessThan(DEVIATE);
    expect(Math.abs(correlation((i) => (x[i] - mean) * (y[i] - mean)))).toBeLessThan(DEVIATE);
  });

  test('the same seed and stream give the same draws', () => {
    expect(draws(law, 4, 1000)).toEqual(draws(law, 4, 1000));
    expect(draws(law, 4, 1)[0]).not.toBe(draws(law, 5, 1)[0]);
  });
});

test("the normal's tail, from half a thousand million draws", () => {
  generator.seed(20240n, 0);
  const count = 2 ** 29;
  const x = generator.largeNormals(count, NORMAL_TAIL);
  const share = 2 * normalCdf(-NORMAL_TAIL);
  expect(Math.abs(x.length - count * share) / Math.sqrt(count * share)).toBeLessThan(DEVIATE);
  expectToFollow(x, (v) => 1 - (2 * normalCdf(-v)) / share);
});
