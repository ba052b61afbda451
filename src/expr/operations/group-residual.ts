/**
 * −½ Σ ((rest − own·(table − reference) − factor·offset)·w)²: what is left of a regression's rows in the groups that
 * they belong to, once the data have been folded. Rest, own and reference are data.
 */
import { Opcode } from '../../../assembly/program/opcodes';
import type { Expression } from '../expression';
import type { FusedOperation } from '../operation';
import { partialCotangent } from './partial';

/** Inputs: table, factor (a scalar), offset (a scalar, or one a group), w (a scalar), rest, own, reference. */
export const groupResidualOperation: FusedOperation = {
  kind: 'fused',
  name: 'groupResidual',
  opcode: Opcode.GroupResidual,
  arity: 7,
  definition: ([table, factor, offset, w, rest, own, reference]) =>
    rest
      .sub(own.mul(table.sub(reference)))
      .sub(factor.mul(offset))
      .mul(w)
      .square()
      .mul(-0.5),
  // Nothing asks for a slope in the last three, which are data.
  cotangent: partialCotangent,
  /**
   * [header, n, offset is a vector, table, factor, offset, w, rest, own, reference, value, ∂table, ∂factor, ∂offset, ∂w,
   * accumulate]; addresses of results are 0 where nobody asks.
   */
  encode: (to, inputs) => {
    const n = inputs[0].size;
    to.count(n);
    to.word(inputs[2].size === n && n > 1 ? 1 : 0);
    for (let k = 0; k < 7; k++) to.input(k);
    for (let k = 0; k < 5; k++) to.output(k);
    to.accumulate();
  },
  run: ({ f64 }, code, at) => {
    const [n, step] = [code[at + 1], code[at + 2]];
    const [table, factor, offset, w, rest, own, reference, value, slopes, byFactor, byOffset, byW] = code
      .subarray(at + 3, at + 15)
      .map((address) => address >>> 3);
    let [squares, products, sum] = [0, 0, 0];
    for (let i = 0; i < n; i++) {
      const o = f64[offset + i * step];
      const shift = f64[table + i] - f64[reference + i];
      const z = (f64[rest + i] - (f64[own + i] * shift + f64[factor] * o)) * f64[w];
      const slope = z * f64[w];
      squares += z * z;
      products += slope * o;
      sum += slope;
      if (slopes) f64[slopes + i] = slope * f64[own + i];
      if (step && byOffset) f64[byOffset + i] = slope * f64[factor];
    }
    const put = (to: number, result: number): void => {
      if (to) f64[to] = f64[to + 1] = code[at + 15] ? f64[to] + result : result;
    };
    put(value, -0.5 * squares);
    put(byFactor, products);
    if (!step) put(byOffset, f64[factor] * sum);
    put(byW, -squares / f64[w]);
  },
};

/** What the operation takes, by name. */
export interface GroupResidual {
  readonly table: Expression;
  readonly factor: Expression;
  readonly offset: Expression;
  readonly w: Expression;
  readonly rest: Expression;
  readonly own: Expression;
  readonly reference: Expression;
}

export function groupResidual({ table, factor, offset, w, rest, own, reference }: GroupResidual): Expression {
  return table.graph.node(groupResidualOperation, [table, factor, offset, w, rest, own, reference], []);
}
