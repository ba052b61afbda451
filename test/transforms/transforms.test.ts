/** Transforms: inverse of each other, log Jacobians against differences, bounds that broadcast, tails. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Expression, Operand } from '../../src/expr';
import { interval, lower, real, upper, type Transform } from '../../src/transforms';
import { evaluate } from '../distributions/evaluate';

const each: [string, Transform, (x: number) => boolean][] = [
  ['real', real, () => true],
  ['lower', lower(-2), (x) => x >= -2],
  ['upper', upper(7), (x) => x <= 7],
  ['interval', interval(-1, 3), (x) => x >= -1 && x <= 3],
];
const free = fc.double({ min: -12, max: 12, noNaN: true });

test.each(each)('%s: values lie in bounds and lead back', (_name, transform, holds) => {
  fc.assert(
    fc.property(free, (u) => {
      const [x, back] = evaluate(
        (input) => stackPair(transform.constrain(input), transform.unconstrain(transform.constrain(input))),
        [[u]],
      ).values;
      expect(holds(x)).toBe(true);
      expect(Math.abs(back - u)).toBeLessThan(1e-9);
    }),
    { numRuns: 60, seed: 1 },
  );
});

test.each(each)('%s: the log Jacobian is that of the derivative', (_name, transform) => {
  const points = [-30, -5, -0.3, 0, 1, 4, 30];
  const slopes = evaluate((u) => transform.constrain(u), [points]).gradient();
  points.forEach((u, i) => {
    const [jacobian] = evaluate((input) => transform.logJacobian(input) ?? input.graph.scalar(0), [u]).values;
    expect(jacobian).toBeCloseTo(Math.log(Math.abs(slopes[i])), 10);
  });
  const [summed] = evaluate(
    (input) => transform.logJacobian(input) ?? input.graph.scalar(0),
    [points],
  ).values;
  expect(summed).toBeCloseTo(
    slopes.reduce((sum, slope) => sum + Math.log(Math.abs(slope)), 0),
    9,
  );
});

test('bounds broadcast, and may be parameters', () => {
  const bounds: Operand = [0, 1, 2];
  const jacobian = (transform: Transform, u: Expression): Expression => transform.logJacobian(u)!;
  const x = evaluate((u) => interval(bounds, 4).constrain(u), [[0, 0, 0]]).values;
  expect(x).toEqual([2, 2.5, 3]);
  const widths = evaluate((u) => jacobian(interval(bounds, 4), u), [[0, 0, 0]]).values[0];
  expect(widths).toBeCloseTo(Math.log(4 * 3 * 2) - 3 * Math.log(4), 12);
  const moving = evaluate((u, low) => interval(low, 4).constrain(u), [[0, 0], 2]);
  expect(moving.values).toEqual([3, 3]);
  expect(moving.gradient()).toEqual([0.5, 0.5, 1]);
});

test('the log Jacobian of an interval neither overflows nor vanishes', () => {
  const at = (u: number) => evaluate((input) => interval(0, 1).logJacobian(input)!, [u]).values[0];
  expect(at(800)).toBe(-800);
  expect(at(-800)).toBe(-800);
});

function stackPair(a: Expression, b: Expression): Expression {
  return a.graph.functions.add(a.matmul([[1, 0]]), b.matmul([[0, 1]]));
}
