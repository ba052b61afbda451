/** Variational inference: the closest approximation of a posterior within a family. */

import type { FullExports, Instance } from '../../backend/wasm';
import { Posterior } from '../../model';
import type { ProgramTarget, Target } from '../../target/target';
import { type ApproximateDraws, evaluateDraws } from '../approximation';
import { type Ranks, type Samplable, targetOf } from '../posterior';
import type { Start } from '../start';
import { startsOf } from '../starts';
import { type UnconstrainedShape, VariationalApproximation } from './approximation';
import { divergenceFromPrior } from './closed-divergence';
import { elboOf } from './estimate';
import { fitExpression } from './expression';
import { flowTransformation } from './flow/flow';
import { type Fitted, fitGaussian } from './gaussian';
import { discreteMeanField } from './discrete/mean-field';
import { requireDiscreteFamily } from './discrete/refusal';
import { discreteStart } from './discrete/start';
import { instanceOf } from './instance';
import { type Guide, guideTransformation } from './guide/guide';
import { Batches } from './minibatch/batches';
import { batchTarget, type BatchTarget } from './minibatch/target';
import { densityAnywhere, objectiveOf, type Transformation } from './objective';
import { readVariational, type VariationalOptions, type VariationalSettings } from './settings';
import { startingPosition } from '../starting-position';
import type { Wishes } from './watch';

/** Stream of the generator for the draws of the result. */
const RESULT_STREAM = 2;
/** Stream for the starting point of a model with discrete parameters. */
const START_STREAM = 3;
const LOG_LIKELIHOOD = 4;

/**
 * Approximates a posterior by the member q of a family that minimises KL(q ‖ posterior), that is, maximises the evidence
 * lower bound. Steps are taken inside WebAssembly; step size and end are found by the run itself. The same seed gives
 * the same draws on every machine.
 *
 * @param posterior a conditioned model, or what `fromFunction` or `fromModule` returns
 * @throws RangeError, TypeError for options that make no sense
 * @throws Error when no starting point has a finite log density, naming the terms to blame
 * @throws the abort signal's reason
 */
export async function variational<R extends Ranks>(
  posterior: Samplable<R>,
  options: VariationalOptions<R> = {},
): Promise<VariationalApproximation<R>> {
  const began = performance.now();
  const target = separableTarget(posterior);
  const { settings, signal } = readVariational(options, target.dimension, target.layout.size);
  requireDiscreteFamily(target, settings);
  signal?.throwIfAborted();
  const wishes: Wishes = {
    signal,
    onProgress: options.onProgress,
    onState: options.onState,
    resume: options.resume,
  };
  const instance = await instanceOf(target);
  const { fitted, draws, shape, earlier } = await outcomeOf(
    instance,
    target,
    posterior,
    settings,
    wishes,
    options,
  );
  const { optimisation, schedule } = fitted;
  return new VariationalApproximation<R>(
    draws,
    {
      settings,
      elbo: elboOf(
        {
          logDensity: draws.logDensities,
          logApproximation: draws.logApproximations,
          ...(tempered(target) && { logLikelihood: logLikelihoods(instance, draws.positions) }),
        },
        await closedDivergence(posterior, shape, instance),
      ),
      trace: { ...schedule.trace, rows: settings.minibatch ? 'batches' : 'all' },
      stages: schedule.stages,
      converged: schedule.converged,
      iterations: optimisation.iteration + (earlier?.optimisation.iteration ?? 0),
      gradientEvaluations: optimisation.evaluations + (earlier?.optimisation.evaluations ?? 0),
      nonFinite: optimisation.nonFinite + (earlier?.optimisation.nonFinite ?? 0),
      seconds: (performance.now() - began) / 1000,
      shape,
    },
    instance,
  );
}

/** What a family comes to. */
interface Outcome {
  readonly fitted: Fitted;
  readonly draws: ApproximateDraws;
  readonly shape: UnconstrainedShape;
  /** What it started from. */
  readonly earlier?: Fitted;
}

async function outcomeOf<R extends Ranks>(
  instance: Instance<FullExports>,
  target: Target,
  posterior: Samplable<R>,
  settings: VariationalSettings,
  wishes: Wishes,
  { initial, guide }: VariationalOptions<R>,
): Promise<Outcome> {
  if (guide !== undefined) {
    const whole = modelOf(posterior, 'a guide');
    // The scope's names are checked as the guide draws them.
    const transformation = guideTransformation(whole, guide as Guide);
    return expression(instance, target, whole, transformation, settings, wishes);
  }
  const { minibatch } = settings;
  const chosen = minibatch && batchTarget(modelOf(posterior, 'minibatch'), minibatch);
  const [start] = await startsOf(posterior, initial, settings.seed, 1);
  if (posterior instanceof Posterior && posterior.discrete.length > 0) {
    const from = startingPosition(instance, target, { ...settings, stream: START_STREAM, start });
    const near = discreteStart(instance, posterior, from, typeof initial === 'object');
    const transformation = discreteMeanField(posterior, near, (x) => instance.exports.log(x));
    return expression(instance, target, posterior, transformation, settings, wishes);
  }
  if (settings.family === 'flow') {
    return flow(instance, target, modelOf(posterior, "family 'flow'"), settings, wishes, start);
  }
  return gaussian(instance, target, settings, wishes, start, chosen);
}

/** The posterior as expressions. */
function modelOf(posterior: Samplable, what: string): Posterior {
  if (posterior instanceof Posterior) return posterior;
  throw new TypeError(`variational: ${what} needs a conditioned model, got a function of the host`);
}

async function gaussian(
  instance: Instance<FullExports>,
  target: Target,
  settings: VariationalSettings,
  wishes: Wishes,
  start: Start,
  chosen: BatchTarget | undefined,
): Promise<Outcome> {
  const batches = chosen && (await Batches.load(chosen, instance));
  const fitted = await fitGaussian(instance, target, settings, wishes, start, batches);
  const { optimisation } = fitted;
  const { rows, logs } = optimisation.draws(RESULT_STREAM, settings.draws, target.dimension);
  return {
    fitted,
    draws: { ...evaluateDraws(instance, target.layout, rows), logApproximations: logs },
    shape: {
      logDensity: (position) => optimisation.logDensity(position),
      location: optimisation.vector(0),
      covariance: () => optimisation.covariance(),
    },
  };
}

async function flow(
  instance: Instance<FullExports>,
  target: Target,
  posterior: Posterior,
  settings: VariationalSettings,
  wishes: Wishes,
  start: Start,
): Promise<Outcome> {
  const { dimension } = target;
  // The Gaussian is found anew when a run is taken up again: the same one.
  const apart = { ...wishes, onState: undefined, resume: undefined };
  const earlier = await fitGaussian(
    instance,
    target,
    { ...settings, family: 'full-rank', gradient: 'sticking-the-landing', stepSize: 0 },
    apart,
    start,
  );
  const factor = new Float64Array(dimension * dimension);
  for (let i = 0; i < dimension; i++) factor.set(earlier.optimisation.vector(1 + i), i * dimension);
  const base = { location: earlier.optimisation.vector(0), factor };
  const transformation = flowTransformation(posterior, base, settings.flow!);
  return { ...(await expression(instance, target, posterior, transformation, settings, wishes)), earlier };
}

/** Climbs the bound of an approximation that is an expression, and draws from it. */
async function expression(
  instance: Instance<FullExports>,
  { dimension, layout }: Target,
  posterior: Posterior,
  transformation: Transformation,
  settings: VariationalSettings,
  wishes: Wishes,
): Promise<Outcome> {
  const landing = settings.gradient === 'sticking-the-landing';
  const fitted = await fitExpression(objectiveOf(posterior, transformation, landing), settings, wishes);
  const width = dimension + 1;
  const { rows, logs } = fitted.optimisation.draws(RESULT_STREAM, settings.draws, width);
  const positions = new Float64Array(settings.draws * dimension);
  const logApproximations = logs.map((ofNoise, draw) => {
    positions.set(rows.subarray(draw * width, draw * width + dimension), draw * dimension);
    return ofNoise - rows[draw * width + dimension];
  });
  const outside = positions.filter(Number.isNaN).length;
  if (settings.family === 'guide' && outside > 0) {
    throw new RangeError(
      `guide: ${outside} of ${positions.length} drawn values lie outside the support of their parameter; draw ` +
        'each from a distribution on that support, such as logNormal for positive ones',
    );
  }
  return {
    fitted,
    draws: { ...evaluateDraws(instance, layout, positions), logApproximations },
    shape: {
      logDensity: await densityAnywhere(posterior, transformation, fitted.optimisation.vector(0)),
    },
  };
}

/** The target whose likelihood can be told apart, where there is one. */
function separableTarget(posterior: Samplable & { readonly temperedTarget?: ProgramTarget }): Target {
  return posterior.temperedTarget ?? targetOf(posterior);
}

function tempered(target: Target): boolean {
  return target.kind === 'program' && target.slots !== undefined;
}

async function closedDivergence(
  posterior: Samplable,
  { location, covariance }: UnconstrainedShape,
  { exports }: Instance<FullExports>,
): Promise<number | undefined> {
  if (!(posterior instanceof Posterior) || location === undefined) return undefined;
  return divergenceFromPrior(posterior, location, covariance!, (x) => exports.log(x));
}

function logLikelihoods(instance: Instance<FullExports>, positions: Float64Array): Float64Array {
  const { dimension } = instance;
  return Float64Array.from({ length: positions.length / dimension }, (_, draw) =>
    instance.value(LOG_LIKELIHOOD, positions.subarray(draw * dimension, (draw + 1) * dimension)),
  );
}
