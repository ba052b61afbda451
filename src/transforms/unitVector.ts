/** Vectors of length one: free vectors divided by their length. */
import { div, mul, reshape, sqrt, square, sum } from '../expr';
import { vectorLength } from './extent';
import type { Transform } from './transform';

/**
 * Vectors [..., K], K ≥ 2, with Σ x² = 1. As many free numbers as elements: their length, which the value does not
 * show, is given that of a standard normal vector, whose direction is uniform (Muller 1959; as in Stan). So
 * `logJacobian` is −½ Σ u², and `unconstrain` picks the free vector of length one.
 */
export const unitVector: Transform = {
  name: 'unitVector',
  eventRank: 1,
  unconstrainedShape: (shape) => {
    vectorLength('unitVector', shape, 2);
    return shape;
  },
  constrain: (u) => {
    const length = sqrt(sum(square(u), -1));
    return div(u, reshape(length, [...length.shape, 1]));
  },
  logJacobian: (u) => mul(-0.5, sum(square(u))),
  unconstrain: (x) => x,
};
