/** Densities of vectors and matrices: against high-precision values, in batches, and both derivatives. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as distributions from '../../src/distributions';
import type { AnyDistribution } from '../../src/distributions/distribution';
import { concat, dot, gradient, reshape, stack, type Expression, type Operand } from '../../src/expr';
import { evaluate } from './evaluate';

type Numbers = number | readonly Numbers[];
type Parameters = { readonly [name: string]: Numbers | Parameters };
interface Case {
  readonly name: string;
  readonly parameters: Parameters;
  readonly x: Numbers;
  readonly logDensity: number;
}
const cases = JSON.parse(readFileSync(new URL('./multivariate.json', import.meta.url), 'utf8')) as Case[];

type Given = { readonly [name: string]: Operand } & { readonly rows?: never; readonly columns?: never };
const d = distributions;
const constructors: Record<string, (given: Given) => AnyDistribution> = {
  multivariateNormal: ({ mean, ...spread }) => d.multivariateNormal(mean, spread as never),
  multivariateStudentT: ({ df, location, ...spread }) =>
    d.multivariateStudentT(df, location, spread as never),
  dirichlet: ({ concentration }) => d.dirichlet(concentration),
  multinomial: ({ trials, probabilities }) => d.multinomial(trials, probabilities),
  multinomialLogit: ({ trials, logits }) => d.multinomialLogit(trials, logits),
  dirichletMultinomial: ({ trials, concentration }) => d.dirichletMultinomial(trials, concentration),
  lkj: ({ concentration }) => d.lkj(concentration),
  lkjCholesky: ({ concentration }) => d.lkjCholesky(concentration),
  wishart: ({ df, scale }) => d.wishart(df, scale),
  inverseWishart: ({ df, scale }) => d.inverseWishart(df, scale),
  matrixNormal: ({ mean, rows, columns }) => d.matrixNormal(mean!, { rows: rows!, columns: columns! }),
  gaussianRandomWalk: ({ scale, drift }) => d.gaussianRandomWalk(scale, { drift }),
  autoregressive: ({ coefficients, scale, intercept }) =>
    d.autoregressive(coefficients, scale, { intercept }),
};
const discrete = ['multinomial', 'multinomialLogit', 'dirichletMultinomial'];

const shapeOf = (value: Numbers): number[] =>
  typeof value === 'number' ? [] : [value.length, ...shapeOf(value[0])];
const flatten = (value: Numbers): number[] => (typeof value === 'number' ? [value] : value.flatMap(flatten));

/** Leaves in order, and the same structure built from expressions for them. */
function leaves(value: Numbers | Parameters): Numbers[] {
  if (typeof value === 'number' || Array.isArray(value)) return [value as Numbers];
  return Object.values(value as Parameters).flatMap(leaves);
}
function rebuild(value: Numbers | Parameters, leaf: (shape: number[]) => Expression): unknown {
  if (typeof value === 'number' || Array.isArray(value)) return leaf(shapeOf(value as Numbers));
  return Object.fromEntries(
    Object.entries(value as Parameters).map(([name, inner]) => [name, rebuild(inner, leaf)]),
  );
}

/** An expression of all numbers of a case: those of the parameters, then those of x. */
function over(
  { name, parameters, x }: Case,
  build: (distribution: AnyDistribution, x: Expression) => Expression,
  batch: (parameter: Expression) => Expression = (parameter) => parameter,
): { of: (...inputs: Expression[]) => Expression; at: number[][] } {
  const at = [...leaves(parameters).map(flatten), flatten(x)];
  return {
    at,
    of: (...inputs) => {
      let k = 0;
      const leaf = (shape: number[]): Expression => batch(reshape(inputs[k++], shape));
      const distribution = constructors[name](rebuild(parameters, leaf) as Given);
      return build(distribution, reshape(inputs[k], shapeOf(x)));
    },
  };
}

// What condition numbers of 1e8 leave of sixteen digits, where a matrix has them; factors keep them all.
const tolerance = ({ name, parameters, x }: Case): number =>
  JSON.stringify([parameters, x]).includes('0.99999999') &&
  name !== 'lkjCholesky' &&
  !('cholesky' in parameters)
    ? 2e-7
    : 1e-12;

describe.each(cases.map((item, i) => [item.name, i, item] as const))('%s, case %i', (name, _i, item) => {
  const close = (found: number, expected: number): void =>
    expect(Math.abs(found - expected)).toBeLessThan(
      tolerance(item) *
        Math.max(1, Math.abs(expected), ...flatten(item.x).map((v) => v * Math.log(Math.abs(v) + 2))),
    );

  test('log density, everything an input', () => {
    const { of, at } = over(item, (distribution, x) => distribution.logDensity(x));
    const { values } = evaluate(of, at);
    expect(values).toHaveLength(1);
    close(values[0], item.logDensity);
  });

  test('log density, everything data', () => {
    const distribution = constructors[name](item.parameters as Given);
    const { values } = evaluate(
      (unused) => {
        const x = unused.graph.constant(flatten(item.x), shapeOf(item.x));
        return stack([distribution.logDensity(x), distribution.logDensitySum(x)]);
      },
      [0],
    );
    close(values[0], item.logDensity);
    close(values[1], item.logDensity);
  });

  test('a batch of events, and its sum', () => {
    const { of, at } = over(item, (distribution, x) => {
      const batch = stack([stack([x, x]), stack([x, x]), stack([x, x])]);
      const each = distribution.logDensity(batch);
      expect(each.shape).toEqual([3, 2]);
      return concat([reshape(each, [6]), distribution.logDensitySum(batch)]);
    });
    const { values } = evaluate(of, at);
    values.slice(0, 6).forEach((value) => close(value, item.logDensity));
    close(values[6] / 6, item.logDensity);
  });

  test('a batch of parameters', () => {
    const { of, at } = over(
      item,
      (distribution, x) => concat([distribution.logDensity(x), distribution.logDensitySum(x)]),
      (parameter) => stack([parameter, parameter]),
    );
    const { values } = evaluate(of, at);
    expect(values).toHaveLength(3);
    close(values[0], item.logDensity);
    close(values[1], item.logDensity);
    close(values[2] / 2, item.logDensity);
  });

  test('gradient and second derivatives are those of differences', () => {
    const inside = { inside: true };
    const { of, at } = over(item, (distribution, x) => distribution.logDensitySum(x, inside));
    const analytic = evaluate(of, at).gradient();
    const direction = analytic.map((_, i) => Math.cos(1.3 * i + 0.2));
    const slope = (...inputs: Expression[]): Expression => {
      const parts = gradient(of(...inputs), inputs).map((g) => reshape(g, [g.size]));
      return dot(concat(parts), Float64Array.from(direction));
    };
    const curvature = evaluate(slope, at).gradient();
    let position = 0;
    at.forEach((values, k) => {
      const fixed = discrete.includes(name) && (k === 0 || k === at.length - 1);
      values.forEach((value, i) => {
        const index = position++;
        if (fixed || tolerance(item) > 1e-10 || Math.abs(value) >= 800) return;
        if (name === 'multinomial' && value === 0) return;
        const step = 1e-4 * Math.min(1, Math.max(Math.abs(value), 0.01));
        const moved = (by: number): number[][] =>
          at.map((input, j) => (j === k ? input.map((v, l) => (l === i ? v + by * step : v)) : input));
        const differences = (f: typeof of): number => {
          const [m2, m1, p1, p2] = [-2, -1, 1, 2].map((by) => evaluate(f, moved(by)).values[0]);
          return (m2 - 8 * m1 + 8 * p1 - p2) / (12 * step);
        };
        const scale = 1 + Math.abs(item.logDensity);
        for (const [f, found] of [
          [of, analytic[index]],
          [slope, curvature[index]],
        ] as const) {
          const difference = differences(f);
          expect(
            Math.abs(found - difference),
            `∂ input ${k}[${i}]: ${found} against ${difference}`,
          ).toBeLessThan(2e-6 * Math.max(1, Math.abs(difference)) + (1e-13 * scale) / step);
        }
      });
    });
  });
});

describe('many rows of data with one mean and one matrix', () => {
  const spreads = {
    covariance: [
      [2, 0.5],
      [0.5, 1],
    ],
    precision: [
      [2, 0.5],
      [0.5, 1],
    ],
    cholesky: [
      [1.5, 0],
      [0.5, 0.75],
    ],
  };
  const rows = (offset: number, spread: number): number[][] =>
    Array.from({ length: 40 }, (_, i) => [
      offset + Math.sin(1 + 7 * i),
      offset + spread * Math.sin(2 + 3 * i) + Math.sin(1 + 7 * i),
    ]);

  test.each(
    (['covariance', 'precision', 'cholesky'] as const).flatMap(
      (name) =>
        [
          [name, 0, 1],
          [name, 1e6, 1],
          [name, 3, 0],
        ] as const,
    ),
  )('by %s, from %d, spread %d: summed beforehand as row by row', (name, offset, spread) => {
    const x = rows(offset, spread);
    const of = (whole: boolean) => (mean: Expression, matrix: Expression) => {
      const distribution = d.multivariateNormal(mean, { [name]: reshape(matrix, [2, 2]) } as never);
      const data = mean.graph.constant(x.flat(), [40, 2]);
      return whole ? distribution.logDensitySum(data) : distribution.logDensity(data).sum();
    };
    const at = [[offset + 0.25, offset - 0.5], spreads[name].flat()];
    const [summed, single] = [true, false].map((whole) => evaluate(of(whole), at));
    const close = (a: number, b: number): void =>
      expect(Math.abs(a - b)).toBeLessThan((1e-12 + 1e-15 * offset) * Math.max(1, Math.abs(b)));
    close(summed.values[0], single.values[0]);
    summed.gradient().forEach((value, i) => close(value, single.gradient()[i]));
  });
});
