/** The triangular factor of a table of rows: RᵀR is the sum of their products, and no square is ever formed. */
import { copyTo, eachBlock, type Numbers } from './blocks';

/** Rows of a block; enough to spread the cost of a reflection, few enough for the cache. */
const ROWS = 128;

/**
 * R (upper, row by row) with further rows taken in: as wide as R, or narrower by one where `last` has the last element
 * of each.
 */
export function absorbRows(factor: Float64Array, rows: Numbers, last?: Numbers): Float64Array {
  const result = factor.slice();
  const size = Math.sqrt(factor.length);
  const width = last === undefined ? size : size - 1;
  let start = 0;
  eachBlock(
    rows,
    8 * (factor.length + ROWS) + 16 + 8 * size * (ROWS + 1),
    (engine, at, length, behind) => {
      const count = length / width;
      const triangle = behind + 8 * ROWS;
      const columns = 16 * Math.ceil((triangle + 8 * factor.length) / 16);
      engine.floats(triangle, factor.length).set(result);
      if (last !== undefined) copyTo(engine.floats(behind, count), last, start);
      engine.exports.absorbRows(at, count, width, last === undefined ? 0 : behind, triangle, columns);
      result.set(engine.floats(triangle, factor.length));
      start += count;
    },
    ROWS * width,
  );
  return result;
}
