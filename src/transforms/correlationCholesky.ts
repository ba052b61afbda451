/** Cholesky factors of correlation matrices: rows of length one, from canonical partial correlations tanh u. */
import {
  abs,
  add,
  concat,
  div,
  dot,
  exp,
  gather,
  log1p,
  matmul,
  mul,
  reshape,
  sign,
  softplus,
  sqrt,
  square,
  sub,
  tanh,
  type Expression,
} from '../expr';
import { matrixOrder } from './extent';
import type { Transform } from './transform';
import {
  belowDiagonal,
  elementsBelow,
  identities,
  strictlyLower,
  sumsAfter,
  sumsBefore,
  weightsBelow,
} from './triangle';

const LOG_TWO = 0.6931471805599453;
const ownWeights = weightsBelow((i, j) => i - j + 1);

/**
 * Matrices [..., K, K], K ≥ 2, lower triangular with rows of length one and a positive diagonal, from K(K − 1)/2 free
 * numbers: partial correlations z = tanh u, and Lᵢⱼ = zᵢⱼ·∏_{k < j} √(1 − zᵢₖ²) (Lewandowski, Kurowicka & Joe 2009).
 * √(1 − tanh² u) is taken as sech u, in logarithms: correlations within rounding of ±1 keep their precision.
 */
export const correlationCholesky: Transform = {
  name: 'correlationCholesky',
  eventRank: 2,
  unconstrainedShape: correlationShape('correlationCholesky'),
  constrain: correlationFactor,
  logJacobian: (u) => correlationWeightedSum(u, ownWeights),
  unconstrain: (x) => {
    const order = x.shape.at(-1)!;
    const count = x.size / (order * order);
    const rows = reshape(x, [count * order, order]);
    const lower = (elements: Expression): Expression =>
      gather(reshape(elements, [x.size]), elementsBelow(count, order));
    // u = artanh z = arsinh(z/√(1 − z²)), from squares to the right of an element, which do not cancel.
    const ratio = div(lower(x), sqrt(lower(matmul(square(rows), sumsAfter(order)))));
    return reshape(inverseSinh(ratio), [...x.shape.slice(0, -2), belowDiagonal(order)]);
  },
};

/** Shape of the free numbers behind correlation matrices. */
/* @__NO_SIDE_EFFECTS__ */
export function correlationShape(name: string): Transform['unconstrainedShape'] {
  return (shape) => [...shape.slice(0, -2), belowDiagonal(matrixOrder(name, shape, 2))];
}

/** The factor at free numbers [..., K(K − 1)/2]. */
export function correlationFactor(u: Expression): Expression {
  const { count, order, free, logSech } = unfold(u);
  const partial = add(tanh(free), identities(count, order));
  const factor = mul(partial, exp(matmul(logSech, sumsBefore(order))));
  return reshape(factor, [...u.shape.slice(0, -1), order, order]);
}

/** Σ weight·log sech u over all free numbers: what log Jacobians of correlations are made of. */
export function correlationWeightedSum(
  u: Expression,
  weights: (count: number, order: number) => Float64Array,
): Expression<0> {
  const { count, order, logSech } = unfold(u);
  return dot(reshape(logSech, [-1]), weights(count, order));
}

/** Free numbers below the diagonals of matrices under one another, with log sech of each; zeros elsewhere. */
function unfold(u: Expression): { count: number; order: number; free: Expression; logSech: Expression } {
  const size = u.shape.at(-1)!;
  const order = (1 + Math.sqrt(1 + 8 * size)) / 2;
  const count = u.size / size;
  const padded = concat([reshape(u, [u.size]), u.graph.filled(0, [1])]);
  const free = reshape(gather(padded, strictlyLower(count, order)), [count * order, order]);
  const logSech = sub(LOG_TWO, add(free, softplus(mul(-2, free))));
  return { count, order, free, logSech };
}

function inverseSinh(x: Expression): Expression {
  const size = abs(x);
  return mul(sign(x), log1p(add(size, div(square(x), add(1, sqrt(add(1, square(x))))))));
}
