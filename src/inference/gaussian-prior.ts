/** The prior of a model as one Gaussian over all unconstrained coordinates, when that is what it is. */

import { Instance, moduleFor } from '../backend/wasm';
import { choleskyOf, solveLower, solveLowerTransposed } from '../matrix';
import type { ProgramTarget } from '../target/target';

export interface GaussianPrior {
  readonly mean: Float64Array;
  /** Row-major. */
  readonly precision: Float64Array;
  /** Lower Cholesky factor of the precision, row-major. */
  readonly factor: Float64Array;
  /** Log density at the mean: a prior that was restricted to a set, or written as a term, need not integrate to one. */
  readonly height: number;
}

const TOLERANCE = 1e-8;

/**
 * A log density that is a quadratic has a gradient that is linear: its differences along the axes give the precision
 * exactly, and a point away from them tells whether it is one. Undefined when the prior is not Gaussian or not proper.
 *
 * @param prior target of the prior terms alone; takes as many gradients as dimensions
 */
export async function gaussianPriorOf(prior: ProgramTarget): Promise<GaussianPrior | undefined> {
  const { dimension } = prior;
  const instance = await Instance.create(await moduleFor(prior), prior);
  const gradientAt = (position: Float64Array): Float64Array => {
    const gradient = new Float64Array(dimension);
    instance.density(position, gradient);
    return gradient;
  };
  const origin = gradientAt(new Float64Array(dimension));
  const precision = new Float64Array(dimension * dimension);
  for (let i = 0; i < dimension; i++) {
    const axis = new Float64Array(dimension);
    axis[i] = 1;
    gradientAt(axis).forEach((g, j) => (precision[i * dimension + j] = origin[j] - g));
  }
  const away = Float64Array.from({ length: dimension }, (_, i) => (i % 2 === 0 ? 3 : -2) + i / dimension);
  const found = gradientAt(away);
  for (let j = 0; j < dimension; j++) {
    let expected = origin[j];
    let size = Math.abs(expected);
    for (let i = 0; i < dimension; i++) {
      expected -= precision[i * dimension + j] * away[i];
      size += Math.abs(precision[i * dimension + j] * away[i]);
    }
    if (!(Math.abs(found[j] - expected) <= TOLERANCE * size)) return undefined;
  }
  const factor = choleskyOf(precision, dimension);
  if (factor === undefined) return undefined;
  const mean = solveLowerTransposed(factor, solveLower(factor, origin));
  return { mean, precision, factor, height: instance.density(mean, new Float64Array(dimension)) };
}
