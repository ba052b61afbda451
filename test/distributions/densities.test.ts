/** Every log density against high-precision values, its sum against its elements, its gradient against differences. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as distributions from '../../src/distributions';
import type { Distribution } from '../../src/distributions';
import type { Expression, Operand } from '../../src/expr';
import { evaluate } from './evaluate';

type Constructor = (...parameters: Operand[]) => Distribution;
type Row = [...(number | '-Infinity')[]];
const table = JSON.parse(readFileSync(new URL('./densities.json', import.meta.url), 'utf8')) as Record<
  string,
  Row[]
>;
const constructors = distributions as unknown as Record<string, Constructor>;

/** Error allowed: a few rounding errors of the largest addend, which for lgamma of large arguments is what is lost. */
const tolerance = (scale: number): number => 2e-13 * Math.max(1, scale);

describe.each(Object.entries(table))('%s', (name, rows) => {
  const columns = rows[0].map((_, k) => rows.map((row) => Number(row[k])));
  const expected = columns.at(-1)!;
  const [x, ...parameters] = columns.slice(0, -1);
  const density = constructors[name];

  test('log density, everything an input', () => {
    const { values } = evaluate((at, ...given) => density(...given).logDensity(at), [x, ...parameters]);
    rows.forEach((row, i) => {
      if (!Number.isFinite(expected[i])) expect(values[i], `at ${row}`).toBe(expected[i]);
      else {
        const size = Math.abs(expected[i]) + addends(name, row.map(Number));
        expect(Math.abs(values[i] - expected[i]), `at ${row}: ${values[i]}`).toBeLessThan(tolerance(size));
      }
    });
  });

  test('log density, everything data', () => {
    const { values } = evaluate(
      (unused) =>
        density(...parameters.map((p) => Float64Array.from(p))).logDensity(unused.graph.constant(x)),
      [0],
    );
    rows.forEach((row, i) => {
      if (!Number.isFinite(expected[i])) expect(values[i], `at ${row}`).toBe(expected[i]);
      else {
        const size = Math.abs(expected[i]) + addends(name, row.map(Number));
        expect(Math.abs(values[i] - expected[i]), `at ${row}: ${values[i]}`).toBeLessThan(tolerance(size));
      }
    });
  });

  test('the sum is the sum of the elements, whatever parameters are shared', () => {
    const shared = parameters.map((p) => p[0]);
    const supported = rows.filter(
      (row) => Number.isFinite(Number(row.at(-1))) && shared.every((p, k) => p === row[k + 1]),
    );
    const points = supported.map((row) => Number(row[0]));
    const total = supported.reduce((sum, row) => sum + Number(row.at(-1)), 0);
    const size = supported.reduce(
      (sum, row) => sum + Math.abs(Number(row.at(-1))) + addends(name, row.map(Number)),
      0,
    );
    const of = (at: Operand, ...given: Expression[]): Expression => density(...given).logDensitySum(at);
    const variants = [
      evaluate(of, [points, ...shared]),
      evaluate((at, ...given) => of(at.graph.constant(points), ...given), [0, ...shared]),
      evaluate(of, [points, ...shared.map((p) => points.map(() => p))]),
      evaluate(
        (at, ...given) =>
          density(...given)
            .logDensity(at)
            .sum(),
        [points, ...shared],
      ),
    ];
    for (const { values } of variants) {
      expect(values).toHaveLength(1);
      expect(Math.abs(values[0] - total)).toBeLessThan(tolerance(10 * size));
    }
  });

  test.skipIf(wholeArguments(name) > parameters.length)('the gradient is that of differences', () => {
    const inside = rows.filter((row) => smooth(name, row.map(Number)));
    const at = inside[0].slice(0, -1).map((_, k) => inside.map((row) => Number(row[k])));
    const fixed = wholeArguments(name);
    const inputs = at.slice(fixed);
    const of = (...given: Expression[]): Expression => {
      const all = [...at.slice(0, fixed).map((values) => given[0].graph.constant(values)), ...given];
      return density(...all.slice(1)).logDensity(all[0]);
    };
    const analytic = evaluate(of, inputs).gradient();
    inputs.forEach((values, k) => {
      const step = values.map((v) => 1e-4 * Math.max(Math.abs(v), 0.1));
      const moved = (by: number): number[] =>
        evaluate(
          of,
          inputs.map((input, j) => (j === k ? input.map((v, i) => v + by * step[i]) : input)),
        ).values;
      const [m2, m1, p1, p2] = [-2, -1, 1, 2].map(moved);
      values.forEach((_, i) => {
        const difference = (m2[i] - 8 * m1[i] + 8 * p1[i] - p2[i]) / (12 * step[i]);
        const found = analytic[k * values.length + i];
        const rounding = (1e-15 * (1 + Math.abs(p1[i]) + addends(name, inside[i].map(Number)))) / step[i];
        expect(
          Math.abs(found - difference),
          `∂${k} at ${inside[i]}: ${found} against ${difference}`,
        ).toBeLessThan(1e-6 * Math.abs(difference) + 5 * rounding);
      });
    });
  });
});

/** How many arguments, the value first, are whole numbers and so have no derivatives. */
function wholeArguments(name: string): number {
  switch (name) {
    case 'hypergeometric':
      return 4;
    case 'discreteUniform':
      return 3;
    case 'binomial':
    case 'binomialLogit':
    case 'betaBinomial':
      return 2;
    case 'bernoulli':
    case 'bernoulliLogit':
    case 'poisson':
    case 'poissonLog':
    case 'geometric':
    case 'negativeBinomial':
    case 'negativeBinomialLog':
    case 'negativeBinomialShapeRate':
      return 1;
    default:
      return 0;
  }
}

/** Size of the addends of the normalising constant that cancel in the density. */
function addends(name: string, row: readonly number[]): number {
  const [x, a, b, c] = row;
  switch (name) {
    case 'gamma':
      return Math.abs(a * Math.log(a + 2)) + Math.abs(a * Math.log(b)) + b * Math.abs(x);
    case 'inverseGamma':
      return Math.abs(a * Math.log(a + 2)) + Math.abs(a * Math.log(b)) + b / Math.abs(x);
    case 'beta':
      return (a + b) * Math.log(a + b + 2) + a * Math.abs(Math.log(Math.abs(x))) + b;
    case 'chiSquared':
      return a * Math.log(a + 2) + a * Math.abs(Math.log(Math.abs(x))) + Math.abs(x);
    case 'inverseChiSquared':
      return a * Math.log(a + 2) + a * Math.abs(Math.log(Math.abs(x))) + 1 / Math.abs(x);
    case 'scaledInverseChiSquared':
      return a * Math.log(a * b * b + 2) + a * Math.abs(Math.log(Math.abs(x))) + (a * b * b) / Math.abs(x);
    case 'betaProportion':
      return b * Math.log(b + 2) + b * Math.abs(Math.log(Math.abs(x)));
    case 'binomial':
    case 'binomialLogit':
      return a * Math.log(a + 2) + a * Math.abs(b);
    case 'betaBinomial':
      return a * Math.log(a + b + c + 2);
    case 'hypergeometric':
      return a * Math.log(b + c + 2);
    case 'negativeBinomial':
      return x * Math.log((x + 2) * (b + 2)) + x * Math.abs(Math.log(a)) + a;
    case 'negativeBinomialLog':
      return x * Math.log((x + 2) * (b + 2)) + x * Math.abs(a) + Math.exp(a);
    case 'negativeBinomialShapeRate':
      return x * Math.log((x + 2) * (a + 2)) + x * Math.abs(Math.log(b)) + a / b;
    case 'poisson':
    case 'poissonLog':
      return x * Math.log(x + 2) + x * Math.abs(a);
    default:
      return 0;
  }
}

/** Where differences tell something: inside the support, away from kinks and from rounding of huge values. */
function smooth(name: string, row: readonly number[]): boolean {
  const [x, ...rest] = row.slice(0, -1);
  const value = row.at(-1)!;
  if (!Number.isFinite(value) || Math.abs(value) > 1e4) return false;
  switch (name) {
    case 'laplace':
      return Math.abs(x - rest[0]) > 1e-2 * Math.max(1, Math.abs(x), Math.abs(rest[0]));
    case 'uniform':
      return x > rest[0] && x < rest[1];
    case 'pareto':
    case 'generalizedPareto':
      return x > rest[0] + 1e-2;
    case 'beta':
    case 'betaProportion':
      return x > 1e-3 && x < 0.9;
    case 'bernoulli':
    case 'geometric':
    case 'binomial':
      return rest.at(-1)! > 1e-3 && rest.at(-1)! < 0.9;
    case 'poisson':
      return rest[0] > 1e-3;
    case 'skewNormal':
    case 'exponentiallyModifiedNormal':
      return Math.abs(rest[0]) < 100 && rest[1] > 0.05 && Math.abs(x) < 200;
    case 'normal':
    case 'cauchy':
    case 'logistic':
    case 'gumbel':
    case 'studentT':
      return Math.abs(rest.at(-2)!) < 100 && rest.at(-1)! > 0.05 && Math.abs(x) < 200;
    case 'bernoulliLogit':
    case 'binomialLogit':
    case 'poissonLog':
      return Math.abs(rest.at(-1)!) < 50;
    case 'negativeBinomial':
    case 'negativeBinomialLog':
    case 'negativeBinomialShapeRate':
    case 'betaBinomial':
      return rest.every((parameter) => Math.abs(parameter) > 0.05);
    default:
      return x > 1e-3;
  }
}
