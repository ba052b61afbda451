/**
 * Few rows in place of many: of a linear predictor Xβ, and of the terms of groups beside it, everything that ‖y − Xβ‖²
 * needs to know of the data. Columns of groups go first, a small triangle each; what they leave of the others adds up to
 * one more triangle (a sparse QR factorisation).
 */
import { DoubleDouble, zeroMatrix } from './doubleDouble';
import { addInnerProducts, splitColumns } from './gram';
import { scaleOf } from './scale';
import { eliminate, type TriangleRow } from './triangle';

/** Rows that each belong to a group, whose tables have a number for it, times a known factor that the row has. */
export interface Grouping {
  readonly index: Int32Array;
  readonly size: number;
  /** For each table, a factor for each row. */
  readonly factors: readonly Float64Array[];
}

/**
 * ‖y − Xβ‖² = Σᵢ (restᵢ − rowᵢ·(β − reference))², and the squares of the groups' rows. There is one rest more than rows:
 * what no β explains. The reference lies where the data want β, so that nothing large cancels near there.
 */
export interface Reduced {
  /** Rows of numbers, one a column of X. */
  readonly rows: readonly Float64Array[];
  readonly rest: Float64Array;
  readonly reference: Float64Array;
  readonly groups: readonly GroupRow[];
  /** Of each group, the root of the sum of squares that its own tables leave of y, whatever the common columns explain. */
  readonly leftOver: Float64Array;
}

/**
 * Row k of the triangles of all groups: restₖ − Σⱼ ownⱼ·(tableⱼ − referenceⱼ) − common·(β − reference), a number for each
 * group.
 */
export interface GroupRow {
  readonly own: readonly (Float64Array | undefined)[];
  /** [columns of X, groups] */
  readonly common: Float64Array;
  readonly rest: Float64Array;
  /** Of table k. */
  readonly reference: Float64Array;
}

/** Standard errors by which a reference may miss what the data want, for each column that it leaves out. */
const MISS = 4;

/** Undefined where a number is not finite. */
export function reduceRows(
  columns: readonly Float64Array[],
  y: Float64Array,
  grouping?: Grouping,
): Reduced | undefined {
  const own = grouping?.factors.length ?? 0;
  const common = columns.length;
  const all = [...(grouping?.factors ?? []), ...columns, y];
  const scales = all.map(scaleOf);
  if (!scales.every(Number.isFinite)) return undefined;
  const size = all.length;
  const [ofY, ofColumns] = [scales[size - 1], scales.slice(own, size - 1)];
  const { order, starts } = inGroups(grouping, y.length);
  const split = splitColumns(all.map((column, k) => arranged(column, order, scales[k])));

  // What is left of the inner products of the common columns and y, once every group has had its own.
  const left = zeroMatrix(common + 1);
  const sum = new DoubleDouble();
  const leftOver = new Float64Array(starts.length - 1);
  const triangles = Array.from({ length: starts.length - 1 }, (_, g): TriangleRow[] => {
    const products = zeroMatrix(size);
    addInnerProducts(split, starts[g], starts[g + 1], products);
    const rows = eliminate(products, own, false);
    leftOver[g] = Math.sqrt(Math.max(products.high[size * size - 1], 0)) * ofY;
    for (let i = 0; i <= common; i++) {
      for (let j = i; j <= common; j++) {
        const [at, from] = [i * (common + 1) + j, (own + i) * size + own + j];
        sum.set(left.high[at], left.low[at]).add(products.high[from], products.low[from]);
        left.high[at] = sum.high;
        left.low[at] = sum.low;
      }
    }
    return rows;
  });

  const rows = eliminate(left, common, true);
  const last = left.high.length - 1;
  const unexplained = Math.max(left.high[last], 0);
  const taken = triangles.reduce((count, triangle) => count + triangle.length, rows.length);
  const noise = unexplained / Math.max(1, y.length - taken);
  const reference = referenceOf(rows, common, new Float64Array(0), noise);
  const rests = rows.map((row) => restOf(row, common, reference) * ofY);
  const solutions = triangles.map((triangle) => referenceOf(triangle, own, reference, noise));
  return {
    rows: rows.map((row) => row.high.slice(0, common).map((value, j) => value * ofColumns[j])),
    rest: Float64Array.of(...rests, Math.sqrt(unexplained) * ofY),
    reference: reference.map((value, j) => (value * ofY) / ofColumns[j]),
    groups: Array.from({ length: own }, (_, k) => groupRow(k)),
    leftOver,
  };

  function groupRow(k: number) {
    const count = triangles.length;
    const result = {
      own: Array.from({ length: own }, (_, j) => (j < k ? undefined : new Float64Array(count))),
      common: new Float64Array(common * count),
      rest: new Float64Array(count),
      reference: new Float64Array(count),
    };
    triangles.forEach((triangle, g) => {
      const solution = solutions[g];
      result.reference[g] = (solution[k] * ofY) / scales[k];
      const row = triangle.find(({ pivot }) => pivot === k);
      if (!row) return;
      for (let j = k; j < own; j++) result.own[j]![g] = row.high[j] * scales[j];
      for (let p = 0; p < common; p++) result.common[p * count + g] = row.high[own + p] * ofColumns[p];
      result.rest[g] = restOf(row, size - 1, Float64Array.of(...solution, ...reference)) * ofY;
    });
    return result;
  }
}

function arranged(column: Float64Array, order: Int32Array | undefined, scale: number): Float64Array {
  const result = new Float64Array(column.length);
  // The inverse of a power of two is exact, but may be too large to be a number.
  if (order) for (let i = 0; i < result.length; i++) result[i] = column[order[i]] / scale;
  else for (let i = 0; i < result.length; i++) result[i] = column[i] / scale;
  return result;
}

/** The order that brings rows of one group together, and where each group starts. */
function inGroups(
  grouping: Grouping | undefined,
  rows: number,
): { order: Int32Array | undefined; starts: Int32Array } {
  if (!grouping) return { order: undefined, starts: Int32Array.of(0, rows) };
  const { index, size } = grouping;
  const starts = new Int32Array(size + 1);
  for (const group of index) starts[group + 1]++;
  for (let g = 0; g < size; g++) starts[g + 1] += starts[g];
  const next = starts.slice();
  const order = new Int32Array(rows);
  for (let i = 0; i < rows; i++) order[next[index[i]]++] = i;
  return { order, starts };
}

/**
 * Coefficients of `count` columns, given those of the columns behind them: as few columns as explain y up to the noise,
 * since more would put the reference where only the noise wants it; the coefficients of the others stay 0.
 */
function referenceOf(
  rows: readonly TriangleRow[],
  count: number,
  behind: Float64Array,
  noise: number,
): Float64Array {
  const none = new Float64Array(count + behind.length);
  none.set(behind, count);
  let kept = rows.length;
  for (let missed = 0; kept > 0; kept--) {
    const left = restOf(rows[kept - 1], none.length, none);
    missed += left * left;
    if (missed > MISS * MISS * (rows.length - kept + 1) * noise) break;
  }
  return solveTriangle(rows.slice(0, kept), count, behind);
}

/** Coefficients of `count` columns that make the rows vanish, given those of the columns behind them; 0 where no row tells. */
function solveTriangle(rows: readonly TriangleRow[], count: number, behind: Float64Array): Float64Array {
  const all = new Float64Array(count + behind.length);
  all.set(behind, count);
  for (let k = rows.length - 1; k >= 0; k--) {
    const row = rows[k];
    all[row.pivot] = restOf(row, all.length, all) / row.high[row.pivot];
  }
  return all.slice(0, count);
}

/** What a row leaves of its right-hand side, which stands in column `count`: exact but for the last rounding. */
function restOf({ high, low }: TriangleRow, count: number, solution: Float64Array): number {
  const rest = new DoubleDouble(high[count], low[count]);
  for (let j = 0; j < count; j++) rest.addProduct(-high[j], -low[j], solution[j], 0);
  return rest.high;
}
