/** Vectors, matrices, categories and orders against their laws; thresholds as in laws.test.ts. */
import { beforeAll, describe, expect, test } from 'vitest';
import { random, type RandomStream } from '../../src/random';
import { chiSquaredDeviate, DEVIATE } from './deviates';

const COUNT = 100_000;

let stream: RandomStream;
beforeAll(async () => {
  stream = await random(72);
});

/** The numbers at `index` of every row. */
function column(rows: Float64Array, size: number, index: number): Float64Array {
  const result = new Float64Array(rows.length / size);
  for (let i = 0; i < result.length; i++) result[i] = rows[i * size + index];
  return result;
}

const meanOf = (x: Float64Array): number => x.reduce((a, b) => a + b, 0) / x.length;

/** Whether a mean fits, the error taken from the values themselves. */
function expectMean(x: Float64Array, expected: number): void {
  const mean = meanOf(x);
  const error = Math.sqrt(meanOf(x.map((v) => (v - mean) ** 2)) / x.length);
  expect(Math.abs(mean - expected)).toBeLessThan(DEVIATE * error + 1e-12);
}

const counts = (x: Float64Array, size: number): Float64Array => {
  const found = new Float64Array(size);
  for (const k of x) found[k]++;
  return found;
};

function expectShares(x: Float64Array, weights: readonly number[]): void {
  const sum = weights.reduce((a, b) => a + b, 0);
  const found = counts(x, weights.length);
  const used = weights.map((_, i) => i).filter((i) => weights[i] > 0);
  weights.forEach((weight, i) => weight === 0 && expect(found[i]).toBe(0));
  const deviate = chiSquaredDeviate(
    used.map((i) => found[i]),
    used.map((i) => weights[i] / sum),
  );
  expect(Math.abs(deviate)).toBeLessThan(DEVIATE);
}

describe('categorical', () => {
  const weights = [3, 0, 1, 0.5, 20, 0.01, 0];
  test('with shared weights', () => expectShares(stream.categorical(COUNT, weights), weights));
  test('with weights for each draw', () => {
    const rows = Float64Array.from({ length: COUNT * 7 }, (_, i) => weights[i % 7]);
    expectShares(stream.categorical(COUNT, rows, 7), weights);
  });
  test('among many', () => {
    const many = Array.from({ length: 5000 }, (_, i) => (i % 10) + 1);
    expectShares(stream.categorical(10 * COUNT, many), many);
  });
  test('of one category', () => expect([...stream.categorical(3, [0.1])]).toEqual([0, 0, 0]));
});

describe('multinomial', () => {
  const weights = [1, 2, 0, 4, 3];
  test('sums to the trials; each count is binomial, each two negatively correlated', () => {
    const rows = stream.multinomial(COUNT, 30, weights);
    for (let i = 0; i < rows.length; i += 5) {
      expect(rows[i] + rows[i + 1] + rows[i + 2] + rows[i + 3] + rows[i + 4]).toBe(30);
    }
    weights.forEach((w, i) => {
      const p = w / 10;
      const x = column(rows, 5, i);
      expectMean(x, 30 * p);
      expectMean(
        x.map((v) => (v - 30 * p) ** 2),
        30 * p * (1 - p),
      );
    });
    const [a, b] = [column(rows, 5, 1), column(rows, 5, 3)];
    expectMean(
      a.map((v, i) => (v - 6) * (b[i] - 12)),
      -30 * 0.2 * 0.4,
    );
  });
  test('with trials and weights for each vector', () => {
    const rows = stream.multinomial(2, [5, 2 ** 31 - 1], [1, 0, 0, 1], 2);
    expect([...rows]).toEqual([5, 0, 0, 2 ** 31 - 1]);
  });
});

describe('Dirichlet', () => {
  const alpha = [0.05, 0.5, 1, 2.5];
  test('sums to one, with the right means and variances', () => {
    const rows = stream.dirichlet(COUNT, alpha);
    for (let i = 0; i < rows.length; i += 4) {
      expect(Math.abs(rows[i] + rows[i + 1] + rows[i + 2] + rows[i + 3] - 1)).toBeLessThan(1e-15 * 4);
    }
    const total = 4.05;
    alpha.forEach((a, i) => {
      const x = column(rows, 4, i);
      expectMean(x, a / total);
      expectMean(
        x.map((v) => (v - a / total) ** 2),
        ((a / total) * (1 - a / total)) / (total + 1),
      );
    });
  });
  test.each([1e-3, 1e-10, 1e-300, 5e-324])('all concentrations %d', (a) => {
    const rows = stream.dirichlet(20_000, [a, a, a]);
    for (let i = 0; i < rows.length; i += 3) {
      expect(Math.abs(rows[i] + rows[i + 1] + rows[i + 2] - 1)).toBeLessThan(4e-16);
    }
    expectMean(column(rows, 3, 1), 1 / 3);
  });
  test('logarithms are those of the same draws', async () => {
    const [a, b] = [await random(3), await random(3)];
    const logs = b.logDirichlet(1000, alpha);
    a.dirichlet(1000, alpha).forEach((x, i) => expect(Math.exp(logs[i])).toBeCloseTo(x, 12));
    expect(stream.logDirichlet(100, [1e-5, 1e-5]).every((x) => x <= 0 && Number.isFinite(x))).toBe(true);
  });
  test('one concentration vector for each draw', () => {
    const rows = stream.dirichlet(2, [1e300, 1, 1, 1e300], 2);
    expect([...rows.map(Math.round)]).toEqual([1, 0, 0, 1]);
  });
});

describe('multivariate normal', () => {
  const covariance = [
    [4, 1.2, -0.5],
    [1.2, 1, 0.1],
    [-0.5, 0.1, 2],
  ];
  const mean = [1, -2, 3];
  test('has its mean and covariance', () => {
    const rows = stream.multivariateNormal(COUNT, mean, covariance);
    for (let i = 0; i < 3; i++) {
      const x = column(rows, 3, i);
      expectMean(x, mean[i]);
      for (let j = 0; j <= i; j++) {
        const y = column(rows, 3, j);
        expectMean(
          x.map((v, n) => (v - mean[i]) * (y[n] - mean[j])),
          covariance[i][j],
        );
      }
    }
  });
  test('by factor, with a mean for each', async () => {
    const [a, b] = [await random(3), await random(3)];
    const means = [0, 0, 10, 20];
    expect(a.multivariateNormalCholesky(2, means, [2, 99, 0.5, 1])).toEqual(
      b.multivariateNormal(2, means, [4, 1, 1, 1.25]),
    );
  });
});

test('Wishart matrices have mean ν V and variance ν (v_ij² + v_ii v_jj)', () => {
  const scale = [2, 0.7, 0.7, 1];
  for (const df of [1.01, 3.5, 40]) {
    const rows = stream.wishart(COUNT, df, scale);
    for (const [i, variance] of [
      [0, 8],
      [1, 0.49 + 2],
      [2, 0.49 + 2],
      [3, 2],
    ]) {
      const x = column(rows, 4, i);
      expectMean(x, df * scale[i]);
      expectMean(
        x.map((v) => (v - df * scale[i]) ** 2),
        df * variance,
      );
    }
  }
});

test('LKJ: each correlation is a stretched beta with both parameters η − 1 + K/2', () => {
  for (const [size, eta] of [
    [2, 1],
    [4, 0.5],
    [4, 3],
  ]) {
    const rows = stream.lkj(COUNT, size, eta);
    const a = eta - 1 + size / 2;
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < i; j++) {
        const r = column(rows, size * size, i * size + j);
        expect(column(rows, size * size, j * size + i)).toEqual(r);
        expectMean(r, 0);
        expectMean(
          r.map((v) => v * v),
          1 / (2 * a + 1),
        );
        expectMean(
          r.map((v) => v ** 4),
          3 / ((2 * a + 1) * (2 * a + 3)),
        );
      }
      expect(column(rows, size * size, i * size + i).every((v) => v === 1)).toBe(true);
    }
  }
});

test('factors of LKJ have rows of length 1 and a positive diagonal', () => {
  const rows = stream.lkjCholesky(1000, 3, 1);
  for (let i = 0; i < rows.length; i += 3) {
    expect(Math.hypot(rows[i], rows[i + 1], rows[i + 2])).toBeCloseTo(1, 14);
  }
  for (let i = 0; i < rows.length; i += 9) {
    expect([rows[i + 1], rows[i + 2], rows[i + 5]]).toEqual([0, 0, 0]);
    expect(Math.min(rows[i], rows[i + 4], rows[i + 8])).toBeGreaterThan(0);
  }
});

describe('orders and selections', () => {
  test('all 120 permutations of five are equally likely', () => {
    const numbers = new Map<string, number>();
    for (let i = 0; i < 60_000; i++) {
      const key = stream.permutation(5).join('');
      numbers.set(key, (numbers.get(key) ?? 0) + 1);
    }
    expect(numbers.size).toBe(120);
    const masses = Array.from({ length: 120 }, () => 1 / 120);
    expect(Math.abs(chiSquaredDeviate([...numbers.values()], masses))).toBeLessThan(DEVIATE);
  });
  test('ordered pairs without replacement, from a small population and from a large one', () => {
    const found = new Float64Array(6);
    for (let i = 0; i < 60_000; i++) {
      const [a, b] = stream.sampleWithoutReplacement(2, 3);
      found[2 * a + (b > a ? b - 1 : b)]++;
    }
    const sixth = Array.from({ length: 6 }, () => 1 / 6);
    expect(Math.abs(chiSquaredDeviate(found, sixth))).toBeLessThan(DEVIATE);
    const many = stream.sampleWithoutReplacement(5000, 100_000);
    expect(new Set(many).size).toBe(5000);
    expectMean(many, 49_999.5);
    const all = stream.sampleWithoutReplacement(1000, 1000);
    expect([...all].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
  });
  test('with replacement', () => {
    expectShares(
      stream.sampleWithReplacement(COUNT, 7),
      Array.from({ length: 7 }, () => 1),
    );
  });
  test('shuffle keeps the elements, whatever they are', () => {
    const words = ['a', 'b', 'c', 'd'];
    expect(stream.shuffle(words)).toBe(words);
    expect([...words].sort()).toEqual(['a', 'b', 'c', 'd']);
  });
});
