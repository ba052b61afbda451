/** Ranks of distributions of vectors and matrices, and typed constraints; `tsc` is the judge, and nothing here runs. */
import { expectTypeOf } from 'vitest';
import {
  dirichlet,
  flat,
  gaussianRandomWalk,
  halfNormal,
  lkjCholesky,
  multinomial,
  multivariateNormal,
  normal,
  wishart,
} from '../../src/distributions';
import type { Expression } from '../../src/expr';
import { integers, matrix, model, vector } from '../../src/model';
import { interval, ordered, simplex } from '../../src/transforms';

const covariance = [
  [1, 0],
  [0, 1],
];

export function ranks(): void {
  const vectors = model({ y: matrix('row', 'column'), counts: integers('row', 'column'), n: integers('row') })
    .param('mean', normal(0, 1), { dims: ['column'] })
    .param('spread', halfNormal(1))
    .param('factor', lkjCholesky(2), { dims: ['column', 'column'] })
    .param('effect', ({ mean, factor }) => multivariateNormal(mean, { cholesky: factor }))
    .param('share', dirichlet([1, 1, 1]))
    .param('w', wishart(3, covariance))
    .param('walk', ({ spread }) => gaussianRandomWalk(spread), { dims: [2, 10] })
    .param('weights', flat(), { dims: [3], constraint: simplex })
    .observe('y', ({ mean, factor }) => multivariateNormal(mean, { cholesky: factor }))
    .observe('counts', ({ n, share }) => multinomial(n, share))
    .derive('density', ({ effect, mean, factor }) =>
      multivariateNormal(mean, { cholesky: factor }).logDensity(effect),
    )
    .derive('each', ({ y, mean, factor }) => multivariateNormal(mean, { cholesky: factor }).logDensity(y));
  expectTypeOf(vectors).not.toBeAny();
  type Ranks = ReturnType<typeof vectors.condition>['__quantities'];
  expectTypeOf<Ranks['factor']>().toEqualTypeOf<2>();
  expectTypeOf<Ranks['effect']>().toEqualTypeOf<1>();
  expectTypeOf<Ranks['share']>().toEqualTypeOf<1>();
  expectTypeOf<Ranks['w']>().toEqualTypeOf<2>();
  expectTypeOf<Ranks['walk']>().toEqualTypeOf<2>();
  expectTypeOf<Ranks['weights']>().toEqualTypeOf<1>();
  expectTypeOf<Ranks['density']>().toEqualTypeOf<0>();
  expectTypeOf<Ranks['each']>().toEqualTypeOf<1>();
}

export function constraints(): void {
  const levels = model({ y: vector('row') }).param('low', normal(0, 1));
  levels.param('cut', normal(0, 1), { dims: [3], constraint: ordered });
  levels.param('high', normal(0, 1), {
    constraint: ({ low, y }) => {
      expectTypeOf(low).toEqualTypeOf<Expression<0>>();
      expectTypeOf(y).toEqualTypeOf<Expression<1>>();
      return interval(low, 1);
    },
  });
  // @ts-expect-error a misspelt name
  levels.param('high', normal(0, 1), { constraint: ({ lwo }) => interval(lwo, 1) });
  // @ts-expect-error a constraint is not a name
  levels.param('cut', normal(0, 1), { dims: [3], constraint: 'ordered' });
  // @ts-expect-error a covariance must be given under its name
  multivariateNormal(0, { sigma: covariance });
}
