/** The result of variational inference: draws, the evidence lower bound in its parts, and how far to trust them. */

import { requireInteger, requireSeed } from '../../arguments';
import { requireKnownOptions } from '../../model/known-options';
import type { FullExports, Instance } from '../../backend/wasm';
import { Approximation, type ApproximateDraws, evaluateDraws } from '../approximation';
import type { Ranks } from '../posterior';
import { resample } from '../resampling';
import type { Elbo } from './estimate';
import type { Stage, Trace } from './schedule';
import type { VariationalSettings } from './settings';
import { warningsOf } from './warnings';

/** The bound along an optimisation, and what its estimates are made on. */
export interface VariationalTrace extends Trace {
  /** `'batches'`: noisier than the number of draws tells, as each sees some rows only. */
  readonly rows: 'all' | 'batches';
}

/** What an optimisation has brought besides draws. */
export interface VariationalOutcome {
  readonly settings: VariationalSettings;
  readonly elbo: Elbo;
  readonly trace: VariationalTrace;
  readonly stages: readonly Stage[];
  readonly converged: boolean;
  readonly iterations: number;
  readonly gradientEvaluations: number;
  /** Draws of the optimisation whose density was not finite. */
  readonly nonFinite: number;
  readonly seconds: number;
  readonly shape: UnconstrainedShape;
}

/** The approximation in the unconstrained space. */
export interface UnconstrainedShape {
  /** Log density at a position. */
  readonly logDensity: (position: Float64Array) => number;
  /** Of a Gaussian. */
  readonly location?: Float64Array;
  /** Of a Gaussian, row-major: dimension² values. */
  readonly covariance?: () => Float64Array;
}

/** An approximation q(θ) of the posterior that minimises KL(q ‖ posterior) within a family. */
export class VariationalApproximation<R extends Ranks = Ranks> extends Approximation<R> {
  protected override readonly title = 'variational approximation';
  readonly settings: VariationalSettings;
  /**
   * E_q[log p(D, θ) − log q(θ)] ≤ log p(D) in nats, and its parts E_q[log p(D | θ)] (`reconstruction`) and KL(q ‖ prior)
   * (`divergence`), each with its Monte Carlo standard error.
   */
  readonly elbo: Elbo;
  /** The bound along the optimisation, a noisy estimate every few iterations. */
  readonly trace: VariationalTrace;
  /** What was done at each step size. */
  readonly stages: readonly Stage[];
  /** Whether the stopping rule was satisfied before the iterations ran out. */
  readonly converged: boolean;
  readonly iterations: number;
  /** Of the log density: of all rows, or with `minibatch` of a batch each. */
  readonly gradientEvaluations: number;
  /** Draws of the optimisation whose density was not finite. */
  readonly nonFinite: number;
  readonly seconds: number;
  /** Location and covariance in the unconstrained space, for a Gaussian. */
  readonly unconstrained: UnconstrainedShape;

  /** For `variational`. */
  constructor(
    draws: ApproximateDraws,
    outcome: VariationalOutcome,
    private readonly instance: Instance<FullExports>,
  ) {
    super(draws);
    this.settings = outcome.settings;
    this.elbo = outcome.elbo;
    this.trace = outcome.trace;
    this.stages = outcome.stages;
    this.converged = outcome.converged;
    this.iterations = outcome.iterations;
    this.gradientEvaluations = outcome.gradientEvaluations;
    this.nonFinite = outcome.nonFinite;
    this.seconds = outcome.seconds;
    this.unconstrained = outcome.shape;
  }

  /** What to know before relying on the draws, in plain words. */
  get warnings(): readonly string[] {
    return warningsOf(this);
  }

  /**
   * Log density of the approximation at an unconstrained position (`dimension` values); −∞ where it has no draws.
   *
   * @throws RangeError for a position of another length
   */
  logDensity(position: Float64Array): number {
    if (position.length !== this.instance.dimension) {
      throw new RangeError(
        `logDensity: expected a position of ${this.instance.dimension} values, got ${position.length}`,
      );
    }
    return this.unconstrained.logDensity(position);
  }

  /**
   * Draws taken from these by importance, with Pareto-smoothed weights and replacement: closer to the posterior wherever
   * `paretoK` is below 0.7.
   *
   * @param options `draws`: how many, by default as many as there are; `seed`: the same gives the same draws
   */
  resample(options: { draws?: number; seed?: number } = {}): Approximation<R> {
    requireKnownOptions('resample', options, ['draws', 'seed']);
    const { draws = this.drawsPerChain, seed = 0 } = options;
    requireInteger('resample', 'draws', draws, 1);
    requireSeed('resample', seed);
    const { instance, layout, positions, logDensities, logApproximations } = this;
    const ratios = logDensities.map((value, draw) => value - logApproximations[draw]);
    const chosen = resample(instance, ratios, draws, seed);
    const { dimension } = instance;
    const rows = new Float64Array(draws * dimension);
    chosen.forEach((draw, i) =>
      rows.set(positions.subarray(draw * dimension, (draw + 1) * dimension), i * dimension),
    );
    return new Approximation<R>(
      {
        ...evaluateDraws(instance, layout, rows),
        logApproximations: Float64Array.from(chosen, (draw) => logApproximations[draw]),
      },
      this,
    );
  }
}
