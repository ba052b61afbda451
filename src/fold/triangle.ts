/** Cholesky factors of matrices of inner products, in twice the working precision: the triangle of a QR factorisation. */
import { DoubleDouble, type DoubleDoubleMatrix } from './doubleDouble';

/** One row of the triangle: zero in the columns whose rows came before it. */
export interface TriangleRow {
  readonly pivot: number;
  readonly high: Float64Array;
  readonly low: Float64Array;
}

/** Of a column's square, what is left of it when it is a combination of others, up to rounding. */
const NOTHING = 3e-30;

/**
 * Takes the first `count` columns out of the inner products `of` (upper triangle, overwritten), which keep those of what
 * is left of the others. A column that depends on earlier ones has no row.
 *
 * @param pivoting takes the column with the largest part left first, and not the next
 */
export function eliminate(of: DoubleDoubleMatrix, count: number, pivoting: boolean): TriangleRow[] {
  const { size, high, low } = of;
  const full = Float64Array.from({ length: count }, (_, k) => high[k * size + k]);
  const left = new Set(full.keys());
  const rows: TriangleRow[] = [];
  const value = new DoubleDouble();
  const place = (i: number, j: number): number => (i <= j ? i * size + j : j * size + i);
  const share = (k: number): number => (full[k] > 0 ? high[k * size + k] / full[k] : 0);
  while (left.size > 0) {
    const [next] = left;
    let pivot = next;
    if (pivoting) for (const k of left) if (share(k) > share(pivot)) pivot = k;
    left.delete(pivot);
    if (!(share(pivot) > NOTHING)) continue;

    const row = { pivot, high: new Float64Array(size), low: new Float64Array(size) };
    const diagonal = pivot * size + pivot;
    value.set(high[diagonal], low[diagonal]).squareRoot();
    row.high[pivot] = value.high;
    row.low[pivot] = value.low;
    const others = [...left];
    for (let j = count; j < size; j++) others.push(j);
    for (const j of others) {
      const at = place(pivot, j);
      value.set(high[at], low[at]).divide(row.high[pivot], row.low[pivot]);
      row.high[j] = value.high;
      row.low[j] = value.low;
    }
    others.forEach((i, from) => {
      for (let k = from; k < others.length; k++) {
        const j = others[k];
        const at = place(i, j);
        value.set(high[at], low[at]).addProduct(-row.high[i], -row.low[i], row.high[j], row.low[j]);
        high[at] = value.high;
        low[at] = value.low;
      }
    });
    rows.push(row);
  }
  return rows;
}
