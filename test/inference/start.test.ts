/** Starting points: given, drawn, impossible. */
import { expect, test } from 'vitest';
import { fromFunction, nuts } from '../../src/inference';
import { standard } from './targets';

test('a density that is nowhere finite', async () => {
  const nowhere = fromFunction({ dimension: 2, density: () => -Infinity });
  await expect(nuts(nowhere)).rejects.toThrow('the log density is −∞ at all 100 starting points');
  const unknown = fromFunction({ dimension: 2, density: () => NaN });
  await expect(nuts(unknown)).rejects.toThrow('the log density is NaN at all 100 starting points');
  const steep = fromFunction({
    dimension: 2,
    density(_, gradient) {
      gradient[1] = Infinity;
      return 0;
    },
  });
  await expect(nuts(steep)).rejects.toThrow(
    'the gradient of the log density is not finite at all 100 starting points',
  );
});

test('an unlikely start is tried again', async () => {
  const corner = fromFunction({
    dimension: 2,
    density(x, gradient) {
      gradient[0] = -1;
      gradient[1] = -1;
      return x[0] > 0.8 && x[1] > 0.8 ? -x[0] - x[1] : -Infinity;
    },
  });
  const fit = await nuts(corner, { seed: 5, draws: 200, workers: 0 });
  expect(
    fit
      .draws('x')
      .flat()
      .every((x) => x > 0.8),
  ).toBe(true);
});

test('given values are where the chain starts', async () => {
  const seen: number[][] = [];
  const spy = fromFunction({
    parameters: { a: [], b: [2] },
    density(x, gradient) {
      seen.push([...x]);
      for (let i = 0; i < 3; i++) gradient[i] = -x[i];
      return -(x[0] ** 2 + x[1] ** 2 + x[2] ** 2) / 2;
    },
  });
  await nuts(spy, { chains: 2, warmup: 0, draws: 1, seed: 6, initial: { b: [7, 8], a: 6 } });
  expect(seen[0]).toEqual([6, 7, 8]);
  expect(seen[1]).toEqual([6, 7, 8]);
  seen.length = 0;
  await nuts(spy, { chains: 2, warmup: 0, draws: 1, seed: 6, initial: [{ a: 1 }, { b: [2, 3] }] });
  expect(seen[0][0]).toBe(1);
  expect(Math.abs(seen[0][1])).toBeLessThanOrEqual(2);
  expect(seen[1].slice(1)).toEqual([2, 3]);
});

test.each([
  [{ c: 1 }, "there is no parameter 'c'"],
  [{ x: [1, 2] }, "'x' has shape [10], got 2 values"],
  [{ x: [1, 2, 3, 4, NaN, 6, 7, 8, 9, 0] }, "'x' must be finite, got NaN at 4"],
  [{ x: [1, 2, '3', 4, 5, 6, 7, 8, 9, 0] as never }, "'x' must be finite, got '3' at 2"],
  [{ x: null as never }, "'x' has shape [10], got 1 values"],
])('initial values %j are refused', async (initial, message) => {
  await expect(nuts(standard, { initial })).rejects.toThrow(message);
});

test('an impossible given start is blamed on the values', async () => {
  const positive = fromFunction({
    dimension: 1,
    density(x, gradient) {
      gradient[0] = -1;
      return x[0] > 0 ? -x[0] : -Infinity;
    },
  });
  await expect(nuts(positive, { initial: { x: [-1] } })).rejects.toThrow('−∞ at the given initial values');
});

test('an exception at the start is passed on, later ones are rejections', async () => {
  const broken = fromFunction({
    dimension: 1,
    density: () => {
      throw new Error('typo');
    },
  });
  await expect(nuts(broken)).rejects.toThrow('typo');
  const wordy = fromFunction({ dimension: 1, density: () => 'zero' as unknown as number });
  await expect(nuts(wordy)).rejects.toThrow('the density must return a number, got string');

  const fragile = fromFunction({
    dimension: 1,
    density(x, gradient) {
      if (x[0] < 0) throw new Error('negative');
      gradient[0] = -1;
      return -x[0];
    },
  });
  const fit = await nuts(fragile, { seed: 8, draws: 500, initial: { x: [1] } });
  expect(
    fit
      .draws('x')
      .flat()
      .every((x) => x >= 0),
  ).toBe(true);
  expect(fit.stats.divergent.some((chain) => chain.includes(1))).toBe(true);
});

test('an improper posterior stops with a reason', async () => {
  const flat = fromFunction({
    dimension: 1,
    density(_, gradient) {
      gradient[0] = 0;
      return 0;
    },
  });
  await expect(nuts(flat, { seed: 9 })).rejects.toThrow('improper');
});
