/** The result of Pathfinder: draws of all paths together, taken by importance. */

import { requireInteger } from '../../arguments';
import { LARGEST_K } from '../../diagnostics/pareto-smoothing';
import { Approximation, type ApproximateDraws } from '../approximation';
import type { Ranks } from '../posterior';
import type { InitialValues } from '../start';
import type { PathOutcome } from './path';

/** What the paths were told: plain data. */
export interface PathfinderSettings {
  readonly paths: number;
  readonly draws: number;
  readonly history: number;
  readonly maxIterations: number;
  readonly elboDraws: number;
  readonly seed: number;
  readonly radius: number;
}

/** Draws by importance from the Gaussians of all paths. */
export class PathfinderApproximation<R extends Ranks = Ranks> extends Approximation<R> {
  protected override readonly title = 'pathfinder';

  /** For `pathfinder`. */
  constructor(
    draws: ApproximateDraws,
    /** All draws of all paths, path after path, before resampling: their weights say how good the Gaussians are. */
    readonly candidates: Approximation<R>,
    readonly paths: readonly PathOutcome[],
    readonly settings: PathfinderSettings,
    readonly seconds: number,
  ) {
    super(draws, candidates);
  }

  get gradientEvaluations(): number {
    return this.paths.reduce((sum, { evaluations }) => sum + evaluations, 0);
  }

  /** What to know before relying on the draws, in plain words. */
  get warnings(): readonly string[] {
    const { paretoK } = this;
    const warnings: string[] = [];
    for (const { path, failure } of this.paths) {
      if (failure !== undefined)
        warnings.push(`Path ${path} was lost: ${failure}. The draws come from the others.`);
    }
    const without = this.settings.paths - this.paths.length;
    if (without > 0) {
      warnings.push(
        `${without} of ${this.settings.paths} paths came by no point whose Gaussian has a finite bound; the draws come from ` +
          `the others.`,
      );
    }
    if (paretoK > LARGEST_K) {
      warnings.push(
        `Pareto k is ${paretoK === Infinity ? 'infinite' : paretoK.toFixed(2)}, above ${LARGEST_K}: the Gaussians along the paths do not cover the posterior, and importance weights ` +
          `cannot make up for it. Take the draws as starting values: nuts(posterior, { initial: fit.initialValues() }).`,
      );
    }
    return warnings;
  }

  /**
   * Starting values for `nuts` or `hmc`, for each chain its own draw.
   *
   * @param chains how many, default 4
   * @throws RangeError for more chains than draws
   */
  initialValues(chains = 4): InitialValues[] {
    requireInteger('initialValues', 'chains', chains, 1, this.drawsPerChain);
    const parameters = this.layout.quantities.filter(({ kind }) => kind === 'parameter');
    return Array.from({ length: chains }, (_, chain) => {
      const draw = Math.floor((chain * this.drawsPerChain) / chains);
      return Object.fromEntries(
        parameters.map(({ name, offset, shape }) => {
          const size = shape.reduce((product, length) => product * length, 1);
          return [name, Array.from({ length: size }, (_, i) => this.quantityDraws(offset + i)[0][draw])];
        }),
      );
    });
  }
}
