/**
 * Sampled by NUTS through their constraints, vectors and matrices have the marginals they should: the share of draws
 * below a known quartile differs from p by at most 4.5 standard errors (two-sided rate 7e-6; some 70 comparisons, so 5e-4
 * in all for fresh seeds; seeds are fixed).
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { essMean } from '../../src/diagnostics';
import {
  autoregressive,
  dirichlet,
  exponential,
  flat,
  gaussianRandomWalk,
  inverseWishart,
  lkj,
  lkjCholesky,
  matrixNormal,
  mixture,
  multivariateNormal,
  multivariateStudentT,
  normal,
  uniform,
  wishart,
} from '../../src/distributions';
import { matmul, transpose } from '../../src/expr';
import { nuts } from '../../src/inference';
import { model, type Posterior } from '../../src/model';
import {
  correlation,
  covarianceCholesky,
  interval,
  offsetMultiplier,
  ordered,
  positiveOrdered,
  simplex,
  sumToZero,
  unitVector,
} from '../../src/transforms';

const marginals = JSON.parse(readFileSync(new URL('./marginals.json', import.meta.url), 'utf8')) as Record<
  string,
  [number, number][]
>;
const covariance = [
  [2, 0.5, -0.25],
  [0.5, 1.5, 0.25],
  [-0.25, 0.25, 0.75],
];
const noncentered = true;

/** A posterior, and elements with the marginals they should have. */
type Case = [
  title: string,
  posterior: Posterior,
  ...elements: [name: string, at: number[], marginal: string][],
];

const cases: Case[] = [
  [
    'dirichlet',
    model()
      .param('x', dirichlet([2, 3, 4]))
      .condition(),
    ['x', [0], 'dirichlet(2, 3, 4)'],
  ],
  [
    'rows of a matrix, each a simplex',
    model()
      .param('x', dirichlet([2, 3, 4]), { dims: [3, 3] })
      .condition(),
    ['x', [0, 0], 'dirichlet(2, 3, 4)'],
    ['x', [2, 0], 'dirichlet(2, 3, 4)'],
  ],
  [
    'a simplex without a prior',
    model()
      .param('x', flat(), { dims: [4], constraint: simplex })
      .condition(),
    ['x', [0], 'flat simplex of 4'],
    ['x', [3], 'flat simplex of 4'],
  ],
  [
    'lkj',
    model()
      .param('x', lkj(2), { dims: [3, 3] })
      .condition(),
    ['x', [1, 0], 'lkj(2), 3 rows'],
    ['x', [1, 2], 'lkj(2), 3 rows'],
  ],
  [
    'lkjCholesky',
    model()
      .param('L', lkjCholesky(0.75), { dims: [4, 4] })
      .derive('x', ({ L }) => matmul(L, transpose(L)))
      .condition(),
    ['x', [1, 0], 'lkj(0.75), 4 rows'],
    ['x', [3, 2], 'lkj(0.75), 4 rows'],
  ],
  [
    'a correlation matrix without a prior',
    model()
      .param('x', flat(), { dims: [3, 3], constraint: correlation })
      .condition(),
    ['x', [2, 1], 'flat correlation, 3 rows'],
  ],
  [
    'wishart',
    model().param('x', wishart(5, covariance)).condition(),
    ['x', [2, 2], 'wishart(5), scale 0.75'],
  ],
  [
    'inverseWishart',
    model().param('x', inverseWishart(6, covariance)).condition(),
    ['x', [2, 2], 'inverseWishart(6), 3 rows, scale 0.75'],
  ],
  [
    'a factor of normal elements',
    model()
      .param('x', normal(0, 1), { dims: [2, 2], constraint: covarianceCholesky })
      .condition(),
    ['x', [1, 0], 'normal(0, 1)'],
    ['x', [1, 1], 'halfNormal(1)'],
  ],
  [
    'ordered normal',
    model()
      .param('x', normal(0, 1), { dims: [2], constraint: ordered })
      .condition(),
    ['x', [0], 'least of two'],
  ],
  [
    'ordered exponential',
    model()
      .param('x', exponential(1), { dims: [2], constraint: positiveOrdered })
      .condition(),
    ['x', [0], 'exponential(2)'],
  ],
  [
    'a direction',
    model()
      .param('x', flat(), { dims: [2, 3], constraint: unitVector })
      .condition(),
    ['x', [0, 0], 'uniform(-1, 1)'],
    ['x', [1, 2], 'uniform(-1, 1)'],
  ],
  [
    'effects that sum to zero',
    model()
      .param('x', normal(0, 1), { dims: [4], constraint: sumToZero })
      .condition(),
    ['x', [0], 'normal, variance 3/4'],
    ['x', [3], 'normal, variance 3/4'],
  ],
  [
    'multivariateNormal',
    model()
      .param('x', multivariateNormal([1, -0.5, 2], { covariance }))
      .derive('difference', ({ x }) => x.at(2).sub(x.at(1)))
      .condition(),
    ['x', [2], 'normal(2, sqrt 0.75)'],
    ['difference', [], 'normal(2.5, sqrt 1.75)'],
  ],
  [
    'multivariateNormal, noncentered',
    model()
      .param('x', multivariateNormal([1, -0.5, 2], { covariance }), { noncentered })
      .derive('difference', ({ x }) => x.at(2).sub(x.at(1)))
      .condition(),
    ['x', [2], 'normal(2, sqrt 0.75)'],
    ['difference', [], 'normal(2.5, sqrt 1.75)'],
  ],
  [
    'multivariateStudentT',
    model()
      .param('x', multivariateStudentT(4, [1, -1, 2], { scale: covariance }))
      .condition(),
    ['x', [2], 'studentT(4, 2, sqrt 0.75)'],
  ],
  [
    // Both components have this marginal in their last element.
    'a mixture of vectors',
    model()
      .param(
        'x',
        mixture(
          [0.25, 0.75],
          [multivariateNormal([1, -1, 2], { covariance }), multivariateNormal([-1, 1, 2], { covariance })],
        ),
      )
      .condition(),
    ['x', [2], 'normal(2, sqrt 0.75)'],
  ],
  [
    'matrixNormal',
    model()
      .param(
        'x',
        matrixNormal(0, {
          rows: {
            covariance: [
              [1, 0.5],
              [0.5, 2],
            ],
          },
          columns: { covariance },
        }),
      )
      .condition(),
    ['x', [1, 2], 'normal(0, sqrt 1.5)'],
  ],
  [
    'matrixNormal, noncentered',
    model()
      .param(
        'x',
        matrixNormal(0, {
          rows: {
            covariance: [
              [1, 0.5],
              [0.5, 2],
            ],
          },
          columns: { covariance },
        }),
        { noncentered },
      )
      .condition(),
    ['x', [1, 2], 'normal(0, sqrt 1.5)'],
  ],
  [
    'gaussianRandomWalk',
    model()
      .param('x', gaussianRandomWalk(0.5), { dims: [6] })
      .condition(),
    ['x', [5], 'normal(0, sqrt 1.5)'],
  ],
  [
    'gaussianRandomWalk, noncentered, with drift',
    model()
      .param('x', gaussianRandomWalk(0.5, { drift: 0.3 }), { dims: [2, 6], noncentered })
      .condition(),
    ['x', [0, 5], 'normal(1.5, sqrt 1.5)'],
    ['x', [1, 5], 'normal(1.5, sqrt 1.5)'],
  ],
  [
    'autoregressive',
    model()
      .param('x', autoregressive([0.5], 1, { initial: normal(0, 1) }), { dims: [3] })
      .condition(),
    ['x', [2], 'normal(0, sqrt 1.3125)'],
  ],
  [
    'bounds that depend on parameters',
    model()
      .param('a', uniform(0, 1), { dims: [2] })
      .param('b', ({ a }) => flat({ lower: 0, upper: a.neg().add(1) }))
      .condition(),
    ['a', [1], 'beta(1, 2)'],
    ['b', [0], 'beta(1, 2)'],
  ],
  [
    'the same as a constraint',
    model()
      .param('a', uniform(0, 1))
      .param('b', flat(), { dims: [2], constraint: ({ a }) => interval(0, a) })
      .logDensity('normaliser', ({ a }) => a.log().mul(-2), { role: 'prior' })
      .condition(),
    ['a', [], 'uniform(0, 1)'],
  ],
  [
    'a uniform distribution between bounds that depend on parameters',
    model()
      .param('a', uniform(0, 1), { dims: [2] })
      .param('b', ({ a }) => uniform(0, a.neg().add(1)))
      .condition(),
    ['a', [0], 'uniform(0, 1)'],
  ],
  [
    'an offset and a multiplier',
    model()
      .param('x', normal(3, 2), { constraint: offsetMultiplier(3, 2) })
      .condition(),
    ['x', [], 'normal(3, 2)'],
  ],
];

test.each(cases)('%s', async (_title, posterior, ...elements) => {
  const fit = await nuts(posterior, {
    seed: 11,
    chains: 4,
    warmup: 1000,
    draws: 2000,
    workers: 0,
    targetAcceptance: 0.9,
  });
  for (const [name, at, marginal] of elements) {
    const chains = (fit.draws(name) as { at(...position: number[]): Float64Array[] }).at(...at);
    for (const [p, quantile] of marginals[marginal]) {
      const below = chains.map((chain) => chain.map((value) => (value <= quantile ? 1 : 0)));
      const share = below.flatMap((chain) => [...chain]).reduce((a, b) => a + b, 0) / (4 * 2000);
      const error = Math.sqrt((p * (1 - p)) / essMean(below));
      expect(Math.abs(share - p), `${name}[${at.join()}]: ${share} below the quantile of ${p}`).toBeLessThan(
        4.5 * error,
      );
      expect(error).toBeLessThan(0.03);
    }
  }
});
