/** The scales of normal observations: one for all rows times known numbers, or few that rows choose among. */
import { reshape, type Expression } from '../expr';
import { affineOf } from './affine';
import { negativeSum, ones, type Factor } from './factor';
import type { KnownData } from './knownData';
import { partition } from './partition';
import { leavesOf, restrict } from './rowwise';

export interface Scales {
  /** A scalar for each class of rows. */
  readonly common: readonly Expression[];
  /** What each row multiplies it by. */
  readonly factor: Factor;
  /** The values of the rows of a class. */
  readonly select: <T extends Float64Array | Int32Array>(values: T, which: number) => T;
}

/** Classes beyond which each would have too few rows. */
const MOST = 16;

export function scalesOf(w: Expression, rows: number, data: KnownData): Scales | undefined {
  return oneScale(w, rows, data) ?? fewScales(w, rows, data);
}

function oneScale(w: Expression, rows: number, data: KnownData): Scales | undefined {
  const select = <T>(values: T): T => values;
  if (w.size === 1) return { common: [reshape(w, [])], factor: ones(rows), select };
  const affine = affineOf(w, rows, data);
  if (!affine) return undefined;
  const { known, parts } = affine;
  if (parts.length === 0) {
    // Of the other sign, which squares do not see.
    const factor = { key: 'weights', count: rows, rows: () => negativeSum(known, rows) };
    return { common: [w.graph.scalar(1)], factor, select };
  }
  const [part] = parts;
  const single = parts.length === 1 && known.length === 0 && part.kind === 'column';
  return single ? { common: [part.scale], factor: part.factor, select } : undefined;
}

function fewScales(w: Expression, rows: number, data: KnownData): Scales | undefined {
  const leaves = leavesOf([w], rows, data);
  const columns = leaves && [...leaves.values()].flatMap((leaf) => leaf.columns);
  const found = columns && partition(columns, rows, MOST);
  if (!found) return undefined;
  const { classes, first } = found;
  const scales = restrict(w, first, leaves);
  return {
    common: Array.from(first, (_, c) => (scales.size === 1 ? reshape(scales, []) : scales.at(c))),
    factor: ones(rows),
    select: (values, which) => values.filter((_, i) => classes[i] === which) as typeof values,
  };
}
