/** Pathfinder: Gaussian approximations along the way of an optimiser, fast starting points and a first look. */

import { Approximation, evaluateDraws } from '../approximation';
import { requireContinuous } from '../continuous';
import { NOT_OF_CLIMBS } from '../optimize/maximize';
import { OptionReader, type SamplerOptions } from '../options';
import type { Ranks, Samplable } from '../posterior';
import { resample } from '../resampling';
import { spread } from '../spread';
import { startingPosition } from '../starting-position';
import { type Initial, startsOf } from '../starts';
import { instanceOf } from '../variational/instance';
import { PathfinderApproximation, type PathfinderSettings } from './approximation';
import { mixtureLogDensities, type PathOutcome, PathNormal, type PathTask } from './path';

/** News of the paths. */
export interface PathfinderProgress {
  /** Paths that are done, of `total`. */
  readonly paths: number;
  readonly total: number;
  /** The highest bound so far. */
  readonly elbo: number;
}

export interface PathfinderOptions {
  /** Paths, each from a start of its own; default 4. */
  readonly paths?: number;
  /** Draws of the result, taken by importance from as many of each path; default 1000. */
  readonly draws?: number;
  /** Pairs of steps and gradient differences that the inverse Hessian is made of; default 6. */
  readonly history?: number;
  /** Iterations of the optimiser on each path; default 1000. */
  readonly maxIterations?: number;
  /** Draws by which the bound of each point is estimated; default 25. */
  readonly elboDraws?: number;
  /** Integer in [0, 2⁵³): the same seed gives the same draws, on every machine. By default a fresh one. */
  readonly seed?: number;
  /**
   * Starting values by parameter name, on the model's own scale; an array gives each path its own; 'prior' draws all from
   * the prior.
   */
  readonly initial?: Initial;
  /** Starting points are drawn from uniform[−radius, radius) in each unconstrained dimension; default 2. */
  readonly radius?: number;
  /**
   * Threads besides the calling one, each of which follows one path at a time. 0: none; 'auto' (default): as many as there
   * are processors, for what is not done after a tenth of a second. The draws are the same.
   */
  readonly workers?: 'auto' | number;
  /** Makes a worker, as for samplers. */
  readonly worker?: SamplerOptions['worker'];
  /** Ends the run early: the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: PathfinderProgress) => void;
}

/**
 * Approximates a posterior by the best Gaussians on the ways of an optimiser from several starts (multi-path Pathfinder,
 * Zhang, Carpenter, Gelman & Vehtari 2022), whose draws are resampled with Pareto-smoothed importance weights, relative to
 * the mixture of all paths. The same seed gives the same draws on every machine.
 *
 * @param posterior a conditioned model, or what `fromFunction` or `fromModule` returns
 * @throws RangeError, TypeError for options that make no sense
 * @throws Error when no starting point has a finite log density, naming the terms to blame, or no path a usable Gaussian
 */
export async function pathfinder<R extends Ranks>(
  posterior: Samplable<R>,
  options: PathfinderOptions = {},
): Promise<PathfinderApproximation<R>> {
  const began = performance.now();
  const { settings, run } = read(options);
  run.signal?.throwIfAborted();
  requireContinuous('pathfinder', posterior);
  const { target } = posterior;
  const { layout, dimension } = target;
  const { paths, draws, seed, radius } = settings;
  const instance = await instanceOf(target);
  const starts = await startsOf(posterior, run.initial, seed, paths);
  const tasks = starts.map((start, path): PathTask => {
    const from = startingPosition(instance, target, { seed, stream: 2 * path, radius, start });
    return { kind: 'path', ...settings, from, stream: 2 * path + 1 };
  });
  let done = 0;
  let highest = -Infinity;
  const outcomes = await spread<PathTask>(
    { caller: 'pathfinder', word: 'path', instance, target, options: run },
    tasks,
    {
      done: (_, path) => {
        done++;
        if ('result' in path && path.result) highest = Math.max(highest, path.result.outcome.elbo);
        options.onProgress?.({ paths: done, total: paths, elbo: highest });
      },
    },
  );
  const saved = outcomes.flatMap((path) => ('result' in path && path.result ? [path.result] : []));
  const found = saved.map((path) => PathNormal.load(instance, settings, path));
  if (found.length === 0) {
    throw new Error(
      'pathfinder: on none of the paths is there a Gaussian whose draws have finite log densities',
    );
  }
  instance.tolerant = true;
  const positions = joined(found.map((normal) => normal.draws(draws)));
  const candidates = new Approximation<R>({
    ...evaluateDraws(instance, layout, positions),
    // Draws of one path that another covers better are not overrated.
    logApproximations: mixtureLogDensities(instance, found, positions),
  });
  const ratios = candidates.logDensities.map((value, draw) => value - candidates.logApproximations[draw]);
  const chosen = resample(instance, ratios, draws, seed);
  const rows = new Float64Array(draws * dimension);
  chosen.forEach((draw, i) =>
    rows.set(candidates.positions.subarray(draw * dimension, (draw + 1) * dimension), i * dimension),
  );
  return new PathfinderApproximation<R>(
    {
      ...evaluateDraws(instance, layout, rows),
      logApproximations: Float64Array.from(chosen, (draw) => candidates.logApproximations[draw]),
    },
    candidates,
    outcomes.flatMap((outcome, path) =>
      'failure' in outcome ? [lostPath(path, outcome.failure)] : (outcome.result?.outcome ?? []),
    ),
    settings,
    (performance.now() - began) / 1000,
  );
}

function lostPath(path: number, failure: string): PathOutcome {
  return { elbo: -Infinity, iterations: 0, best: -1, evaluations: 0, ending: 'lost', failure, path };
}

function read(options: PathfinderOptions) {
  const reader = new OptionReader(
    'pathfinder',
    options,
    ['paths', 'history', 'maxIterations', 'elboDraws'],
    NOT_OF_CLIMBS.filter((name) => name !== 'draws'),
  );
  const common = reader.common();
  const paths = reader.integer('paths', 4, 1);
  const run = reader.run({ ...common, chains: paths });
  const settings: PathfinderSettings = {
    paths,
    draws: reader.integer('draws', 1000, 1),
    history: reader.integer('history', 6, 1, 100),
    maxIterations: reader.integer('maxIterations', 1000, 1),
    elboDraws: reader.integer('elboDraws', 25, 1),
    seed: common.seed,
    radius: common.radius,
  };
  return { settings, run };
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
