/** Values of expressions of data alone, as the data of later folding: only where every engine gives the same bits. */
import { BaselineProgram } from '../backend/baseline';
import { compileProgram } from '../compile';
import type { Expression } from '../expr';

/** Structured operations that add, multiply and move numbers, and nothing else. */
const EXACT = new Set([
  'sum',
  'max',
  'expand',
  'dot',
  'total',
  'slice',
  'pad',
  'concatenate',
  'transpose',
  'gather',
  'scatterAdd',
  'matrixVector',
  'rowDots',
  'matrixProduct',
  'batchedProduct',
  'cumulativeSum',
]);

export class KnownData {
  private readonly exact = new Map<Expression, boolean>();
  private readonly computed = new Map<Expression, ArrayLike<number>>();

  /** Whether values can be had: data, or made of data by operations that round as IEEE 754 says. */
  has(node: Expression): boolean {
    if (node.values !== undefined) return true;
    let known = this.exact.get(node);
    if (known === undefined) {
      const { op } = node;
      const exact =
        op.kind === 'view' ||
        (op.kind === 'elementwise' && op.exact === true) ||
        (op.kind === 'structured' && EXACT.has(op.name));
      known = node.isConstant && exact && node.inputs.every((input) => this.has(input));
      this.exact.set(node, known);
    }
    return known;
  }

  /** Row-major values. */
  of(node: Expression): ArrayLike<number> {
    if (node.values !== undefined) return node.values;
    let values = this.computed.get(node);
    if (!values) {
      const result = new Float64Array(node.size);
      new BaselineProgram(compileProgram({ quantities: { inputs: [], outputs: [node] } })).call(
        'quantities',
        [],
        result,
      );
      this.computed.set(node, (values = result));
    }
    return values;
  }
}
