/** Inner products of columns of data, in twice the working precision. */
import { SPLITTER, type DoubleDoubleMatrix } from './doubleDouble';

/** Columns, and the leading 26 bits of every element. */
export interface SplitColumns {
  readonly columns: readonly Float64Array[];
  readonly heads: readonly Float64Array[];
}

/** @param columns elements below 2⁹⁹⁶ */
export function splitColumns(columns: readonly Float64Array[]): SplitColumns {
  const heads = columns.map((column) => {
    const head = new Float64Array(column.length);
    for (let i = 0; i < column.length; i++) {
      const scaled = SPLITTER * column[i];
      head[i] = scaled - (scaled - column[i]);
    }
    return head;
  });
  return { columns, heads };
}

/** Rows whose elements, of two columns, stay in the nearest cache. */
const BLOCK = 512;

/** Adds the inner products of rows `from ≤ i < to` to the upper triangle of `into`. */
export function addInnerProducts(
  split: SplitColumns,
  from: number,
  to: number,
  into: DoubleDoubleMatrix,
): void {
  const { size, high, low } = into;
  for (let start = from; start < to; start += BLOCK) {
    const stop = Math.min(start + BLOCK, to);
    for (let i = 0; i < size; i++) {
      for (let j = i; j < size; j++) addPair(split, i, j, start, stop, high, low, i * size + j);
    }
  }
}

/** Each product exactly, as a number and its rounding error; their sums likewise, the errors in a sum of their own. */
function addPair(
  { columns, heads }: SplitColumns,
  i: number,
  j: number,
  start: number,
  stop: number,
  high: Float64Array,
  low: Float64Array,
  at: number,
): void {
  const [a, b, aHeads, bHeads] = [columns[i], columns[j], heads[i], heads[j]];
  let sum = high[at];
  let errors = low[at];
  for (let row = start; row < stop; row++) {
    const x = a[row];
    const y = b[row];
    const xHead = aHeads[row];
    const yHead = bHeads[row];
    const xTail = x - xHead;
    const yTail = y - yHead;
    const product = x * y;
    const next = sum + product;
    const part = next - sum;
    errors +=
      sum -
      (next - part) +
      (product - part) +
      (xHead * yHead - product + xHead * yTail + xTail * yHead + xTail * yTail);
    sum = next;
  }
  const settled = sum + errors;
  low[at] = sum - settled + errors;
  high[at] = settled;
}
