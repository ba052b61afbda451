/** Constraints on vectors and matrices: membership, inverses, Jacobians against determinants, batches, extremes. */
import { describe, expect, test } from 'vitest';
import { concat, dot, gradient, reshape, type Expression } from '../../src/expr';
import * as transforms from '../../src/transforms';
import type { Transform } from '../../src/transforms';
import { evaluate } from '../distributions/evaluate';
import { logDeterminant } from './determinant';

interface Case {
  readonly transform: Transform;
  /** Shape of one value. */
  readonly shape: readonly number[];
  /** Elements that determine a value, as many as there are free numbers. */
  readonly coordinates: readonly number[];
  readonly holds: (x: readonly number[]) => boolean;
}

const near = (a: number, b: number, error = 1e-12): boolean =>
  Math.abs(a - b) <= error * Math.max(1, Math.abs(b));
const sum = (x: readonly number[]): number => x.reduce((a, b) => a + b, 0);
const increasing = (x: readonly number[]): boolean => x.every((v, i) => i === 0 || v >= x[i - 1]);
const rows = (x: readonly number[], order: number): number[][] =>
  Array.from({ length: order }, (_, i) => x.slice(i * order, (i + 1) * order));
const lowerTriangular = (m: readonly number[][]): boolean =>
  m.every((row, i) => row[i] > 0 && row.slice(i + 1).every((v) => v === 0));
const symmetric = (m: readonly number[][]): boolean =>
  m.every((row, i) => row.every((v, j) => v === m[j][i]));
const below = (order: number, diagonal: boolean): number[] =>
  Array.from({ length: order * order }, (_, k) => k).filter((k) =>
    diagonal ? k % order <= Math.floor(k / order) : k % order < Math.floor(k / order),
  );

const cases: Case[] = [
  { transform: transforms.ordered, shape: [4], coordinates: [0, 1, 2, 3], holds: increasing },
  { transform: transforms.ordered, shape: [1], coordinates: [0], holds: () => true },
  {
    transform: transforms.positiveOrdered,
    shape: [3],
    coordinates: [0, 1, 2],
    holds: (x) => x[0] > 0 && increasing(x),
  },
  {
    transform: transforms.simplex,
    shape: [4],
    coordinates: [0, 1, 2],
    holds: (x) => near(sum(x), 1) && x.every((v) => v >= 0),
  },
  { transform: transforms.simplex, shape: [2], coordinates: [0], holds: (x) => near(sum(x), 1) },
  {
    transform: transforms.correlationCholesky,
    shape: [4, 4],
    coordinates: below(4, false),
    holds: (x) =>
      lowerTriangular(rows(x, 4)) && rows(x, 4).every((row) => near(sum(row.map((v) => v * v)), 1)),
  },
  {
    transform: transforms.correlation,
    shape: [3, 3],
    coordinates: below(3, false),
    holds: (x) => symmetric(rows(x, 3)) && rows(x, 3).every((row, i) => near(row[i], 1)),
  },
  {
    transform: transforms.correlation,
    shape: [2, 2],
    coordinates: [2],
    holds: (x) => symmetric(rows(x, 2)),
  },
  {
    transform: transforms.covarianceCholesky,
    shape: [3, 3],
    coordinates: below(3, true),
    holds: (x) => lowerTriangular(rows(x, 3)),
  },
  {
    transform: transforms.covariance,
    shape: [3, 3],
    coordinates: below(3, true),
    holds: (x) => symmetric(rows(x, 3)) && rows(x, 3).every((row, i) => row[i] > 0),
  },
  {
    transform: transforms.covariance,
    shape: [1, 1],
    coordinates: [0],
    holds: (x) => x[0] > 0,
  },
];

/** Free numbers that are the same every time. */
const freeNumbers = (count: number, scale: number): number[] =>
  Array.from({ length: count }, (_, k) => scale * Math.sin(1.7 * k + 0.6));

describe.each(cases)('$transform.name $shape', ({ transform, shape, coordinates, holds }) => {
  const [size] = transform.unconstrainedShape(shape);
  const constrain = (u: readonly number[]): number[] =>
    evaluate((input) => transform.constrain(input), [u]).values;

  test('as many free numbers as coordinates', () => {
    expect(transform.unconstrainedShape(shape)).toEqual([coordinates.length]);
  });

  test.each([0.3, 1, 3])('values belong and lead back, at scale %f', (scale) => {
    const u = freeNumbers(size, scale);
    expect(holds(constrain(u))).toBe(true);
    const back = evaluate((input) => transform.unconstrain(transform.constrain(input)), [u]).values;
    back.forEach((value, k) => expect(Math.abs(value - u[k]), `free number ${k}`).toBeLessThan(1e-8));
  });

  test.each([0.4, 1.5])('the log Jacobian is that of differences, at scale %f', (scale) => {
    const u = freeNumbers(size, scale);
    const step = 1e-4;
    const columns = u.map((_, k) => {
      const moved = (by: number): number[] => constrain(u.map((v, j) => (j === k ? v + by * step : v)));
      const [m2, m1, p1, p2] = [-2, -1, 1, 2].map(moved);
      return coordinates.map((c) => (m2[c] - 8 * m1[c] + 8 * p1[c] - p2[c]) / (12 * step));
    });
    const [found] = evaluate((input) => transform.logJacobian(input) ?? input.graph.scalar(0), [u]).values;
    expect(found).toBeCloseTo(logDeterminant(columns), 8);
  });

  test.each([-30, 30, 'alternating'])('finite with every free number at %s', (extreme) => {
    const u = freeNumbers(size, 0).map((_, k) => (typeof extreme === 'number' ? extreme : k % 2 ? 30 : -30));
    const build = (input: Expression): Expression => {
      const value = transform.constrain(input);
      const jacobian = transform.logJacobian(input) ?? input.graph.scalar(0);
      return concat([reshape(value, [value.size]), reshape(jacobian, [1])]);
    };
    const { values, gradient } = evaluate(build, [u]);
    expect(values.every(Number.isFinite), `${values}`).toBe(true);
    expect(gradient().every(Number.isFinite), `${gradient()}`).toBe(true);
  });

  test('gradient and second derivatives are those of differences', () => {
    const u = freeNumbers(size, 0.8);
    const value = (input: Expression): Expression => {
      const x = transform.constrain(input);
      const weights = Float64Array.from({ length: x.size }, (_, k) => Math.cos(2 * k + 1));
      return dot(reshape(x, [x.size]), weights).add(transform.logJacobian(input) ?? 0);
    };
    const direction = Float64Array.from(u, (_, k) => Math.sin(3 * k + 2));
    const slope = (input: Expression): Expression => dot(gradient(value(input), [input])[0], direction);
    for (const of of [value, slope]) {
      const found = evaluate(of, [u]).gradient();
      u.forEach((_, k) => {
        const moved = (by: number): number =>
          evaluate(of, [u.map((v, j) => (j === k ? v + by * 1e-4 : v))]).values[0];
        const difference = (moved(-2) - 8 * moved(-1) + 8 * moved(1) - moved(2)) / 12e-4;
        expect(Math.abs(found[k] - difference)).toBeLessThan(1e-8 * Math.max(1, Math.abs(difference)));
      });
    }
  });

  test('a batch is its members', () => {
    const members = [freeNumbers(size, 0.5), freeNumbers(size, 1.2), freeNumbers(size, 2)];
    const batch = (u: Expression): Expression => reshape(u, [3, size]);
    expect(transform.unconstrainedShape([3, ...shape])).toEqual([3, size]);
    const together = evaluate((u) => transform.constrain(batch(u)), [members.flat()]).values;
    const single = members.flatMap(constrain);
    expect(together.length).toBe(single.length);
    together.forEach((value, k) => expect(value).toBeCloseTo(single[k], 13));
    const jacobian = (u: Expression): Expression => transform.logJacobian(u) ?? u.graph.scalar(0);
    const [joint] = evaluate((u) => jacobian(batch(u)), [members.flat()]).values;
    expect(joint).toBeCloseTo(sum(members.map((u) => evaluate(jacobian, [u]).values[0])), 11);
    const back = evaluate(
      (u) => transform.unconstrain(transform.constrain(batch(u))),
      [members.flat()],
    ).values;
    back.forEach((value, k) => expect(value).toBeCloseTo(members.flat()[k], 9));
  });
});

test('a vector that sums to zero keeps lengths and angles of its free numbers', () => {
  const columns = [0, 1, 2, 3].map((k) => {
    const u = [0, 1, 2, 3].map((j) => +(j === k));
    return evaluate((input) => transforms.sumToZero.constrain(input), [u]).values;
  });
  columns.forEach((column, k) => {
    expect(Math.abs(sum(column))).toBeLessThan(1e-15);
    columns.forEach((other, l) =>
      expect(sum(column.map((v, i) => v * other[i]))).toBeCloseTo(k === l ? 1 : 0, 14),
    );
  });
  expect(transforms.sumToZero.unconstrainedShape([2, 5])).toEqual([2, 4]);
  const u = freeNumbers(8, 5);
  const back = evaluate(
    (input) => transforms.sumToZero.unconstrain(transforms.sumToZero.constrain(reshape(input, [2, 4]))),
    [u],
  ).values;
  back.forEach((value, k) => expect(value).toBeCloseTo(u[k], 13));
});

test('a unit vector has length one, and its free length is that of a normal vector', () => {
  const { unitVector } = transforms;
  const u = [3, -1, 0.5, 1e-3, -30, 30];
  const x = evaluate((input) => unitVector.constrain(reshape(input, [2, 3])), [u]).values;
  expect(sum(x.slice(0, 3).map((v) => v * v))).toBeCloseTo(1, 14);
  expect(sum(x.slice(3).map((v) => v * v))).toBeCloseTo(1, 14);
  expect(x[0] / x[1]).toBeCloseTo(-3, 13);
  const [density] = evaluate((input) => unitVector.logJacobian(input)!, [[3, -1, 0.5]]).values;
  expect(density).toBeCloseTo(-0.5 * (9 + 1 + 0.25), 13);
});

test('offset and multiplier may be parameters', () => {
  const { values, gradient } = evaluate(
    (u, offset, scale) => transforms.offsetMultiplier(offset, scale).constrain(u),
    [[1, -2], 10, 3],
  );
  expect(values).toEqual([13, 4]);
  expect(gradient()).toEqual([3, 3, 2, -1]);
  const [jacobian] = evaluate(
    (u, scale) => transforms.offsetMultiplier(0, scale).logJacobian(u)!,
    [[1, -2], 3],
  ).values;
  expect(jacobian).toBeCloseTo(2 * Math.log(3), 14);
});

test('correlations within rounding of one lead back', () => {
  const { correlationCholesky } = transforms;
  for (const u of [
    [18, 0, 0],
    [-18, 5, -3],
  ]) {
    const back = evaluate(
      (input) => correlationCholesky.unconstrain(correlationCholesky.constrain(input)),
      [u],
    ).values;
    back.forEach((value, k) => expect(value).toBeCloseTo(u[k], 6));
  }
});

test.each([
  ['simplex', [1], 'simplex: expected a last axis of at least 2 elements, got [1]; give dims'],
  ['ordered', [], 'ordered: expected at least one axis, got scalar; give dims'],
  ['correlation', [3, 2], 'expected a square matrix of at least 2 rows in the last two axes, got [3, 2]'],
  ['covarianceCholesky', [3], 'covarianceCholesky: expected a square matrix in the last two axes, got [3]'],
] as const)('%s refuses the shape %j', (name, shape, message) => {
  expect(() => transforms[name].unconstrainedShape(shape)).toThrow(message);
});

test('plain bounds are checked, and infinite ones are none', () => {
  const { interval, lower, offsetMultiplier, upper } = transforms;
  expect(() => interval(1, 1)).toThrow('interval: lower must be below upper, got lower 1 and upper 1');
  expect(() => interval(NaN, 1)).toThrow('interval: lower must be below upper, got lower NaN and upper 1');
  expect(() => lower(NaN)).toThrow('lower: the bound must be a number, got NaN');
  expect(() => offsetMultiplier(0, 0)).toThrow('offsetMultiplier: multiplier must be > 0, got 0');
  const at = (transform: Transform): number => evaluate((u) => transform.constrain(u), [[0.5]]).values[0];
  expect(at(interval(-Infinity, Infinity))).toBe(0.5);
  expect(at(interval(2, Infinity))).toBe(at(lower(2)));
  expect(at(interval(-Infinity, 2))).toBe(at(upper(2)));
});
