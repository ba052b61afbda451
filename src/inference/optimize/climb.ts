/** From a loaded objective to its highest point: several starts by L-BFGS or Newton, the best refined by Newton. */

import { type FullExports, fullInstance, type Instance } from '../../backend/wasm';
import { Posterior } from '../../model/posterior';
import type { Target } from '../../target/target';
import { loadFunction } from '../module-function';
import type { RunOptions } from '../options';
import type { Samplable } from '../posterior';
import type { RunSettings } from '../settings';
import { type Outcome, spread } from '../spread';
import { startingPosition } from '../starting-position';
import { startsOf } from '../starts';
import { type AscentTask, TIGHT } from './ascend';
import type { Ascent } from './lbfgs';
import { newton, type NewtonAscent, type Penalties } from './newton';
import { type Objective, objectiveTarget, type Parts } from './objective';
import type { StartReport } from './point-estimate';

/** How the top is looked for. */
export interface ClimbSettings extends Omit<AscentTask, 'kind' | 'from' | 'exact'> {
  readonly starts: number;
}

/** News of an optimiser, between batches of iterations. */
export interface ClimbProgress {
  /** Number of the start, from 0. */
  readonly start: number;
  readonly phase: 'climbing' | 'refining' | 'curvature';
  readonly iteration: number;
  readonly logDensity: number;
}

export interface Loaded {
  readonly posterior: Samplable;
  readonly instance: Instance<FullExports>;
  readonly target: Target;
  /** Whether products of the Hessian are exact. */
  readonly exact: boolean;
}

/** Loads an objective of a posterior; a density function is its own objective. */
export async function loadObjective(
  posterior: Samplable,
  objective: Objective,
  parts: Parts,
): Promise<Loaded> {
  if (posterior instanceof Posterior) {
    const target = objectiveTarget(posterior, objective, parts);
    const instance = await fullInstance(target);
    instance.exports.configureProducts(target.hasProducts ? 1 : 0);
    return { posterior, instance, target, exact: target.hasProducts };
  }
  const { target } = posterior;
  const { dimension } = target;
  const instance = await fullInstance(
    target.kind === 'module' ? { kind: 'function', dimension, density: await loadFunction(target) } : target,
  );
  instance.exports.configureProducts(0);
  return { posterior, instance, target, exact: false };
}

const REFINEMENTS = 40;

export interface Summit {
  readonly best: NewtonAscent;
  readonly starts: readonly StartReport[];
}

/**
 * Climbs from all starts, in workers where that pays, and refines the best; the number of workers changes nothing. What
 * `options.signal` and `onProgress` throw ends it.
 *
 * @param caller whose name errors begin with
 * @throws Error when every start was lost with its worker
 */
export async function climb(
  caller: string,
  { posterior, instance, target, exact }: Loaded,
  settings: ClimbSettings,
  common: Omit<RunSettings, 'algorithm'>,
  options: Pick<RunOptions, 'initial' | 'signal' | 'workers' | 'worker'>,
  onProgress: ((progress: ClimbProgress) => void) | undefined,
): Promise<Summit> {
  const { penalties, starts: count, ...how } = settings;
  const { seed, radius } = common;
  const tasks = (await startsOf(posterior, options.initial, seed, count)).map((start, stream): AscentTask => {
    const from = startingPosition(instance, target, { seed, stream, radius, start });
    return { kind: 'ascent', ...how, penalties, exact, from };
  });
  const tell = (start: number, phase: ClimbProgress['phase'], iteration: number, logDensity: number): void =>
    onProgress?.({ start, phase, iteration, logDensity });
  const site = { caller, word: 'start', instance, target, options } as const;
  const outcomes = await spread<AscentTask>(site, tasks, {
    news: (start, { iteration, logDensity }) => tell(start, 'climbing', iteration, logDensity),
  });
  const height = (outcome: Outcome<Ascent>): number =>
    'result' in outcome
      ? outcome.result.logDensity - penaltyAt(outcome.result.position, penalties)
      : -Infinity;
  const reached = outcomes.map((_, k) => k).filter((k) => 'result' in outcomes[k]);
  const [highest] = reached.sort((a, b) => height(outcomes[b]) - height(outcomes[a]));
  const summit = outcomes[highest] as { result: Ascent };
  instance.tolerant = true;
  const best = newton(instance, summit.result.position, {
    tolerance: TIGHT,
    maxIterations: REFINEMENTS,
    penalties,
    onBatch: (iteration, logDensity) => {
      options.signal?.throwIfAborted();
      tell(highest, 'refining', iteration, logDensity);
    },
  });
  instance.tolerant = false;
  return { best, starts: outcomes.map(reportOf) };
}

function reportOf(outcome: Outcome<Ascent>): StartReport {
  if ('failure' in outcome) {
    return { logDensity: -Infinity, ending: 'lost', iterations: 0, evaluations: 0, failure: outcome.failure };
  }
  const { logDensity, ending, iterations, evaluations } = outcome.result;
  return { logDensity, ending, iterations, evaluations };
}

/** Σ λᵢ|xᵢ − cᵢ| */
function penaltyAt(position: Float64Array, penalties: Penalties | undefined): number {
  if (penalties === undefined) return 0;
  const { weights, centres } = penalties;
  return position.reduce((sum, x, i) => sum + weights[i] * Math.abs(x - centres[i]), 0);
}
