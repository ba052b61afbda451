/** Quadratic forms and Kronecker products, made of simpler operations. */
import type { Expression } from '../../expression';
import { describeShape } from '../../shape';
import { matmul } from '../contract';
import { dot } from '../reduce';
import { reshape } from '../view';
import { requireMatrix, requireSquare } from './require';

/** xᵀ·A·x */
export function quadraticForm(a: Expression, x: Expression): Expression {
  const n = requireSquare('quadraticForm', a);
  if (x.rank !== 1 || x.size !== n) {
    throw new RangeError(`quadraticForm: expected a vector of shape [${n}], got ${describeShape(x.shape)}`);
  }
  return dot(x, matmul(a, x));
}

/** Every element of A times B, in blocks. */
export function kronecker(a: Expression, b: Expression): Expression {
  requireMatrix('kronecker', a);
  requireMatrix('kronecker', b);
  const [[m, n], [p, q]] = [a.shape, b.shape];
  return reshape(reshape(a, [m, 1, n, 1]).mul(reshape(b, [1, p, 1, q])), [m * p, n * q]);
}
