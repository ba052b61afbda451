/** Known numbers, one a row: products of data that are computed when somebody asks. */
import { reshape, type Expression } from '../expr';
import type { KnownData } from './knownData';

/** Where each row finds its element; undefined where rows and elements are the same. */
export interface RowMap {
  /** Equal maps have equal keys. */
  readonly key: string;
  readonly positions: Int32Array;
}

export interface Factor {
  /** Equal factors of one number of rows have equal keys; '' is 1. */
  readonly key: string;
  readonly count: number;
  /** A new array. */
  readonly rows: () => Float64Array;
}

export function ones(count: number): Factor {
  return { key: '', count, rows: () => new Float64Array(count).fill(1) };
}

/** A factor times the data's element of each row, or its only one. */
export function timesData(
  factor: Factor,
  data: Expression,
  map: RowMap | undefined,
  known: KnownData,
): Factor {
  const scalar = data.size === 1;
  const key = `${data.literal ?? data.id}${scalar ? '' : keyOf(map)}`;
  const rows = (): Float64Array => {
    const values = known.of(data);
    const result = new Float64Array(factor.count);
    for (let i = 0; i < result.length; i++)
      result[i] = values[scalar ? 0 : map === undefined ? i : map.positions[i]];
    return result;
  };
  return timesFactor(factor, {
    key: data.literal === undefined ? `#${key}` : key,
    count: factor.count,
    rows,
  });
}

export function timesFactor(a: Factor, b: Factor): Factor {
  if (a.key === '') return b;
  if (b.key === '') return a;
  return {
    key: [...a.key.split('·'), ...b.key.split('·')].sort().join('·'),
    count: a.count,
    rows: () => {
      const [rows, others] = [a.rows(), b.rows()];
      for (let i = 0; i < rows.length; i++) rows[i] *= others[i];
      return rows;
    },
  };
}

export function inverse({ key, count, rows }: Factor): Factor {
  if (key === '') return { key, count, rows };
  return { key: `1/(${key.replaceAll('·', '*')})`, count, rows: () => rows().map((value) => 1 / value) };
}

/** The factor of the element that each row finds by a map. */
export function mappedFactor(factor: Factor, map: RowMap | undefined): Factor {
  if (map === undefined) return factor;
  if (factor.key === '') return ones(map.positions.length);
  return {
    key: `(${factor.key.replaceAll('·', '*')})@${map.key}`,
    count: map.positions.length,
    rows: () => {
      const values = factor.rows();
      return Float64Array.from(map.positions, (at) => values[at]);
    },
  };
}

export function scaledBy(scale: Expression | undefined, by: Expression): Expression {
  const scalar = reshape(by, []);
  return scale ? scale.mul(scalar) : scalar;
}

/** The map of an index by way of another map: rows → elements of the node that `positions` leads to. */
export function followedBy(map: RowMap | undefined, key: string, positions: Int32Array): RowMap {
  if (map === undefined) return { key, positions };
  return { key: `${map.key}>${key}`, positions: map.positions.map((at) => positions[at]) };
}

export function keyOf(map: RowMap | undefined): string {
  return map === undefined ? '' : `@${map.key}`;
}

/** −Σ: the known part of a predictor, on the side of the observations. */
export function negativeSum(factors: readonly Factor[], rows: number): Float64Array {
  const sum = new Float64Array(rows);
  for (const factor of factors) {
    const values = factor.rows();
    for (let i = 0; i < rows; i++) sum[i] -= values[i];
  }
  return sum;
}
