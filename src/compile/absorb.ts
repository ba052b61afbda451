/** Products that only a sum of the same shape reads: one instruction computes both. */
import type { Expression } from '../expr';
import { multiplyAddOperation } from '../expr/operations/multiply-add';
import { readsOf } from './unit';

/** Of some of the sums among `order`, the node a·b + c that stands for the sum and its product; and those products. */
export interface Absorbed {
  readonly sums: ReadonlyMap<Expression, Expression>;
  readonly products: ReadonlySet<Expression>;
}

/** @param results nodes of `order` that are wanted for themselves */
export function absorbProducts(order: readonly Expression[], results: readonly Expression[]): Absorbed {
  const readers = new Map<Expression, number>();
  for (const node of order) if (node.op.name === 'mul') readers.set(node, 0);
  const count = (node: Expression): void => {
    const known = readers.get(node);
    if (known !== undefined) readers.set(node, known + 1);
  };
  for (const node of order) readsOf(node).forEach(count);
  results.forEach(count);

  const sums = new Map<Expression, Expression>();
  const products = new Set<Expression>();
  for (const sum of order) {
    if (sum.op.name !== 'add') continue;
    const k = sum.inputs.findIndex((node) => readers.get(node) === 1 && node.size === sum.size);
    if (k < 0) continue;
    const product = sum.inputs[k];
    const inputs = [...product.inputs, sum.inputs[1 - k]];
    sums.set(sum, sum.graph.node(multiplyAddOperation, inputs, sum.shape));
    products.add(product);
  }
  return { sums, products };
}
