/** Autoregressive process: each value is predicted by the p before it. */
import {
  add,
  matmul,
  reshape,
  slice,
  stack,
  type Expression,
  type MaxRank,
  type Operand,
  type Raise,
  type RankOf,
} from '../expr';
import { eachEvent } from '../transforms/eachEvent';
import { Distribution } from './distribution';
import { alongEvent } from './event';
import { flat } from './flat';
import { normalErrors, seriesLength, startingTerm } from './normalErrors';
import { parametersOf } from './nested';
import { finite, strictlyPositive } from './requirement';
import { realLine } from './support';

/** Options of an autoregressive process. */
export interface AutoregressiveOptions {
  /** Added to every prediction, one number for each series. Default 0. */
  readonly intercept?: Operand;
  /** Distribution of each of the first p values. Default flat(): the density is conditional on them. */
  readonly initial?: Distribution;
}

/**
 * AR(p): xₜ ~ normal(intercept + Σₖ coefficientₖ·xₜ₋ₖ, scale) for t > p, for series of more than p values in the last axis.
 * Coefficients are not kept to the stationary region.
 *
 * @param coefficients [..., p], that of the latest value first; finite
 * @param scale standard deviation of an error, > 0, one number for each series; dims give the length
 * @throws RangeError when a plain parameter is out of range
 */
export function autoregressive<C extends Operand, S extends Operand>(
  coefficients: C,
  scale: S,
  { intercept = 0, initial = flat() }: AutoregressiveOptions = {},
): Distribution<MaxRank<RankOf<C>, Raise<RankOf<S>>>, 1> {
  const name = 'autoregressive';
  return new Distribution({
    name,
    parameters: {
      coefficients: { value: coefficients, requirement: finite, eventRank: 1 },
      scale: { value: scale, requirement: strictlyPositive },
      intercept: { value: intercept, requirement: finite },
      ...parametersOf(initial, 'initial'),
    },
    support: realLine,
    eventRank: 1,
    terms: (x) => {
      const weights = x.graph.expression(coefficients);
      if (weights.rank === 0) throw new RangeError(`${name}: coefficients must be a vector, got a number`);
      const order = weights.shape.at(-1)!;
      seriesLength(name, x, order + 1);
      const predicted = add(prediction(weights, x), alongEvent(x.graph.expression(intercept)));
      return [
        startingTerm(initial, slice(x, 0, order, -1)),
        ...normalErrors(slice(x, order, undefined, -1), predicted, scale),
      ];
    },
  });
}

/** Σₖ coefficientₖ·xₜ₋ₖ for t > p. */
function prediction(weights: Expression, x: Expression): Expression {
  if (weights.rank > 1) {
    return eachEvent(
      [
        { value: weights, eventRank: 1 },
        { value: x, eventRank: 1 },
      ],
      prediction,
    );
  }
  const [order, length] = [weights.size, x.shape.at(-1)!];
  const lags = Array.from({ length: order }, (_, k) => slice(x, order - 1 - k, length - 1 - k, -1));
  const predicted = matmul(weights, reshape(stack(lags), [order, -1]));
  return reshape(predicted, lags[0].shape);
}
