/** Mistakes in data: each is refused, and the message names the variable, what was expected and what was found. */
import { expect, test } from 'vitest';
import {
  bernoulli,
  binomial,
  exponential,
  flat,
  gamma,
  normal,
  poisson,
  uniform,
} from '../../src/distributions';
import { exp, log, type Expression } from '../../src/expr';
import { index, integer, integers, matrix, model, ModelError, scalar, vector } from '../../src/model';

const pair = model({ y: vector('school'), sigma: vector('school') })
  .param('mu', normal(0, 5))
  .observe('y', ({ mu, sigma }) => normal(mu, sigma));
type PairData = Parameters<typeof pair.condition>[0];
const given = (data: unknown): PairData => data as PairData;

const mistakes: [string, () => unknown, string][] = [
  ['a missing name', () => pair.condition(given({ y: [1] })), "data 'sigma' is missing"],
  [
    'a misspelt name',
    () => pair.condition(given({ y: [1], sgima: [1] })),
    "data 'sigma' is missing; did you mean 'sgima'?",
  ],
  [
    'an undefined value',
    () => pair.condition(given({ y: [1], sigma: undefined })),
    "data 'sigma' is missing",
  ],
  ['no data', () => pair.condition(given(undefined)), "data 'y' is missing"],
  [
    'data that are no object',
    () => pair.condition(given([1, 2])),
    'data must be an object of named values, got an array of length 2',
  ],
  [
    'lengths that differ',
    () => pair.condition({ y: [1, 2, 3], sigma: [1, 2] }),
    "dimension 'school' has length 3 in data 'y' but 2 in data 'sigma'",
  ],
  [
    'a number for a vector',
    () => pair.condition(given({ y: 3, sigma: [1] })),
    "data 'y' must be shape [school], got 3",
  ],
  [
    'a matrix for a vector',
    () => pair.condition(given({ y: [[1, 2]], sigma: [1] })),
    "data 'y' must be shape [school], got shape [1, 2]",
  ],
  [
    'text for a vector',
    () => pair.condition(given({ y: 'abc', sigma: [1] })),
    "data 'y' must be shape [school], got 'abc'",
  ],
  [
    'an empty vector',
    () => pair.condition({ y: [], sigma: [] }),
    "data 'y' is empty: expected shape [school]",
  ],
  [
    'NaN',
    () => pair.condition({ y: [1, NaN], sigma: [1, 1] }),
    "data 'y'[1] must be a finite number, got NaN: values must not be missing",
  ],
  [
    'null',
    () => pair.condition(given({ y: [1, null], sigma: [1, 1] })),
    "data 'y'[1] must be a finite number, got null: values must not be missing",
  ],
  [
    'a hole',
    () => pair.condition(given({ y: [1, , 2], sigma: [1, 1, 1] })),
    "data 'y'[1] must be a finite number, got undefined: values must not be missing",
  ],
  [
    'text among numbers',
    () => pair.condition(given({ y: [1, '2'], sigma: [1, 1] })),
    "data 'y'[1] must be a finite number, got '2'",
  ],
  [
    'infinity',
    () => pair.condition({ y: [1, Infinity], sigma: [1, 1] }),
    "data 'y'[1] must be a finite number, got Infinity",
  ],
  [
    'a negative standard error',
    () => pair.condition({ y: [1, 2], sigma: [1, -2] }),
    "observe 'y': normal: scale must be > 0, got -2 at [1]",
  ],
  [
    'a ragged matrix',
    () => regression.condition({ X: [[1, 2], [3]], y: [1, 2] }),
    "data 'X' is ragged: 'X'[1] has 1 values, 'X'[0] has 2 values",
  ],
  [
    'a number among rows',
    () => regression.condition({ X: [[1, 2], 3] as unknown as number[][], y: [1, 2] }),
    "data 'X' is ragged: 'X'[1] has 3, 'X'[0] has 2 values",
  ],
  [
    'a row too deep',
    () =>
      regression.condition({
        X: [
          [1, 2],
          [3, [4]],
        ] as unknown as number[][],
        y: [1, 2],
      }),
    "data 'X'[1, 1] is an array, expected shape [row, 2]",
  ],
  [
    'a width that is fixed',
    () => regression.condition({ X: [[1, 2, 3]], y: [1] }),
    "data 'X' must be shape [row, 2], got shape [1, 3]",
  ],
  [
    'a fraction for a count',
    () => counting.condition({ y: [1, 2.5], n: 3 }),
    "data 'y'[1] must be an integer, got 2.5",
  ],
  [
    'a fraction for an integer',
    () => counting.condition({ y: [1], n: 0.5 }),
    "data 'n' must be an integer, got 0.5",
  ],
  [
    'an array for an integer',
    () => counting.condition({ y: [1], n: [2] as unknown as number }),
    "data 'n' must be a single number, got shape [1]",
  ],
  [
    'a negative count',
    () => counting.condition({ y: [1, -2], n: 1 }),
    "observe 'y': element [1] is -2, but poisson expects an integer ≥ 0",
  ],
];

const regression = model({ X: matrix('row', 2), y: vector('row') })
  .param('b', normal(0, 1), { dims: [2] })
  .observe('y', ({ X, b }) => normal(X.matmul(b), 1));
const counting = model({ y: integers('row'), n: integer() })
  .param('rate', exponential(1))
  .observe('y', ({ rate }) => poisson(rate));

test.each(mistakes)('%s', (_what, attempt, message) => {
  expect(attempt).toThrow(new ModelError(message));
});

test('the support of observed data, with the index and the value', () => {
  const observing = (distribution: Parameters<typeof start.observe<'y'>>[1]) =>
    start.observe('y', distribution);
  const start = model({ y: vector('row'), n: integers('row') }).param('mu', normal(0, 1));
  const n = [4, 4];
  const message = (attempt: () => unknown): string => {
    try {
      attempt();
    } catch (error) {
      return (error as Error).message;
    }
    return 'nothing was thrown';
  };
  expect(message(() => observing(({ mu }) => gamma(1, exp(mu))).condition({ y: [1, 0], n }))).toBe(
    "observe 'y': element [1] is 0, but gamma expects a number > 0",
  );
  expect(message(() => observing(({ mu }) => bernoulli(exp(mu))).condition({ y: [1, 2], n }))).toBe(
    "observe 'y': element [1] is 2, but bernoulli expects 0 or 1",
  );
  expect(message(() => observing(({ n, mu }) => binomial(n, exp(mu))).condition({ y: [4, 5], n }))).toBe(
    "observe 'y': element [1] is 5, but binomial expects an integer from 0 to 4",
  );
  expect(message(() => observing(uniform(-1, 1)).condition({ y: [1.5, 0], n }))).toBe(
    "observe 'y': element [0] is 1.5, but uniform expects a number from -1 to 1",
  );
  // A bound that depends on parameters is a matter for the density.
  expect(observing(({ mu }) => uniform(mu, 9)).condition({ y: [1, 2], n }).dimension).toBe(1);
  expect(message(() => observing(({ n }) => normal(log(n.sub(4)), 1)).condition({ y: [1, 2], n }))).toBe(
    "observe 'y': normal: location must be finite, got -Infinity at [0]",
  );
});

test('names that no declaration mentions are left alone', () => {
  const data = { y: [1, 2], sigma: [1, 1], J: 2, comment: 'extra' };
  expect(pair.condition(data).dimension).toBe(1);
});

test('typed arrays, plain arrays and readonly arrays are the same data', () => {
  const values = (y: PairData['y']): Float64Array =>
    pair
      .condition({ y, sigma: [1, 1] })
      .graph.constant([0])
      .graph.expression(y).values as Float64Array;
  expect([...values([1, 2])]).toEqual([...values(Float64Array.of(1, 2))]);
  expect(pair.condition({ y: Int32Array.of(1, 2), sigma: Float32Array.of(1, 1) }).dimension).toBe(1);
});

const grouped = model({ y: vector('row'), county: index('row', 'county') })
  .param('level', normal(0, 1), { dims: ['county'] })
  .observe('y', ({ level, county }) => normal(level.gather(county), 1));

test('positions along a dimension', () => {
  const y = [1, 2, 3];
  expect(grouped.condition({ y, county: [0, 2, 1] }).dimension).toBe(3);
  expect(grouped.dim('county', 5).condition({ y, county: [0, 2, 1] }).dimension).toBe(5);
  expect(() => grouped.condition({ y, county: [1, 2, 3] })).toThrow(
    "data 'county' runs from 1 to 3, but positions along 'county' count from 0: subtract 1",
  );
  expect(() => grouped.dim('county', 3).condition({ y, county: [1, 2, 3] })).toThrow(
    'count from 0: subtract 1',
  );
  expect(() => grouped.dim('county', 3).condition({ y, county: [0, 4, 3] })).toThrow(
    "data 'county'[1] is 4, expected a position along 'county' from 0 to 2",
  );
  expect(() => grouped.condition({ y, county: [0, 205, 101] })).toThrow(
    "data 'county' reaches 205 but skips 1: if that is meant, give 'county' its size with .dim('county', 206)",
  );
  expect(grouped.dim('county', 4).condition({ y, county: [1, 2, 3] }).dimension).toBe(4);
  expect(() => grouped.condition({ y, county: [0, -1, 1] })).toThrow("data 'county'[1] is -1");
  expect(() => grouped.condition({ y, county: [0, 0.5, 1] })).toThrow(
    "data 'county'[1] must be an integer from 0",
  );
});

test('labels become coordinates in order of appearance, or must be among those given', () => {
  const y = [1, 2, 3];
  const posterior = grouped.condition({ y, county: ['b', 'a', 'b'] });
  expect(posterior.layout.coords.county).toEqual(['b', 'a']);
  expect(posterior.layout.quantities[0].dims).toEqual(['county']);
  const coords = { county: ['a', 'b', 'c'] };
  expect(grouped.condition({ y, county: ['b', 'a', 'b'] }, { coords }).layout.coords.county).toEqual(
    coords.county,
  );
  expect(() => grouped.condition({ y, county: ['b', 'a', 'd'] }, { coords })).toThrow(
    "data 'county'[2] is 'd', which is not a label of 'county'",
  );
  expect(() => grouped.condition({ y, county: ['b', 0, 'd'] })).toThrow("data 'county'[1] must be a label");
  expect(() => grouped.condition({ y, county: ['b', 'a', 'b'] }, { coords: { county: ['a', 'a'] } })).toThrow(
    "coords: labels 0 and 1 of 'county' are both 'a'",
  );
  expect(() => grouped.condition({ y, county: [0, 1, 2] }, { coords: { conty: ['x', 'y', 'z'] } })).toThrow(
    "coords: no data or parameter has a dimension 'conty'; did you mean 'county'?",
  );
  expect(() => grouped.condition({ y, county: [0, 1, 2] }, { coords: { row: ['x', 'y'] } })).toThrow(
    "dimension 'row' has length 2 in coords but 3 in data 'y'",
  );
});

test('transformed data are checked when observed', () => {
  const earnings = model({ earn: vector('row') })
    .param('mu', flat())
    .derive('logEarn', ({ earn }): Expression<1> => log(earn))
    .observe('logEarn', ({ mu }) => normal(mu, 1));
  const posterior = earnings.condition({ earn: [1, 2, 3] });
  expect(posterior.layout.quantities.map(({ name }) => name)).toEqual(['mu']);
  expect(() => earnings.condition({ earn: [1, 0, 3] })).toThrow(
    "observe 'logEarn': element [1] is -Infinity, but normal expects a finite number",
  );
});

test('a scalar is one number', () => {
  const one = model({ x: scalar() })
    .param('mu', normal(0, 1))
    .observe('x', ({ mu }) => normal(mu, 1));
  expect(one.condition({ x: 2 }).dimension).toBe(1);
  expect(() => one.condition({ x: NaN })).toThrow("data 'x' must be a finite number, got NaN");
});
