/** From a loaded objective to its highest point: several starts by L-BFGS or Newton, the best refined by Newton. */

import { type FullExports, fullInstance, type Instance } from '../../backend/wasm';
import { Posterior } from '../../model/posterior';
import type { Target } from '../../target/target';
import { loadFunction } from '../module-function';
import type { RunOptions } from '../options';
import type { Samplable } from '../posterior';
import type { RunSettings } from '../settings';
import { type Ascent, lbfgs } from './lbfgs';
import { newton, type NewtonAscent, type Penalties } from './newton';
import { type Objective, objectiveTarget, type Parts } from './objective';
import type { StartReport } from './point-estimate';
import { startsOf } from './start';

/** How the top is looked for. */
export interface ClimbSettings {
  readonly method: 'lbfgs' | 'newton' | 'proximal';
  readonly starts: number;
  readonly maxIterations: number;
  /** Gain in log density that L-BFGS leaves to be had before Newton takes over. */
  readonly tolerance: number;
  /** Pairs that L-BFGS keeps. */
  readonly memory: number;
  /** Of the proximal method. */
  readonly penalties?: Penalties | undefined;
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
    return { instance, target, exact: target.hasProducts };
  }
  const { target } = posterior;
  const { dimension } = target;
  const instance = await fullInstance(
    target.kind === 'module' ? { kind: 'function', dimension, density: await loadFunction(target) } : target,
  );
  instance.exports.configureProducts(0);
  return { instance, target, exact: false };
}

/** Newton's last word: a step no longer than this relative to the coordinates is at the limit of f64. */
const TIGHT = 1e-11;
const REFINEMENTS = 40;

export interface Summit {
  readonly best: NewtonAscent;
  readonly starts: readonly StartReport[];
}

/** Climbs from all starts and refines the best. What `options.signal` and `onProgress` throw ends it. */
export function climb(
  { instance, target }: Loaded,
  settings: ClimbSettings,
  common: Omit<RunSettings, 'algorithm'>,
  options: Pick<RunOptions, 'initial' | 'signal'>,
  onProgress: ((progress: ClimbProgress) => void) | undefined,
): Summit {
  const { maxIterations, memory, penalties, tolerance } = settings;
  const points = startsOf(instance, target, common);
  const tell =
    (start: number, phase: ClimbProgress['phase']) =>
    (iteration: number, logDensity: number): void => {
      options.signal?.throwIfAborted();
      onProgress?.({ start, phase, iteration, logDensity });
    };
  const ascents = Array.from({ length: settings.starts }, (_, start): Ascent => {
    const initial = Array.isArray(options.initial) ? options.initial[start] : options.initial;
    const from = points.next(start, initial);
    instance.tolerant = true;
    const onBatch = tell(start, 'climbing');
    const ascent =
      settings.method === 'lbfgs'
        ? lbfgs(instance, from, { memory, tolerance, maxIterations, onBatch })
        : newton(instance, from, { tolerance: TIGHT, maxIterations, penalties, onBatch });
    instance.tolerant = false;
    return ascent;
  });
  const height = ({ logDensity, position }: Ascent): number => logDensity - penaltyAt(position, penalties);
  const order = ascents.map((_, k) => k).sort((a, b) => height(ascents[b]) - height(ascents[a]));
  instance.tolerant = true;
  const best = newton(instance, ascents[order[0]].position, {
    tolerance: TIGHT,
    maxIterations: REFINEMENTS,
    penalties,
    onBatch: tell(order[0], 'refining'),
  });
  instance.tolerant = false;
  const starts = ascents.map(({ logDensity, ending, iterations, evaluations }): StartReport => ({
    logDensity,
    ending,
    iterations,
    evaluations,
  }));
  return { best, starts };
}

/** Σ λᵢ|xᵢ − cᵢ| */
function penaltyAt(position: Float64Array, penalties: Penalties | undefined): number {
  if (penalties === undefined) return 0;
  const { weights, centres } = penalties;
  return position.reduce((sum, x, i) => sum + weights[i] * Math.abs(x - centres[i]), 0);
}
