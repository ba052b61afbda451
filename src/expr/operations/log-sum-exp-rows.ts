/**
 * Σ over rows of log Σ exp of what several arrays have there: the log density of a mixture. One instruction gives the sum
 * and the weights, its slopes, with one logarithm for hundreds of rows.
 */
import { Opcode } from '../../../assembly/program/opcodes';
import type { Expression } from '../expression';
import type { FusedOperation, Memory } from '../operation';
import { broadcastShapes, sizeOf } from '../shape';
import { stack } from './layout';
import { logSumExp, logSumExpOf } from './log-sum-exp';
import { partialCotangent } from './partial';
import { expand, sum } from './reduce';
import { reshape } from './view';

const operations = new Map<number, FusedOperation>();

/** The operation on so many arrays of one size. */
export function logSumExpRowsOperation(arity: number): FusedOperation {
  let operation = operations.get(arity);
  if (!operation) {
    operation = {
      kind: 'fused',
      name: `logSumExpRows${arity}`,
      opcode: Opcode.LogSumExpRows,
      arity,
      definition: (inputs) => logSumExp(stack(inputs), 0),
      cotangent: partialCotangent,
      /** [header, n, arrays, value, accumulate, (x, weight)…] */
      encode: (to, inputs) => {
        to.count(inputs[0].size);
        to.word(arity);
        to.output();
        to.accumulate();
        inputs.forEach((_, k) => {
          to.input(k);
          to.output(k + 1);
        });
      },
      run,
    };
    operations.set(arity, operation);
  }
  return operation;
}

function run({ f64 }: Memory, code: Int32Array, at: number): void {
  const [n, arrays, value] = [code[at + 1], code[at + 2], code[at + 3] >>> 3];
  const list = code.subarray(at + 5, at + 5 + 2 * arrays).map((address) => address >>> 3);
  let total = 0;
  for (let i = 0; i < n; i++) {
    total += logSumExpOf(
      arrays,
      (k) => f64[list[2 * k] + i],
      (k, slope) => {
        if (list[2 * k + 1]) f64[list[2 * k + 1] + i] = slope;
      },
    );
  }
  if (value) f64[value] = f64[value + 1] = code[at + 4] ? f64[value] + total : total;
}

/** The node over arrays that broadcast. */
export function logSumExpRows(parts: readonly Expression[]): Expression {
  const shape = broadcastShapes(
    'logSumExpRows',
    parts.map((part) => part.shape),
  );
  const rows = parts.map((part) => expand(part, shape));
  if (rows.length === 1) return sum(rows[0]);
  if (sizeOf(shape) === 1) return reshape(logSumExp(stack(rows), 0), []);
  return rows[0].graph.node(logSumExpRowsOperation(rows.length), rows, []);
}
