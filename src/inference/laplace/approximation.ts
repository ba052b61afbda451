/** The result of a Laplace approximation. */

import { LARGEST_K } from '../../diagnostics/pareto-smoothing';
import { Approximation, type ApproximateDraws } from '../approximation';
import type { StartReport } from '../optimize/point-estimate';
import type { Ranks } from '../posterior';
import type { Gaussian, HessianReport, LaplaceStructure } from './structure';

/** Where the log density, Jacobian included, is highest. */
export interface Mode {
  /** Unconstrained, `dimension` values. */
  readonly position: Float64Array;
  /** All quantities there, in the order of the layout. */
  readonly values: Float64Array;
  readonly logDensity: number;
}

export interface LaplaceParts extends ApproximateDraws {
  readonly mode: Mode;
  readonly structure: LaplaceStructure;
  readonly gaussian: Gaussian;
  readonly warnings: readonly string[];
  readonly starts: readonly StartReport[];
  readonly seed: number;
  readonly seconds: number;
}

/** log 2π */
const LOG_TWO_PI = 1.8378770664093453;

/** A normal distribution around the mode of the unconstrained density, its draws taken back to the model. */
export class LaplaceApproximation<R extends Ranks = Ranks> extends Approximation<R> {
  protected override readonly title: string = 'Laplace approximation';
  readonly mode: Mode;
  readonly structure: LaplaceStructure;
  /** How second derivatives were found: exactly, and why that was possible, or estimated, and how well. */
  readonly hessian: HessianReport;
  /** What became of each of the optimiser's starts. */
  readonly starts: readonly StartReport[];
  readonly seed: number;
  readonly seconds: number;
  private readonly gaussian: Gaussian;
  private readonly flaws: readonly string[];

  constructor(parts: LaplaceParts) {
    super(parts);
    this.mode = parts.mode;
    this.structure = parts.structure;
    this.gaussian = parts.gaussian;
    this.hessian = parts.gaussian.hessian;
    this.flaws = parts.warnings;
    this.starts = parts.starts;
    this.seed = parts.seed;
    this.seconds = parts.seconds;
  }

  /** Whether there is a proper mode with curvature in all directions. */
  get converged(): boolean {
    return this.flaws.length === 0;
  }

  /** What makes the approximation doubtful, naming parameters and directions; empty where nothing does. */
  get warnings(): readonly string[] {
    const { paretoK } = this;
    if (!(paretoK > LARGEST_K && paretoK < Infinity)) return this.flaws;
    const skewed =
      `Pareto k is ${paretoK.toFixed(2)}, above ${LARGEST_K}: the posterior is too far from a normal distribution for these ` +
      'draws to be relied on, even with importance weights';
    return [...this.flaws, skewed];
  }

  /**
   * log p(data) ≈ log p(data, mode) + (d/2) log 2π − ½ log |−H|; up to the constants that improper priors leave open.
   * Exact where the unconstrained posterior is normal.
   */
  get logEvidence(): number {
    return this.mode.logDensity - this.logPeak;
  }

  /**
   * Log density of the approximation at an unconstrained position.
   *
   * @param position `dimension` values
   * @throws RangeError when it has another length
   */
  logDensity(position: ArrayLike<number>): number {
    const { position: mode } = this.mode;
    if (position.length !== mode.length) {
      throw new RangeError(
        `logDensity: position must have ${mode.length} values, one for each unconstrained parameter, got ${position.length}`,
      );
    }
    return this.logPeak - 0.5 * this.gaussian.squaredDistance(mode.map((m, i) => position[i] - m));
  }

  /** Log density of the approximation at the mode. */
  private get logPeak(): number {
    return logPeakOf(this.gaussian, this.mode.position.length);
  }
}

/** Log density of a normal distribution at its mean. */
export function logPeakOf({ logDeterminant }: Gaussian, dimension: number): number {
  return 0.5 * (logDeterminant - dimension * LOG_TWO_PI);
}
