/** log Σ exp along an axis, and its slope, the softmax: one instruction gives both. */
import { Opcode } from '../../../assembly/program/opcodes';
import type { Expression } from '../expression';
import type { Encoder, Memory, StructuredOperation } from '../operation';
import type { AxisView } from '../shape';
import { exp, log } from '../special';
import { reduce, reduceView, stretch, sumOperation } from './reduce';
import { reshape } from './view';

/** log Σ exp along the axis, without overflow. */
export const logSumExpOperation: StructuredOperation = {
  kind: 'structured',
  name: 'logSumExp',
  opcode: Opcode.LogSumExp,
  output: { of: 'logSumExp', index: 0, count: 2 },
  simplify: ([x], shape, view) => (view.length === 1 ? reshape(x, shape) : undefined),
  cotangent: (node, g) => {
    const [x] = node.inputs;
    const view = node.attributes as unknown as AxisView;
    return stretch(g, view, x.shape).mul(x.graph.node(softmaxOperation, [x], x.shape, { ...view }));
  },
  encode,
  run,
};

/**
 * exp(x − log Σ exp x) along the axis. Where the largest is not finite it is 1 at every element that equals it, as a
 * difference of infinities would be no number.
 */
export const softmaxOperation: StructuredOperation = {
  kind: 'structured',
  name: 'softmax',
  opcode: Opcode.LogSumExp,
  output: { of: 'logSumExp', index: 1, count: 2 },
  cotangent: (node, g) => {
    const view = node.attributes as unknown as AxisView;
    const mean = reduceView(sumOperation, g.mul(node), view, [node.size / view.length]);
    return node.mul(g.sub(stretch(mean, view, node.shape)));
  },
  encode,
  run,
};

/** [header, outer, length, inner, x, y, w]: the logarithm and the softmax, 0 where nobody asks. */
function encode(to: Encoder, { attributes: { outer, length, inner } }: Expression): void {
  for (const extent of [outer, length, inner]) to.word(extent);
  to.input(0);
  to.output(0);
  to.output(1);
}

function run({ f64 }: Memory, code: Int32Array, at: number): void {
  const [outer, length, inner] = [code[at + 1], code[at + 2], code[at + 3]];
  const [x, y, w] = [code[at + 4] >>> 3, code[at + 5] >>> 3, code[at + 6] >>> 3];
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const from = o * length * inner + i;
      const total = logSumExpOf(
        length,
        (l) => f64[x + from + l * inner],
        (l, slope) => {
          if (w) f64[w + from + l * inner] = slope;
        },
      );
      if (y) f64[y + o * inner + i] = total;
    }
  }
  if (y && outer * inner === 1) f64[y + 1] = f64[y];
}

/** Of so many numbers, each at its place; gives every one's slope to `put`. */
export function logSumExpOf(
  count: number,
  at: (k: number) => number,
  put: (k: number, slope: number) => void,
): number {
  let largest = -Infinity;
  for (let k = 0; k < count; k++) largest = Math.max(largest, at(k));
  if (!Number.isFinite(largest)) {
    for (let k = 0; k < count; k++) put(k, at(k) === largest ? 1 : exp(at(k) - largest));
    return largest;
  }
  let total = 0;
  for (let k = 0; k < count; k++) total += exp(at(k) - largest);
  for (let k = 0; k < count; k++) put(k, exp(at(k) - largest) / total);
  return largest + log(total);
}

/** log Σ exp(x) over all elements, or along one axis. */
export function logSumExp(x: Expression, axis?: number): Expression {
  return reduce(logSumExpOperation, x, axis);
}
