/** Vectors that sum to zero: one free number fewer, in an orthonormal basis. */
import type { Transform } from './transform';
import { vectorLength } from './extent';
import { zeroSumCoordinates, zeroSumVector } from './zeroSum';

/**
 * Vectors [..., K], K ≥ 2, with Σ x = 0, from K − 1 free numbers. Lengths are kept, so standard normal free numbers give
 * elements with variance 1 − 1/K and correlation −1/(K − 1), and the log Jacobian is constant (as in Stan 2.36).
 */
export const sumToZero: Transform = {
  name: 'sumToZero',
  eventRank: 1,
  unconstrainedShape: (shape) => [...shape.slice(0, -1), vectorLength('sumToZero', shape, 2) - 1],
  constrain: zeroSumVector,
  logJacobian: () => undefined,
  unconstrain: zeroSumCoordinates,
};
