/** Constraints and distributions of vectors in models: shapes, errors that say what is wrong, initial values. */
import { describe, expect, test } from 'vitest';
import {
  autoregressive,
  dirichlet,
  flat,
  gaussianRandomWalk,
  halfNormal,
  lkj,
  lkjCholesky,
  multinomial,
  multivariateNormal,
  normal,
  poisson,
  wishart,
} from '../../src/distributions';
import { nuts } from '../../src/inference';
import { integers, matrix, model, vector, type Posterior } from '../../src/model';
import {
  correlation,
  covariance,
  interval,
  ordered,
  simplex,
  sumToZero,
  unitVector,
} from '../../src/transforms';

const once = { seed: 3, chains: 1, warmup: 20, draws: 5, workers: 0 } as const;

describe('shapes', () => {
  test.each<[string, Posterior, number, number[]]>([
    [
      'a vector from its concentration',
      model()
        .param('x', dirichlet([1, 1, 1]))
        .condition(),
      2,
      [3],
    ],
    [
      'rows that are simplexes',
      model()
        .param('x', dirichlet([1, 1, 1]), { dims: [4, 3] })
        .condition(),
      8,
      [4, 3],
    ],
    [
      'one number for all elements',
      model()
        .param('x', dirichlet(0.5), { dims: [4] })
        .condition(),
      3,
      [4],
    ],
    [
      'a matrix by dims',
      model()
        .param('x', lkj(1), { dims: [3, 3] })
        .condition(),
      3,
      [3, 3],
    ],
    [
      'a matrix of constrained rows',
      model()
        .param('x', normal(0, 1), { dims: [2, 3], constraint: ordered })
        .condition(),
      6,
      [2, 3],
    ],
    [
      'a batch of means',
      model()
        .param(
          'x',
          multivariateNormal(
            [
              [0, 1],
              [2, 3],
              [4, 5],
            ],
            {
              cholesky: [
                [1, 0],
                [0.5, 1],
              ],
            },
          ),
        )
        .condition(),
      6,
      [3, 2],
    ],
    [
      'named dimensions',
      model()
        .dim('state', 3)
        .param('x', flat(), { dims: ['state'], constraint: simplex })
        .condition(),
      2,
      [3],
    ],
  ])('%s', (_title, posterior, dimension, shape) => {
    expect(posterior.dimension).toBe(dimension);
    expect(posterior.layout.quantities[0].shape).toEqual(shape);
  });
});

describe('errors', () => {
  test.each<[string, () => unknown, string]>([
    [
      'a matrix of unknown size',
      () => model().param('x', lkj(1)).condition(),
      "parameter 'x': lkj: its arguments do not say how large one value is; give dims",
    ],
    [
      'dims that are no event',
      () =>
        model()
          .param('x', dirichlet([1, 1, 1]), { dims: [4] })
          .condition(),
      "parameter 'x': dirichlet: one value has shape [3], got shape [4]",
    ],
    [
      'dims without the axes of an event',
      () =>
        model()
          .param('x', lkjCholesky(1), { dims: [4] })
          .condition(),
      'lkjCholesky: one value has at least 2 axes, got shape [4]',
    ],
    [
      'dims that are not square',
      () =>
        model()
          .param('x', lkjCholesky(1), { dims: [4, 3] })
          .condition(),
      "parameter 'x': correlationCholesky: expected a square matrix of at least 2 rows in the last two axes, got [4, 3]",
    ],
    [
      'a constraint without an axis',
      () => model().param('x', flat(), { constraint: ordered }).condition(),
      "parameter 'x': ordered: expected at least one axis, got scalar; give dims",
    ],
    [
      'a simplex of one element',
      () =>
        model()
          .param('x', flat(), { dims: [1], constraint: simplex })
          .condition(),
      'simplex: expected a last axis of at least 2 elements, got [1]',
    ],
    [
      'a constraint on a noncentered parameter',
      () =>
        model()
          .param('x', normal(0, 1), { dims: [2], constraint: ordered, noncentered: true })
          .condition(),
      'a constraint does not go with noncentered',
    ],
    [
      'two matrices for one covariance',
      () => multivariateNormal(0, { covariance: [[1]], cholesky: [[1]] } as never),
      'multivariateNormal: expected one of covariance, precision, cholesky, got covariance and cholesky',
    ],
    [
      'no matrix',
      () => multivariateNormal(0, {} as never),
      'multivariateNormal: expected one of covariance, precision, cholesky, got none',
    ],
    [
      'a covariance that is not positive definite',
      () =>
        model()
          .param(
            'x',
            multivariateNormal(0, {
              covariance: [
                [1, 2],
                [2, 1],
              ],
            }),
          )
          .condition(),
      "parameter 'x': multivariateNormal: covariance must be a symmetric positive definite matrix",
    ],
    [
      'a covariance that is not symmetric',
      () =>
        model()
          .param(
            'x',
            wishart(3, [
              [1, 0.2],
              [0.3, 1],
            ]),
          )
          .condition(),
      'wishart: scale must be a symmetric positive definite matrix',
    ],
    [
      'a factor with numbers above the diagonal',
      () =>
        model()
          .param(
            'x',
            multivariateNormal(0, {
              cholesky: [
                [1, 1],
                [0, 1],
              ],
            }),
          )
          .condition(),
      'multivariateNormal: cholesky must be lower triangular with a positive diagonal',
    ],
    [
      'too few degrees of freedom',
      () =>
        wishart(1, [
          [1, 0],
          [0, 1],
        ]),
      'wishart: df must be > 1, the number of rows less 1, got 1',
    ],
    [
      'a mean of another length',
      () =>
        model()
          .param(
            'x',
            multivariateNormal([1, 2, 3], {
              covariance: [
                [1, 0],
                [0, 1],
              ],
            }),
          )
          .condition(),
      'multivariateNormal: the matrix has 2 rows, but the location has shape [3]',
    ],
    [
      'a matrix that is not square',
      () =>
        model()
          .param('x', multivariateNormal([1, 2], { covariance: [[1, 0]] }))
          .condition(),
      'multivariateNormal: covariance must be a symmetric positive definite matrix',
    ],
    [
      'a series that is too short',
      () =>
        model()
          .param('x', autoregressive([0.5, 0.1], 1), { dims: [2] })
          .condition(),
      'autoregressive: a series must have at least 3 values, got 2',
    ],
    [
      'a walk of unknown length',
      () => model().param('x', gaussianRandomWalk(1)).condition(),
      'gaussianRandomWalk: its arguments do not say how large one value is; give dims',
    ],
    [
      'a discrete vector',
      () =>
        model()
          .param('x', multinomial(3, [0.5, 0.5]))
          .condition(),
      'multinomial',
    ],
  ])('%s', (_title, act, message) => expect(act).toThrow(message));
});

describe('observed vectors', () => {
  const shares = model({ y: matrix('row', 'part') })
    .param('scale', halfNormal(10))
    .observe('y', ({ scale }) => dirichlet(scale));

  test('belong to the support as a whole', () => {
    expect(() =>
      shares.condition({
        y: [
          [0.5, 0.5],
          [0.5, 0.25],
        ],
      }),
    ).toThrow("observe 'y': the vector at [1] is [0.5, 0.25], but in dirichlet it must sum to 1");
    expect(() =>
      shares.condition({
        y: [
          [0.5, 0.5],
          [1, 0],
        ],
      }),
    ).toThrow('element [1, 1] is 0, but dirichlet expects a number > 0');
  });

  test('have a log likelihood each', () => {
    const posterior = shares.condition({
      y: [
        [0.5, 0.5],
        [0.75, 0.25],
        [0.25, 0.75],
      ],
    });
    const likelihood = posterior.terms.find(({ role }) => role === 'likelihood')!;
    expect(likelihood.pointwise!().shape).toEqual([3]);
  });

  test('counts sum to the trials', () => {
    const votes = model({ y: integers('district', 'party'), n: integers('district') })
      .param('share', dirichlet([1, 1, 1]))
      .observe('y', ({ n, share }) => multinomial(n, share));
    expect(
      votes.condition({
        y: [
          [1, 2, 3],
          [0, 0, 4],
        ],
        n: [6, 4],
      }).dimension,
    ).toBe(2);
    expect(() =>
      votes.condition({
        y: [
          [1, 2, 3],
          [0, 1, 4],
        ],
        n: [6, 4],
      }),
    ).toThrow('the vector at [1] is [0, 1, 4], but in multinomial it must sum to the number of trials');
    expect(() =>
      votes.condition({
        y: [
          [1, 2],
          [0, 1],
        ],
        n: [6, 4],
      }),
    ).toThrow("observe 'y': multinomial: one value has shape [3], got shape [2, 2]");
  });

  test('must be as long as the distribution says', () => {
    const pairs = model({ y: vector('element') })
      .param('mean', normal(0, 1), { dims: [2] })
      .observe('y', ({ mean }) =>
        multivariateNormal(mean, {
          cholesky: [
            [1, 0],
            [0, 1],
          ],
        }),
      );
    expect(() => pairs.condition({ y: [1, 2, 3] })).toThrow(
      'multivariateNormal: one value has shape [2], got shape [3]',
    );
  });
});

describe('initial values', () => {
  test.each([
    ['simplex', simplex, [4], [0.1, 0.2, 0.3, 0.4]],
    ['ordered', ordered, [3], [-1, 0.5, 2]],
    ['unitVector', unitVector, [2], [0.6, 0.8]],
    ['sumToZero', sumToZero, [3], [-1, 0.5, 0.5]],
    ['correlation', correlation, [2, 2], [1, -0.75, -0.75, 1]],
    ['covariance', covariance, [2, 2], [4, 1, 1, 0.5]],
  ] as const)('%s', (_name, constraint, dims, value) => {
    const posterior = model().param('x', normal(0, 1), { dims, constraint }).condition();
    const { inputs, outputs } = posterior.inverse;
    expect(inputs[0].shape).toEqual(dims);
    expect(outputs[0].size).toBe(posterior.dimension);
    return expect(nuts(posterior, { ...once, initial: { x: [...value] } })).resolves.toBeDefined();
  });

  test('outside the set they are refused', async () => {
    const posterior = model()
      .param('x', normal(0, 1), { dims: [3], constraint: ordered })
      .condition();
    await expect(nuts(posterior, { ...once, initial: { x: [1, 0.5, 2] } })).rejects.toThrow(
      "initial: the values of 'x' must lie inside the parameters' supports",
    );
  });
});

test('the density under a constraint has no factor for what is cut off', () => {
  const priors = (constraint: typeof ordered | undefined) =>
    model()
      .param('x', normal(0, 1), { dims: [2], ...(constraint && { constraint }) })
      .condition();
  const terms = priors(ordered).terms.map(({ role }) => role);
  expect(terms).toEqual(['prior', 'jacobian']);
  expect(priors(undefined).terms.map(({ role }) => role)).toEqual(['prior']);
});

test('a constraint may depend on data and parameters', async () => {
  const posterior = model({ count: integers('row') })
    .param('a', halfNormal(1))
    .param('b', normal(0, 1), { constraint: ({ a, count }) => interval(a, a.add(count.sum())) })
    .observe('count', ({ b }) => poisson(b))
    .condition({ count: [3, 4] });
  const fit = await nuts(posterior, once);
  const [a, b] = [fit.draws('a').at()[0], fit.draws('b').at()[0]];
  a.forEach((low, i) => {
    expect(b[i]).toBeGreaterThan(low);
    expect(b[i]).toBeLessThan(low + 7);
  });
});
