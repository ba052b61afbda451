/** Declares what data a model expects: kind of numbers, and a dimension for each axis. */
import type { NumericArray } from '../expr';

/** The name of a dimension, or a fixed number of elements. */
export type Dimension = string | number;

/** A number, or a label that stands for a position along a dimension. */
export type Label = string | number;

/** Real numbers, whole numbers, or positions along another dimension. */
export type DataKind = 'real' | 'integer' | 'index';

/** One piece of data that a model expects. `R` is its rank, `K` the kind of its elements. */
export interface Declaration<R extends number = number, K extends DataKind = DataKind> {
  readonly rank: R;
  readonly kind: K;
  readonly dims: readonly Dimension[];
  /** The dimension whose positions an index holds. */
  readonly into?: string;
}

/** Nested arrays of a rank, a typed array where a vector may stand. */
export type Nested<R extends number, E> = R extends 0
  ? E
  : R extends 1
    ? readonly E[] | NumericArray
    : R extends 2
      ? readonly (readonly E[] | NumericArray)[]
      : readonly unknown[];

/** What may be given for a declaration. */
export type ValueOf<D> =
  D extends Declaration<infer R, infer K> ? Nested<R, K extends 'index' ? Label : number> : never;

/** One real number. */
export const scalar = (): Declaration<0, 'real'> => ({ rank: 0, kind: 'real', dims: [] });

/** Real numbers along one dimension. */
export const vector = (dim: Dimension): Declaration<1, 'real'> => ({ rank: 1, kind: 'real', dims: [dim] });

/** Real numbers along two dimensions, given as an array of rows. */
export const matrix = (row: Dimension, column: Dimension): Declaration<2, 'real'> => ({
  rank: 2,
  kind: 'real',
  dims: [row, column],
});

/** Real numbers along any number of dimensions, given as nested arrays. */
export const tensor = <const D extends readonly Dimension[]>(
  ...dims: D
): Declaration<D['length'], 'real'> => ({
  rank: dims.length,
  kind: 'real',
  dims,
});

/** One whole number. */
export const integer = (): Declaration<0, 'integer'> => ({ rank: 0, kind: 'integer', dims: [] });

/** Whole numbers along any number of dimensions: counts, zeros and ones. */
export const integers = <const D extends readonly Dimension[]>(
  ...dims: D
): Declaration<D['length'], 'integer'> => ({
  rank: dims.length,
  kind: 'integer',
  dims,
});

/**
 * For each position along `dim` one along `into`, to gather by: `intercept.gather(county)`. Given as whole numbers from
 * 0, or as labels. Labels that no coordinates announce become the coordinates of `into`, in order of appearance.
 */
export const index = (dim: Dimension, into: string): Declaration<1, 'index'> => ({
  rank: 1,
  kind: 'index',
  dims: [dim],
  into,
});
