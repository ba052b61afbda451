/** Dirichlet distribution of simplexes. */
import {
  lgamma,
  log,
  mul,
  softmax,
  sub,
  sum,
  type Expression,
  type MaxRank,
  type Operand,
  type RankOf,
} from '../expr';
import { simplex } from '../transforms/simplex';
import { Distribution } from './distribution';
import { sumTrailing } from './event';
import { sumsToOne } from './joint';
import { strictlyPositive } from './requirement';
import type { Support } from './support';

const simplexes: Support = {
  integer: false,
  lower: 0,
  open: true,
  interior: 0.5,
  joint: sumsToOne,
  transform: simplex,
};

/**
 * log Γ(Σ α) − Σ log Γ(α) + Σ (α − 1)·log x for x > 0 with Σ x = 1; a density with respect to all elements but one.
 *
 * @param concentration α, > 0: [..., K], or one number for all elements (then dims give K)
 * @throws RangeError when a plain parameter is out of range
 */
export function dirichlet<C extends Operand>(concentration: C): Distribution<MaxRank<RankOf<C>, 1>, 1> {
  return new Distribution({
    name: 'dirichlet',
    parameters: { concentration: { value: concentration, requirement: strictlyPositive, eventRank: 1 } },
    support: simplexes,
    eventRank: 1,
    eventShape: (graph) => lastAxis(graph.expression(concentration)),
    variate: (draw) => softmax(draw.logGamma(concentration, 1)),
    terms: (x) => {
      const alpha = alongVector(concentration, x);
      return [
        sumTrailing(mul(sub(alpha, 1), log(x)), 1),
        sub(lgamma(sum(alpha, -1)), sum(lgamma(alpha), -1)),
      ];
    },
  });
}

/** The last axis as the shape of an event; undefined for a number, which tells none. */
export function lastAxis(x: Expression): readonly number[] | undefined {
  return x.rank === 0 ? undefined : x.shape.slice(-1);
}

/** A parameter of vectors as one: a number stands for equal elements. */
export function alongVector(parameter: Operand, x: Expression): Expression {
  const value = x.graph.expression(parameter);
  return value.rank === 0 ? x.graph.functions.expand(value, x.shape.slice(-1)) : value;
}
