/** Proposals of Metropolis–Hastings that do not depend on where the chain is. */

import { choleskyOf } from '../../matrix';

/** A Gaussian, or a Student-t. */
export interface IndependenceProposal {
  /** Centre in the unconstrained space: d values. */
  readonly mean: ArrayLike<number>;
  /** Covariance (of a Student-t: scale matrix) in the unconstrained space, row-major: d² values. */
  readonly covariance: ArrayLike<number>;
  /** Degrees of freedom of a Student-t; Gaussian without. Few let the proposal reach into long tails. */
  readonly df?: number;
}

/** The same, checked, with the Cholesky factor of the covariance. */
export interface PreparedProposal {
  readonly mean: Float64Array;
  readonly root: Float64Array;
  readonly df: number | undefined;
}

/** @throws RangeError for wrong lengths, a covariance that is not positive definite, and impossible degrees of freedom */
export function prepareProposal(
  { mean, covariance, df }: IndependenceProposal,
  dimension: number,
): PreparedProposal {
  if (mean?.length !== dimension) {
    throw new RangeError(`metropolis: proposal.mean must have ${dimension} values, got ${mean?.length}`);
  }
  if (covariance?.length !== dimension * dimension) {
    const wanted = `${dimension}² = ${dimension * dimension} values`;
    throw new RangeError(`metropolis: proposal.covariance must have ${wanted}, got ${covariance?.length}`);
  }
  if (df !== undefined && !(df > 0 && df < Infinity)) {
    throw new RangeError(`metropolis: proposal.df must be a finite number > 0, got ${df}`);
  }
  const root = choleskyOf(covariance, dimension);
  if (root === undefined) throw new RangeError('metropolis: proposal.covariance must be positive definite');
  return { mean: Float64Array.from(mean), root, df };
}
