/** Increasing vectors of positive numbers: running sums of exponentials. */
import { concat, cumulativeSum, exp, log, slice, sub, sum, type Expression } from '../expr';
import { vectorLength } from './extent';
import type { Transform } from './transform';

/** Vectors [..., K] with 0 < x₁ < x₂ < …: xₖ = Σ_{j ≤ k} e^{uⱼ}. */
export const positiveOrdered: Transform = {
  name: 'positiveOrdered',
  eventRank: 1,
  unconstrainedShape: (shape) => {
    vectorLength('positiveOrdered', shape, 1);
    return shape;
  },
  constrain: (u) => cumulativeSum(exp(u), -1),
  logJacobian: (u) => sum(u),
  unconstrain: (x) => {
    if (x.shape.at(-1) === 1) return log(x);
    const steps = sub(slice(x, 1, undefined, -1), slice(x, 0, -1, -1));
    return log(concat([slice(x, 0, 1, -1), steps as Expression], -1));
  },
};
