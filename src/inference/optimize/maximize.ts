/** Maximum likelihood and maximum a posteriori: the drivers. */

import type { FullExports, Instance } from '../../backend/wasm';
import { Posterior } from '../../model/posterior';
import { requireContinuous } from '../continuous';
import { OptionReader, type SamplerOptions } from '../options';
import { type Ranks, type Samplable, targetOf } from '../posterior';
import type { Initial } from '../starts';
import { outlineOf } from './coordinates';
import { climb, type ClimbProgress, type Loaded, loadObjective } from './climb';
import { Information } from './information';
import { laplacePriors, penaltiesOf } from './laplace-priors';
import type { Objective } from './objective';
import { type Certainty, PointEstimate } from './point-estimate';
import { poleAt, PoleError } from './pole';
import { problemOf } from './problem';

/** Options common to `maximumLikelihood` and `maximumAPosteriori`. */
export interface OptimizeOptions {
  /**
   * `lbfgs` (default): limited-memory BFGS, then Newton's method from where it ends. `newton`: Newton's method throughout,
   * in up to 256 dimensions with the whole Hessian and a line search, beyond by conjugate gradients in a trust region.
   * `proximal`: proximal Newton, the default where parameters have Laplace priors of known location and scale, whose modes
   * are then exact: parameters that the data do not move stay at the location to the last bit (lasso). It gives no standard
   * errors, which do not exist there, and takes 16·dimension² bytes.
   */
  readonly method?: 'lbfgs' | 'newton' | 'proximal';
  /** Starting points, each climbed from; the highest end is the result. Default 4. */
  readonly starts?: number;
  /** Integer in [0, 2⁵³) that starting points are drawn by; by default a fresh one, to be found in the result. */
  readonly seed?: number;
  /**
   * Starting values by parameter name, on the model's own scale; what is not named is drawn. An array: one per start.
   * 'prior': all are drawn from the prior.
   */
  readonly initial?: Initial;
  /** Starting points are drawn from uniform[−radius, radius) in each unconstrained dimension; default 2. */
  readonly radius?: number;
  /** Iterations of each start; default 2000. */
  readonly maxIterations?: number;
  /** L-BFGS ends when the gain in log density still to be had is about this; Newton then goes to rounding. Default 1e-8. */
  readonly tolerance?: number;
  /** Pairs of steps and gradient differences that L-BFGS keeps; default 10. */
  readonly memory?: number;
  /** Standard errors from the observed information; by default up to 1000 unconstrained parameters. */
  readonly standardErrors?: boolean;
  /**
   * Threads besides the calling one, each of which climbs from one start at a time. 0: none; 'auto' (default): as many as
   * there are processors, for what is not done after a tenth of a second. The result is the same to the last bit.
   */
  readonly workers?: 'auto' | number;
  /** Makes a worker, as for samplers. */
  readonly worker?: SamplerOptions['worker'];
  /** Ends the run early: the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ClimbProgress) => void;
}

export interface MaximumAPosterioriOptions extends OptimizeOptions {
  /**
   * false (default): the mode of the density of the constrained parameters, so that it does not depend on how bounds are
   * handled. true: the mode of the density of the unconstrained parameters, Jacobian included, as samplers see it.
   */
  readonly jacobian?: boolean;
}

const METHODS = ['lbfgs', 'newton', 'proximal'] as const;
const OWN = ['method', 'starts', 'maxIterations', 'tolerance', 'memory', 'standardErrors'];
/** Options of samplers that say nothing to an optimiser. */
export const OF_SAMPLERS = [
  'chains',
  'warmup',
  'draws',
  'thin',
  'targetAcceptance',
  'metric',
  'stepSize',
  'workers',
  'worker',
  'onDraws',
  'keep',
  'until',
  'checkpoint',
];
/** The same, for those whose starts can be climbed from in workers. */
export const NOT_OF_CLIMBS = /*#__PURE__*/ OF_SAMPLERS.filter(
  (name) => name !== 'workers' && name !== 'worker',
);
/** Dimensions up to which standard errors are computed unasked. */
const ERRORS_LIMIT = 1000;

/**
 * The parameters that make the data most likely: argmax Σ log p(data | parameters), priors left out. Bounds are those of
 * the priors' supports; for models without opinions, use `flat()`.
 *
 * @throws TypeError for a density function: it does not say which part of it is the likelihood
 * @throws RangeError, TypeError for options that make no sense
 * @throws PoleError where the likelihood has no maximum because it is infinite somewhere
 * @throws Error when no starting point has a finite density, naming the terms to blame, or all workers died
 */
export async function maximumLikelihood<R extends Ranks>(
  posterior: Samplable<R>,
  options: OptimizeOptions = {},
): Promise<PointEstimate<R>> {
  if (!(posterior instanceof Posterior)) {
    targetOf(posterior);
    throw new TypeError(
      'maximumLikelihood: posterior must be a conditioned model, got a density function, which does not say which ' +
        'part of it is the likelihood; maximumAPosteriori takes it as it is',
    );
  }
  if (!posterior.terms.some(({ role }) => role === 'likelihood')) {
    throw new TypeError('maximumLikelihood: the model observes nothing, so it has no likelihood');
  }
  return maximize('maximumLikelihood', posterior, 'likelihood', options, []);
}

/**
 * The mode of the posterior: argmax log p(data | parameters) + log p(parameters), over the constrained parameters and
 * without Jacobian unless `jacobian` is true. With `normal(0, 1/√λ)` priors ridge regression of penalty (λ/2)‖β‖²; with
 * flat priors maximum likelihood; with `laplace(0, 1/λ)` priors the lasso of penalty λ‖β‖₁, with exact zeros. The parameters of a noncentered prior count as themselves, not as their standard variables.
 *
 * @throws RangeError, TypeError for options that make no sense
 * @throws PoleError where the density is infinite somewhere, as with horseshoe priors at zero
 * @throws Error when no starting point has a finite density, naming the terms to blame, or all workers died
 */
export async function maximumAPosteriori<R extends Ranks>(
  posterior: Samplable<R>,
  options: MaximumAPosterioriOptions = {},
): Promise<PointEstimate<R>> {
  const { jacobian = false } = options;
  if (typeof jacobian !== 'boolean') {
    throw new RangeError(`maximumAPosteriori: jacobian must be true or false, got ${String(jacobian)}`);
  }
  return maximize('maximumAPosteriori', posterior, jacobian ? 'density' : 'posterior', options, ['jacobian']);
}

async function maximize<R extends Ranks>(
  caller: string,
  posterior: Samplable<R>,
  objective: Objective,
  options: OptimizeOptions,
  own: readonly string[],
): Promise<PointEstimate<R>> {
  const began = performance.now();
  const reader = new OptionReader(caller, options, [...OWN, ...own], NOT_OF_CLIMBS);
  const kinks = posterior instanceof Posterior && objective !== 'likelihood' ? laplacePriors(posterior) : [];
  const settings = {
    method: reader.choice('method', kinks.length > 0 ? 'proximal' : 'lbfgs', METHODS),
    starts: reader.integer('starts', 4, 1),
    maxIterations: reader.integer('maxIterations', 2000, 1),
    tolerance: 2 * reader.between('tolerance', 1e-8, 0),
    memory: reader.integer('memory', 10, 1, 1000),
  };
  const common = { ...reader.common(), chains: settings.starts };
  const run = reader.run(common);
  run.signal?.throwIfAborted();
  const { onProgress, standardErrors } = options;
  requireContinuous(caller, posterior);
  const { dimension, layout } = outlineOf(posterior);
  const proximal = settings.method === 'proximal';
  if (proximal && kinks.length === 0) {
    throw new RangeError(
      `${caller}: method 'proximal' is for Laplace priors of known location and scale; there are none`,
    );
  }
  const wantsErrors = !proximal && (standardErrors ?? dimension <= ERRORS_LIMIT);

  const without = proximal ? kinks : [];
  const parts = { products: true, pullback: wantsErrors, without };
  const loaded = await loadObjective(posterior, objective, parts);
  const { instance, target } = loaded;
  const penalties =
    proximal && posterior instanceof Posterior ? await penaltiesOf(posterior, kinks) : undefined;
  const { best, starts } = await climb(caller, loaded, { ...settings, penalties }, common, run, onProgress);
  const values = instance.hasQuantities
    ? instance.call(QUANTITIES, best.position, layout.size)
    : best.position.slice();
  if (best.ending !== 'converged') {
    const pole = poleAt(posterior, best.position, best.gradient, values);
    if (pole) throw new PoleError(caller, pole, objective === 'density');
  }
  let information: Information | undefined;
  if (wantsErrors) {
    information = Information.at(instance, best.position, (rows) => {
      run.signal?.throwIfAborted();
      onProgress?.({ start: 0, phase: 'curvature', iteration: rows, logDensity: best.logDensity });
    });
  }
  const problem =
    best.logDensity === Infinity ? 'the log density is +∞ there' : problemOf(posterior, best, information);
  return new PointEstimate<R>({
    layout,
    objective,
    values,
    position: best.position,
    gradient: best.gradient,
    logDensity: target.kind === 'program' && proximal ? sumOfTerms(loaded, best.position) : best.logDensity,
    problem,
    certainty:
      problem === undefined && information?.isDefinite
        ? certaintyOf(loaded, best.position, information)
        : undefined,
    starts,
    seed: common.seed,
    seconds: (performance.now() - began) / 1000,
  });
}

const QUANTITIES = 1;
const TERMS = 2;

/** The whole log density, of which the optimiser saw only the smooth part. */
function sumOfTerms({ instance, target }: Loaded, position: Float64Array): number {
  const count = target.kind === 'program' ? target.terms.length : 0;
  return instance.call(TERMS, position, count).reduce((sum, term) => sum + term, 0);
}

/** Standard errors of the quantities: lengths of their gradients, whitened by the factor of the information. */
function certaintyOf(
  { instance, target, exact }: Loaded,
  position: Float64Array,
  information: Information,
): Certainty {
  const { dimension } = instance;
  const { size } = target.layout;
  const roots = instance.hasQuantities ? gradientsOf(instance, position, size) : identity(dimension);
  information.whiten(roots);
  const standardErrors = Float64Array.from({ length: size }, (_, k) => {
    let sum = 0;
    for (let i = k * dimension; i < (k + 1) * dimension; i++) sum += roots[i] * roots[i];
    return Math.sqrt(sum);
  });
  return { standardErrors, roots, derivatives: exact ? 'exact' : 'differences' };
}

/** Gradients of all quantities at a position, row by row. */
function gradientsOf(instance: Instance<FullExports>, position: Float64Array, size: number): Float64Array {
  const { dimension, exports } = instance;
  const rows = new Float64Array(size * dimension);
  const block = Math.max(1, Math.min(size, Math.floor((1 << 20) / dimension)));
  const point = exports.allocate(8 * dimension + 32);
  const input = exports.allocate(8 * (dimension + size) + 32);
  instance.view(point, dimension).set(position);
  const pointer = instance.buffer(8 * block * dimension + 32);
  for (let first = 0; first < size; first += block) {
    const count = Math.min(block, size - first);
    exports.quantityGradients(point, size, first, count, pointer, input);
    rows.set(instance.view(pointer, count * dimension), first * dimension);
  }
  return rows;
}

function identity(size: number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) matrix[i * size + i] = 1;
  return matrix;
}
