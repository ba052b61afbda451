/** The triangular factor of a table of rows: RᵀR is the sum of their products, and no square is ever formed. */
import { eachBlock, type Numbers } from './blocks';

/** Rows of a block; enough to spread the cost of a reflection, few enough for the cache. */
const ROWS = 128;

/** R (size × size, upper, row by row) with all rows taken in. */
export function absorbRows(factor: Float64Array, values: Numbers, size: number): Float64Array {
  const result = factor.slice();
  const columns = 8 * size * (ROWS + 1);
  eachBlock(
    values,
    8 * size * size + 16 + columns,
    (engine, at, length, behind) => {
      const triangle = engine.floats(behind, size * size);
      triangle.set(result);
      const work = 16 * Math.ceil((behind + 8 * size * size) / 16);
      engine.exports.absorbRows(at, length / size, size, behind, work);
      result.set(triangle);
    },
    ROWS * size,
  );
  return result;
}
