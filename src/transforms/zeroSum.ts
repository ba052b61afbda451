/**
 * Orthonormal coordinates of the vectors that sum to zero: the Helmert basis, by running sums instead of a matrix.
 * Column n of the basis is (0 … 0, −m, 1 … 1)/√(m(m + 1)) with m = K − 1 − n ones.
 */
import { concat, cumulativeSum, mul, neg, slice, sub, type Expression } from '../expr';
import { bySize } from './table';

interface Weights {
  /** 1/√(m(m + 1)) */
  readonly share: Float64Array;
  /** m/√(m(m + 1)) */
  readonly own: Float64Array;
}

/** By the number of free coordinates. */
const weights = bySize((count: number): Weights => {
  const share = new Float64Array(count);
  const own = new Float64Array(count);
  for (let n = 0; n < count; n++) {
    const m = count - n;
    share[n] = 1 / Math.sqrt(m * (m + 1));
    own[n] = m * share[n];
  }
  return { share, own };
});

/** The vectors [..., K] that sum to zero, at coordinates [..., K − 1]. */
export function zeroSumVector(u: Expression): Expression {
  const { share, own } = weights(u.shape.at(-1)!);
  const zero = u.graph.filled(0, [...u.shape.slice(0, -1), 1]);
  const before = concat([zero, cumulativeSum(mul(u, share), -1) as Expression], -1);
  return sub(before, concat([mul(u, own) as Expression, zero], -1));
}

/** The coordinates [..., K − 1] of vectors [..., K] that sum to zero. */
export function zeroSumCoordinates(z: Expression): Expression {
  const { share, own } = weights(z.shape.at(-1)! - 1);
  const leading = slice(z, 0, -1, -1);
  // What comes after an element is minus what comes up to it.
  return sub(neg(mul(cumulativeSum(leading, -1), share)), mul(leading, own));
}
