/** Draws of a posterior as a density on the unconstrained parameters: one Gaussian, or a mixture of them. */
import { requireInteger } from '../arguments';
import { Instance, moduleFor } from '../backend/wasm';
import { special } from '../conjugate/engine';
import type { NamedDraws } from '../inference';
import { requireContinuous } from '../inference/continuous';
import { positionsOf } from '../inference/positions';
import { choleskyOf, covarianceOf, meanOf, solveLower } from '../matrix';
import type { Posterior } from '../model';

export interface AsPriorOptions {
  /**
   * Gaussians that share a covariance, centred at so many of the draws. 1, the default, is a single Gaussian of their
   * mean and covariance.
   */
  readonly components?: number;
}

/** A mixture of Gaussians with one covariance, on the unconstrained scale of a model's parameters. */
export interface DrawnPrior {
  /** Names and unconstrained sizes of the parameters, in order. */
  readonly parameters: readonly { readonly name: string; readonly size: number }[];
  readonly mean: Float64Array;
  /** Lower Cholesky factor of the covariance of all draws, row by row. */
  readonly factor: Float64Array;
  /** Centres as L⁻¹(centre − mean), one after the other. */
  readonly centers: Float64Array;
  /** Scale of each Gaussian as a share of that covariance's. */
  readonly bandwidth: number;
}

/**
 * The draws of a posterior as the prior of what comes next, to be given to `withPrior`: of NUTS or HMC, of a Laplace or
 * variational approximation, of any result that has draws by name.
 *
 * The error it brings: with one component everything of the posterior but mean and covariance (of the unconstrained
 * parameters) is lost, and the Monte Carlo error of these two enters the next posterior. By the central limit theorem
 * what is lost is small when much data has come before: after n observations skewness is of the order of 1/√n. With
 * several components, placed by Liu and West (2001) so that mean and covariance are kept, shapes that are not Gaussian
 * survive, at the price of a density that costs so many times more. Measured against the exact posterior: after ten
 * batches of a rare event (3 in 200), from 4000 draws each, its mean is a quarter of a posterior standard deviation off with
 * one component and an eighth with 300; after three batches of thirty normal observations, less than a tenth.
 *
 * @throws RangeError for fewer draws than parameters, or draws without all parameters
 */
export async function asPrior(
  posterior: Posterior,
  draws: NamedDraws,
  { components = 1 }: AsPriorOptions = {},
): Promise<DrawnPrior> {
  requireContinuous('asPrior', posterior);
  const { target } = posterior;
  const instance = await Instance.create(await moduleFor(target), target);
  const positions = positionsOf('asPrior', posterior, instance, draws);
  const { dimension } = posterior;
  const count = positions.length / dimension;
  requireInteger('asPrior', 'components', components, 1, count);
  const mean = meanOf(positions, dimension);
  const factor = choleskyOf(covarianceOf(positions, mean, count - 1), dimension);
  if (factor === undefined) {
    throw new RangeError(`asPrior: ${count} draws do not spread in all ${dimension} directions; draw more`);
  }
  const bandwidth = components === 1 ? 1 : bandwidthOf(components, dimension);
  const centers =
    components === 1
      ? new Float64Array(dimension)
      : centersOf(positions, mean, factor, components, bandwidth);
  const parameters = posterior.inputs.map(({ name, size }) => ({ name: name!, size }));
  return { parameters, mean, factor, centers, bandwidth };
}

/**
 * Evenly chosen draws, drawn towards their mean so that the mixture is as wide as all draws are, and moved and stretched so
 * that its mean and covariance are those of all draws and not of the chosen ones.
 */
function centersOf(
  positions: Float64Array,
  mean: Float64Array,
  factor: Float64Array,
  components: number,
  bandwidth: number,
): Float64Array {
  const dimension = mean.length;
  const count = positions.length / dimension;
  const chosen = new Float64Array(components * dimension);
  for (let c = 0; c < components; c++) {
    const from = Math.floor(((c + 0.5) * count) / components) * dimension;
    const apart = mean.map((m, i) => positions[from + i] - m);
    chosen.set(solveLower(factor, apart), c * dimension);
  }
  const middle = meanOf(chosen, dimension);
  const own = choleskyOf(covarianceOf(chosen, middle, components), dimension);
  if (own === undefined) {
    throw new RangeError(
      `asPrior: ${components} components do not spread in all ${dimension} directions; take more`,
    );
  }
  const shrink = Math.sqrt(1 - bandwidth * bandwidth);
  for (let c = 0; c < components; c++) {
    const apart = middle.map((m, i) => chosen[c * dimension + i] - m);
    solveLower(own, apart).forEach((z, i) => (chosen[c * dimension + i] = shrink * z));
  }
  return chosen;
}

/** Silverman's rule for Gaussian kernels. */
function bandwidthOf(components: number, dimension: number): number {
  const { exp, log } = special();
  return exp(log(4 / ((dimension + 2) * components)) / (dimension + 4));
}
