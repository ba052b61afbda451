/** Families of approximations as the module knows them. */

export type FamilyName = 'mean-field' | 'full-rank' | 'low-rank' | 'flow';

/** What the module is told of a family. */
export interface Family {
  /** As assembly/variational/run.ts numbers them. */
  readonly code: number;
  /** Columns beside the diagonal of a low-rank covariance, else 0. */
  readonly rank: number;
  /** Base noise of a draw of a program, else 0. */
  readonly noise: number;
}

export const MEAN_FIELD = 0;
export const FULL_RANK = 1;
export const LOW_RANK = 2;
export const PROGRAM = 3;
export const ONLINE_NEWTON = 4;

/** Vectors of the parameters of a family in `dimension` unknowns, and which elements of each are in use. */
export function usedElements(
  { code, rank }: Family,
  dimension: number,
): { vectors: number; used: (vector: number) => number } {
  switch (code) {
    case FULL_RANK:
      // The location, then the rows of a lower triangle.
      return { vectors: 1 + dimension, used: (vector) => (vector === 0 ? dimension : vector) };
    case LOW_RANK:
      return { vectors: 2 + rank, used: () => dimension };
    case PROGRAM:
      return { vectors: 1, used: () => dimension };
    default:
      return { vectors: 2, used: () => dimension };
  }
}
