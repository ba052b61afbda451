/** Matrix products over a leading batch axis, closed under differentiation by transposition flags. */
import { Opcode } from '../../../assembly/program/opcodes';
import type { Expression } from '../expression';
import type { StructuredOperation } from '../operation';
import { sum } from './reduce';

/** C_b = op(A_b)·op(B_b); an operand without a batch axis is the same in all. */
export const batchedProductOperation: StructuredOperation = {
  kind: 'structured',
  name: 'batchedProduct',
  opcode: Opcode.BatchedProduct,
  cotangent: (node, g, k) => {
    const [a, b] = node.inputs;
    const { transposeA, transposeB } = node.attributes;
    const direct =
      k === 0
        ? transposeA
          ? batchedProduct(b, g, transposeB, 1)
          : batchedProduct(g, b, 0, 1 - transposeB)
        : transposeB
          ? batchedProduct(g, a, 1, transposeA)
          : batchedProduct(a, g, 1 - transposeA, 0);
    return node.inputs[k].rank === 2 ? sum(direct, 0) : direct;
  },
  encode: (to, { inputs: [a, b], shape: [batch, m, n], attributes: { transposeA, transposeB } }) => {
    to.word(batch);
    to.word(m);
    to.word(a.shape[a.rank - (transposeA ? 2 : 1)]);
    to.word(n);
    to.word(transposeA + 2 * transposeB);
    for (const operand of [a, b]) to.word(operand.rank === 2 ? 0 : (operand.size / batch) * 8);
    to.input(0);
    to.input(1);
    to.output();
  },
  run: ({ f64 }, code, at) => {
    const [batch, m, k, n, flags, strideA, strideB] = code.subarray(at + 1, at + 8);
    const [a, b, c] = [code[at + 8] >>> 3, code[at + 9] >>> 3, code[at + 10] >>> 3];
    const [aRow, aColumn] = flags & 1 ? [1, m] : [k, 1];
    const [bRow, bColumn] = flags & 2 ? [1, k] : [n, 1];
    for (let i = 0; i < batch * m * n; i++) {
      const item = Math.floor(i / (m * n));
      const [row, column] = [Math.floor(i / n) % m, i % n];
      let from = a + (item * strideA) / 8 + row * aRow;
      let by = b + (item * strideB) / 8 + column * bColumn;
      let total = 0;
      for (let l = 0; l < k; l++, from += aColumn, by += bRow) total += f64[from] * f64[by];
      f64[c + i] = total;
    }
    if (batch * m * n === 1) f64[c + 1] = f64[c];
  },
};

/** Products of matrices of which at least one operand has a batch axis in front. */
export function batchedProduct(a: Expression, b: Expression, transposeA = 0, transposeB = 0): Expression {
  const batch = (a.rank === 3 ? a : b).shape[0];
  const rows = a.shape[a.rank - (transposeA ? 1 : 2)];
  const columns = b.shape[b.rank - (transposeB ? 2 : 1)];
  return a.graph.node(batchedProductOperation, [a, b], [batch, rows, columns], { transposeA, transposeB });
}
