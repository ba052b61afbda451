/** Increasing vectors: the first element is free, the steps after it are exponentials. */
import { concat, cumulativeSum, exp, log, slice, sub, sum, type Expression } from '../expr';
import { vectorLength } from './extent';
import type { Transform } from './transform';

/** Vectors [..., K] with x₁ < x₂ < …: x₁ = u₁, xₖ = xₖ₋₁ + e^{uₖ} (Stan reference manual, "ordered vector"). */
export const ordered: Transform = {
  name: 'ordered',
  eventRank: 1,
  unconstrainedShape: (shape) => {
    vectorLength('ordered', shape, 1);
    return shape;
  },
  constrain: (u) => {
    if (u.shape.at(-1) === 1) return u;
    return cumulativeSum(concat([first(u), exp(rest(u)) as Expression], -1), -1);
  },
  logJacobian: (u) => (u.shape.at(-1) === 1 ? undefined : sum(rest(u))),
  unconstrain: (x) => {
    if (x.shape.at(-1) === 1) return x;
    return concat([first(x), log(sub(rest(x), slice(x, 0, -1, -1))) as Expression], -1);
  },
};

const first = (x: Expression): Expression => slice(x, 0, 1, -1);
const rest = (x: Expression): Expression => slice(x, 1, undefined, -1);
