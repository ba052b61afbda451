/** Draws of whole numbers made of uniform noise, by inversion: functions of the noise that have no derivatives. */

import type { Variates } from '../../../distributions/variate';
import {
  add,
  cumulativeSum,
  div,
  expand,
  type Expression,
  floor,
  less,
  log1p,
  mul,
  neg,
  type Operand,
  reshape,
  type Shape,
  slice,
  sub,
  sum,
} from '../../../expr';
import type { Graph } from '../../../expr/graph';
import { three, two } from '../../../expr/lift';
import { countQuantiles } from '../../../expr/operations/count-quantiles';

const poissonQuantile = two(countQuantiles.poisson);
const binomialQuantile = three(countQuantiles.binomial);
const negativeBinomialQuantile = three(countQuantiles.negativeBinomial);

type WholeDraws = Pick<
  Variates,
  | 'binomial'
  | 'categorical'
  | 'discreteUniform'
  | 'geometric'
  | 'negativeBinomial'
  | 'negativeBinomialShapeRate'
  | 'poisson'
>;

/** @param uniform gives new uniform noise of this shape */
export function wholeDraws(graph: Graph, shape: Shape, uniform: () => Expression): WholeDraws {
  const over = (x: Operand): Expression => expand(graph.expression(x), shape);
  return {
    binomial: (trials, probability) =>
      graph.expression(trials).literal === 1
        ? less(uniform(), over(probability))
        : binomialQuantile(uniform(), over(trials), over(probability)),
    categorical: (weights) => category(graph.expression(weights), uniform()),
    discreteUniform: (lower, upper) =>
      add(lower, floor(mul(uniform(), add(sub(over(upper), lower), 1)))) as Expression,
    geometric: (probability) =>
      floor(div(log1p(neg(uniform())), log1p(neg(over(probability))))) as Expression,
    negativeBinomial: (mean, dispersion) => negativeBinomialQuantile(uniform(), over(mean), over(dispersion)),
    negativeBinomialShapeRate: (form, rate) =>
      negativeBinomialQuantile(uniform(), over(div(form, rate)), over(form)),
    poisson: (mean) => poissonQuantile(uniform(), over(mean)),
  };
}

/** How many of the running sums of weights, along their last axis, do not exceed the uniform's share of the whole. */
function category(weights: Expression, uniform: Expression): Expression {
  const extent = weights.shape[weights.rank - 1];
  const all = expand(weights, [...uniform.shape, extent]);
  const rows = reshape(all, [uniform.size, extent]);
  const sums = cumulativeSum(rows, 1) as Expression;
  const share = mul(slice(sums, extent - 1, extent, 1), reshape(uniform, [uniform.size, 1]));
  const passed = sub(1, less(share, slice(sums, 0, extent - 1, 1)));
  return reshape(sum(passed, 1), uniform.shape);
}
