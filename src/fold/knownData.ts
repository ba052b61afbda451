/** Values of expressions of data alone, as the data of later folding: only where every engine gives the same bits. */
import { Interpreter } from '../backend/baseline';
import { compileProgram } from '../compile';
import type { Expression } from '../expr';
import { replaceLargest } from '../expr/substitute';
import { exactExp, exactLog } from './logarithm';

/** Structured operations that add, multiply and move numbers, and nothing else. */
const EXACT = new Set([
  'sum',
  'expand',
  'dot',
  'total',
  'slice',
  'concatenate',
  'transpose',
  'gather',
  'matrixVector',
  'rowDots',
  'matrixProduct',
]);

/** Functions that engines compute differently, computed here. */
const OWN: Readonly<Record<string, (x: number) => number>> = { exp: exactExp, log: exactLog };

export class KnownData {
  private readonly exact = new Map<Expression, boolean>();
  private readonly computed = new Map<Expression, ArrayLike<number>>();

  /** Whether values can be had: data, or made of data by operations of which we know every bit. */
  has(node: Expression): boolean {
    if (node.values !== undefined) return true;
    let known = this.exact.get(node);
    if (known === undefined) {
      const { op } = node;
      const exact =
        op.kind === 'view' ||
        (op.kind === 'elementwise' && (op.exact === true || op.name in OWN)) ||
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
      values = node.op.name in OWN ? this.byOwn(node) : this.byProgram(node);
      this.computed.set(node, values);
    }
    return values;
  }

  private byOwn({ op, inputs: [input] }: Expression): Float64Array {
    return Float64Array.from(this.of(input), OWN[op.name]);
  }

  private byProgram(node: Expression): Float64Array {
    const [root] = replaceLargest([node], (part) =>
      part.op.name in OWN ? part.graph.constant(this.of(part), part.shape) : undefined,
    );
    const result = new Float64Array(node.size);
    const program = compileProgram({ quantities: { inputs: [], outputs: [root] } });
    new Interpreter(program).call('quantities', [], result);
    return result;
  }
}
