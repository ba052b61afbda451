/** Count, mean vector and scatter matrix of rows, block by block and joined by Chan's formula. */
import { mirrorLower } from '../../matrix';
import { eachBlock, BLOCK } from './blocks';
import { checkFinite, flatRows, type Rows } from './rows';

export interface Scatter {
  readonly count: number;
  readonly mean: Float64Array;
  /** Σ (x − mean)(x − mean)ᵀ, row by row. */
  readonly products: Float64Array;
}

export function noScatter(size: number): Scatter {
  return { count: 0, mean: new Float64Array(size), products: new Float64Array(size * size) };
}

export function joinScatter(a: Scatter, b: Scatter): Scatter {
  if (a.count === 0) return b;
  if (b.count === 0) return a;
  const size = a.mean.length;
  const count = a.count + b.count;
  const apart = a.mean.map((mean, i) => b.mean[i] - mean);
  const weight = a.count * (b.count / count);
  return {
    count,
    mean: a.mean.map((mean, i) => mean + (apart[i] * b.count) / count),
    products: a.products.map((product, i) => {
      const between = apart[Math.floor(i / size)] * apart[i % size] * weight;
      return product + b.products[i] + between;
    }),
  };
}

/** @throws RangeError naming the first element that is not finite, or a row of another length */
export function scatterOf(family: string, data: Rows, size: number): Scatter {
  const { values } = flatRows(family, data, size);
  const perBlock = Math.max(1, Math.floor(BLOCK / size));
  let all = noScatter(size);
  const columns = 8 * size * (perBlock + 1);
  eachBlock(
    values,
    8 * size + 8 * size * size + 16 + columns,
    (engine, at, length, behind) => {
      const count = length / size;
      const products = behind + 8 * size;
      const work = 16 * Math.ceil((products + 8 * size * size) / 16);
      engine.exports.scatter(at, count, size, behind, products, work);
      const mean = engine.floats(behind, size).slice();
      all = joinScatter(all, {
        count,
        mean,
        products: mirrorLower(engine.floats(products, size * size).slice(), size),
      });
    },
    perBlock * size,
  );
  if (!all.products.every(Number.isFinite)) {
    checkFinite(family, values, size);
    throw new RangeError(`${family}: the squares of the observations overflow`);
  }
  return all;
}
