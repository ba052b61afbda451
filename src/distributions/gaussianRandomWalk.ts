/** Gaussian random walk: a series whose steps are normal. */
import {
  add,
  concat,
  cumulativeSum,
  div,
  mul,
  reshape,
  slice,
  sub,
  type Broadcast,
  type Expression,
  type Operand,
  type Raise,
} from '../expr';
import { bySize } from '../transforms/table';
import { Distribution, type LinearImage } from './distribution';
import { alongEvent } from './event';
import { normal } from './normal';
import { normalErrors, seriesLength, startingTerm } from './normalErrors';
import { parametersOf } from './nested';
import { finite, strictlyPositive } from './requirement';
import { realLine } from './support';

/** Options of a random walk. */
export interface RandomWalkOptions<D extends Operand> {
  /** Mean of a step. Default 0. */
  readonly drift?: D;
  /** Distribution of the first value of each series. Default normal(0, scale), one step from 0. */
  readonly initial?: Distribution;
}

/** 0, 1, 2, … */
const times = bySize((length: number): Float64Array => Float64Array.from({ length }, (_, t) => t));

/**
 * x₁ ~ initial, xₜ ~ normal(xₜ₋₁ + drift, scale), for series of two or more values in the last axis.
 *
 * @param scale standard deviation of a step, > 0, one number for each series; dims give the length
 * @throws RangeError when a plain parameter is out of range
 */
export function gaussianRandomWalk<S extends Operand, D extends Operand = 0>(
  scale: S,
  options: RandomWalkOptions<D> = {},
): Distribution<Raise<Broadcast<S, D>>, 1> {
  const { initial = normal(0, scale) as Distribution, drift = 0 } = options;
  return new Distribution({
    name: 'gaussianRandomWalk',
    parameters: {
      scale: { value: scale, requirement: strictlyPositive },
      drift: { value: drift, requirement: finite },
      ...parametersOf(initial, 'initial'),
    },
    support: realLine,
    eventRank: 1,
    variate: (draw) => {
      const { graph, shape } = draw;
      const batch = shape.slice(0, -1);
      const [center, spread] = [drift, scale].map((operand) => alongEvent(graph.expression(operand)));
      const steps = draw.over([...batch, shape.at(-1)! - 1]).normal(center, spread);
      return cumulativeSum(
        concat([reshape(initial.variate(draw.over(batch)), [...batch, 1]), steps], -1),
        -1,
      );
    },
    terms: (x) => {
      seriesLength('gaussianRandomWalk', x, 2);
      const before = slice(x, 0, -1, -1);
      const predicted = add(before, alongEvent(x.graph.expression(drift)));
      return [
        startingTerm(initial, slice(x, 0, 1, -1)),
        ...normalErrors(slice(x, 1, undefined, -1), predicted, scale),
      ];
    },
    ...(options.initial === undefined && { standardise: () => fromSteps(scale, drift) }),
  });
}

/** A walk from 0, from its steps in standard units. */
function fromSteps(scale: Operand, drift: Operand): LinearImage {
  const along = (operand: Operand, x: Expression): Expression => alongEvent(x.graph.expression(operand));
  const trend = (x: Expression): Expression => mul(along(drift, x), times(x.shape.at(-1)!));
  return {
    standard: normal(0, 1),
    place: (z) => add(cumulativeSum(mul(along(scale, z), z), -1), trend(z)),
    standardize: (x) => {
      const level = sub(x, trend(x)) as Expression;
      const steps = sub(slice(level, 1, undefined, -1), slice(level, 0, -1, -1)) as Expression;
      return div(concat([slice(level, 0, 1, -1), steps], -1), along(scale, x));
    },
  };
}
