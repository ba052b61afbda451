/** Distribution functions against high-precision logarithms of both tails, and their derivatives against densities. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as distributions from '../../src/distributions';
import type { Distribution } from '../../src/distributions';
import { exp, type Expression, type Operand } from '../../src/expr';
import { evaluate } from './evaluate';

type Constructor = (...parameters: Operand[]) => Distribution;
/** Null where the reference knows no digits. */
type Row = (number | '-Infinity' | null)[];
const table = JSON.parse(readFileSync(new URL('./cumulative.json', import.meta.url), 'utf8')) as Record<
  string,
  Row[]
>;
const constructors = distributions as unknown as Record<string, Constructor>;

describe.each(Object.entries(table))('%s', (name, rows) => {
  const columns = rows[0].map((_, k) => rows.map((row) => Number(row[k])));
  const [x, ...parameters] = columns.slice(0, -2);
  const construct = constructors[name];

  test.each(['logCdf', 'logCcdf'] as const)('%s', (which) => {
    const expected = columns[columns.length - (which === 'logCdf' ? 2 : 1)];
    const { values } = evaluate((at, ...given) => construct(...given)[which](at), [x, ...parameters]);
    rows.forEach((row, i) => {
      if (row.at(which === 'logCdf' ? -2 : -1) === null) return;
      if (!Number.isFinite(expected[i])) expect(values[i], `at ${row}`).toBe(expected[i]);
      else {
        // Beneath the smallest normal number anything goes.
        const allowed = 4e-13 * Math.abs(expected[i]) * conditioning(name, which, row.map(Number)) + 1e-300;
        expect(Math.abs(values[i] - expected[i]), `at ${row}: ${values[i]}`).toBeLessThan(allowed);
      }
    });
  });

  test('the distribution function is its logarithm’s exponential', () => {
    const { values } = evaluate((at, ...given) => construct(...given).cdf(at), [x, ...parameters]);
    const logs = columns.at(-2)!;
    values.forEach((value, i) => {
      if (rows[i].at(-2) !== null) expect(value, `at ${rows[i]}`).toBeCloseTo(Math.exp(logs[i]), 10);
    });
  });

  test.skipIf(construct(...parameters.map((p) => p[0])).discrete)('its derivative is the density', () => {
    const inside = rows.filter((row) =>
      row.slice(-2).every((value) => Number(value) > -600 && Number(value) < 0),
    );
    const [at, ...given] = inside[0].slice(0, -2).map((_, k) => inside.map((row) => Number(row[k])));
    const of = (which: 'logCdf' | 'logCcdf', sign: number): number[] =>
      evaluate((value, ...rest) => construct(...rest)[which](value), [at, ...given])
        .gradient()
        .slice(0, at.length)
        .map((slope, i) => sign * slope * Math.exp(Number(inside[i].at(which === 'logCdf' ? -2 : -1))));
    const density = evaluate(
      (value, ...rest) => exp(construct(...rest).logDensity(value)),
      [at, ...given],
    ).values;
    [of('logCdf', 1), of('logCcdf', -1)].forEach((slopes, k) =>
      slopes.forEach((slope, i) => {
        const allowed =
          1e-9 * density[i] * conditioning(name, k === 0 ? 'logCdf' : 'logCcdf', inside[i].map(Number));
        expect(
          Math.abs(slope - density[i]),
          `${k} at ${inside[i]}: ${slope}, ${density[i]}`,
        ).toBeLessThanOrEqual(allowed);
      }),
    );
  });

  test('derivatives in the parameters are those of differences, and finite everywhere', () => {
    const of = (...inputs: Expression[]): Expression => construct(...inputs.slice(1)).logCdf(inputs[0]);
    const whole = wholeArguments[name] ?? 1;
    const given = columns.slice(0, -2);
    const logs = columns.at(-2)!;
    if (whole === given.length) return;
    const run = (inputs: number[][]) =>
      evaluate(
        (...rest) => of(...given.slice(0, whole).map((values) => rest[0].graph.constant(values)), ...rest),
        inputs,
      );
    const inputs = given.slice(whole);
    const analytic = run(inputs).gradient();
    inputs.forEach((values, k) => {
      const step = values.map((v) => 1e-4 * Math.max(Math.abs(v), 0.1));
      const moved = (by: number): number[] =>
        run(inputs.map((input, j) => (j === k ? input.map((v, i) => v + by * step[i]) : input))).values;
      const [m2, m1, p1, p2] = [-2, -1, 1, 2].map(moved);
      values.forEach((_, i) => {
        const found = analytic[k * values.length + i];
        expect(found, `∂${k} at ${rows[i]}`).toSatisfy(Number.isFinite);
        if (!(logs[i] > -50 && logs[i] < -1e-3) || !smooth(name, rows[i].map(Number))) return;
        const difference = (m2[i] - 8 * m1[i] + 8 * p1[i] - p2[i]) / (12 * step[i]);
        const rounding =
          (1e-15 * (1 + Math.abs(logs[i])) * conditioning(name, 'logCdf', rows[i].map(Number))) / step[i];
        expect(
          Math.abs(found - difference),
          `∂${k} at ${rows[i]}: ${found} against ${difference}`,
        ).toBeLessThan(1e-6 * Math.abs(difference) + 5 * rounding);
      });
    });
  });
});

/** Leading arguments that are whole numbers. */
const wholeArguments: Readonly<Record<string, number>> = {
  discreteUniform: 3,
  binomial: 2,
  binomialLogit: 2,
};

/**
 * Loss that the documentation of a distribution announces. Next to 1 a probability has the relative error of the other
 * tail, which is that of an exponential.
 */
function conditioning(name: string, which: 'logCdf' | 'logCcdf', row: number[]): number {
  const [x, a, b, c] = row;
  const tail = 1 + 0.01 * Math.min(Math.abs(row.at(which === 'logCdf' ? -1 : -2)!), 700);
  switch (name) {
    case 'exponentiallyModifiedNormal':
      return tail * (1 + (10 * Math.abs(x - a)) / b / (b * c));
    case 'wald':
      return tail * (1 + x / a);
    case 'negativeBinomial':
    case 'negativeBinomialLog':
      return tail * (1 + 1e-3 * b);
    default:
      return tail;
  }
}

/** Where differences of logCdf in the parameters tell something: away from kinks and from the ends of their ranges. */
function smooth(name: string, [x, ...rest]: number[]): boolean {
  switch (name) {
    case 'laplace':
      return Math.abs(x - rest[0]) > 1e-2;
    case 'pareto':
    case 'generalizedPareto':
      return x > rest[0] + 1e-2;
    case 'bernoulli':
    case 'geometric':
      return rest[0] > 1e-3 && rest[0] < 0.9;
    case 'binomial':
      return rest[1] > 1e-3 && rest[1] < 0.9;
    default:
      return true;
  }
}
