/** `x[index]` by an index that depends on parameters: every position is looked at, and one is picked. */
import type { Expression } from '../expression';
import { sizeOf } from '../shape';
import { binary } from './binary';
import { apply } from './elementwise';
import { sum } from './reduce';
import { reshape } from './view';

/**
 * The index's axes, then those of an element of x; differentiable in x. NaN where the index is no position of x: no
 * density takes that for possible. Work grows with the index's size times that of x.
 */
export function gatherComputed(x: Expression, index: Expression): Expression {
  const { graph } = x;
  const [length, ...element] = x.shape;
  const inner = sizeOf(element);
  const positions = graph.constant(Float64Array.from({ length }, (_, k) => k));
  const chosen = apply(binary.equal, [reshape(index, [index.size, 1]), positions]);
  const rows = reshape(x, inner === 1 ? [length] : [length, inner]);
  const each = inner === 1 ? chosen : reshape(chosen, [index.size, length, 1]);
  // Products would let infinite elements that are not picked through as NaN.
  const picked = sum(apply(binary.select, [each, rows, 0]), 1);
  const found = reshape(sum(chosen, 1), inner === 1 ? [index.size] : [index.size, 1]);
  return reshape(apply(binary.select, [found, picked, NaN]), [...index.shape, ...element]);
}
