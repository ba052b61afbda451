/** A sum of logarithms by products of significands, against the plain sum. */
import { beforeAll, expect, test } from 'vitest';
import { Kernels } from './kernels-module';

let kernels: Kernels;
beforeAll(async () => {
  kernels = await Kernels.load();
});

/** Some numbers of [0, 1) without any pattern that matters here. */
const spread = (count: number): number[] =>
  Array.from({ length: count }, (_, i) => (i * 0.6180339887 + 0.001) % 1);
const plain = (x: readonly number[]): number => x.reduce((sum, v) => sum + Math.log(v), 0);

test.each([0, 1, 2, 3, 4, 5, 1999, 2000, 2001, 2002, 4003, 9999])('of %i numbers', (count) => {
  for (const x of [
    spread(count).map((u) => u + 1e-3),
    spread(count).map((u) => Math.exp(1200 * (u - 0.5))),
  ]) {
    const scale = x.reduce((sum, v) => sum + Math.abs(Math.log(v)), 1);
    expect(Math.abs(kernels.sumLog(x) - plain(x))).toBeLessThan(1e-14 * scale);
  }
});

test('with numbers that no product can hold', () => {
  const x = spread(2501).map((u) => u + 0.5);
  x[1234] = 1e-310;
  expect(kernels.sumLog(x)).toBeCloseTo(plain(x), 9);
  x[7] = 0;
  expect(kernels.sumLog(x)).toBe(-Infinity);
  x[8] = -1;
  expect(kernels.sumLog(x)).toBeNaN();
  x[7] = 1;
  x[8] = Infinity;
  expect(kernels.sumLog(x)).toBe(Infinity);
});
