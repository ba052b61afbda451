/** Known numbers, one a row: products of data that are computed when somebody asks. */
import type { Expression } from '../expr';
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
  readonly rows: () => Float64Array;
}

export function ones(count: number): Factor {
  return { key: '', rows: () => new Float64Array(count).fill(1) };
}

/** A factor times the data's element of each row, or its only one. */
export function timesData(
  factor: Factor,
  data: Expression,
  map: RowMap | undefined,
  known: KnownData,
): Factor {
  const scalar = data.size === 1;
  const key =
    scalar && data.literal !== undefined ? `${data.literal}` : `${data.id}${scalar ? '' : keyOf(map)}`;
  return {
    key: factor.key === '' ? key : [...factor.key.split('·'), key].sort().join('·'),
    rows: () => {
      const values = known.of(data);
      const rows = factor.rows();
      for (let i = 0; i < rows.length; i++)
        rows[i] *= values[scalar ? 0 : map === undefined ? i : map.positions[i]];
      return rows;
    },
  };
}

/** The map of an index by way of another map: rows → elements of the node that `positions` leads to. */
export function followedBy(map: RowMap | undefined, key: string, positions: Int32Array): RowMap {
  if (map === undefined) return { key, positions };
  return { key: `${map.key}>${key}`, positions: map.positions.map((at) => positions[at]) };
}

export function keyOf(map: RowMap | undefined): string {
  return map === undefined ? '' : `@${map.key}`;
}
