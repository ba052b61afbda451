/** Running sums along the last axis. */
import { matmul, reshape, type Expression, type Operand } from '../expr';
import { bySize } from './table';

const ones = bySize((n: number): number[][] =>
  Array.from({ length: n }, (_, row) => Array.from({ length: n }, (_, column) => +(row <= column))),
);

export function cumulativeSum(x: Operand, _axis: -1): Expression {
  const u = x as Expression;
  const n = u.shape.at(-1)!;
  return reshape(matmul(reshape(u, [-1, n]), ones(n)), u.shape);
}
