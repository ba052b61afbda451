/** Variational inference: the closest approximation of a posterior within a family. */

import type { ProgramTarget, Target } from '../../target/target';
import { evaluateDraws } from '../approximation';
import { followPath } from '../pathfinder/path';
import type { Ranks, Samplable } from '../posterior';
import { VariationalApproximation } from './approximation';
import { elboOf } from './estimate';
import { type Family, FULL_RANK, LOW_RANK, MEAN_FIELD, ONLINE_NEWTON } from './family';
import { instanceOf } from './instance';
import { Optimisation } from './optimisation';
import { BEGINNING, follow, type ScheduleState } from './schedule';
import { readVariational, type VariationalOptions, type VariationalSettings } from './settings';
import { startingPosition } from './start';

/** A run between two stages: plain data, fit for a file. */
export interface VariationalState {
  readonly settings: VariationalSettings;
  readonly schedule: ScheduleState;
  /** The optimisation inside the module. */
  readonly optimisation: Uint8Array;
}

/** Stream of the generator for the draws of the result. */
const RESULT_STREAM = 2;
/** A path of Pathfinder from a random start tells where to begin, and how wide. */
const START = { history: 6, maxIterations: 200, elboDraws: 10 };
const START_STREAM = 4;
const LEAST_DEVIATION = 1e-10;
/** Draws by which two stages are compared, fewer in very many dimensions. */
const COMPARISON_DRAWS = 1000;
const COMPARISON_WORK = 1e8;

/**
 * Approximates a posterior by the member q of a family that minimises KL(q ‖ posterior), that is, maximises the evidence
 * lower bound. Steps are taken inside WebAssembly, with natural gradients; step size and end are found by the run
 * itself. The same seed gives the same draws on every machine.
 *
 * @param posterior a conditioned model, or what `fromFunction` or `fromModule` returns
 * @throws RangeError, TypeError for options that make no sense
 * @throws Error when no starting point has a finite log density, naming the terms to blame
 * @throws the abort signal's reason
 */
export async function variational<R extends Ranks>(
  posterior: Samplable<R>,
  options: VariationalOptions = {},
): Promise<VariationalApproximation<R>> {
  const began = performance.now();
  const target = targetOf(posterior);
  const { settings, signal } = readVariational(options, target.dimension, target.layout.size);
  signal?.throwIfAborted();
  const instance = await instanceOf(target);
  const family = familyOf(settings);
  const optimisation = new Optimisation(instance, {
    family,
    drawsPerStep: settings.drawsPerStep,
    seed: settings.seed,
    landing: settings.gradient === 'sticking-the-landing',
  });
  const { resume, onState, onProgress } = options;
  const { dimension } = target;
  if (resume === undefined) {
    const { initial } = options;
    const { seed, radius } = settings;
    const position = startingPosition(instance, target, { seed, stream: START_STREAM - 1, radius, initial });
    instance.tolerant = true;
    const path = followPath(instance, position, { ...START, seed }, START_STREAM);
    const { location, deviations } = path?.moments() ?? { location: position, deviations: ones(dimension) };
    optimisation.begin(firstVectors(family, location, deviations, (x) => instance.exports.log(x)));
  } else {
    checkSame(settings, resume.settings);
    optimisation.load(resume.optimisation);
  }
  instance.tolerant = true;
  const schedule = await follow(
    optimisation,
    {
      stepSize: settings.stepSize || suitableStep(settings, dimension),
      maxIterations: settings.maxIterations,
      tolerance: settings.tolerance,
      precision: settings.precision,
      leastIterations: 200,
      mostIterations: 10_000,
      comparisonDraws: Math.max(100, Math.min(COMPARISON_DRAWS, Math.floor(COMPARISON_WORK / dimension))),
    },
    {
      signal,
      onProgress,
      onStage:
        onState && ((state) => onState({ settings, schedule: state, optimisation: optimisation.save() })),
    },
    resume?.schedule ?? BEGINNING,
  );

  const { draws } = settings;
  const terms = optimisation.terms(RESULT_STREAM, draws, tempered(target));
  const { rows: positions, logs } = optimisation.draws(RESULT_STREAM, draws, dimension);
  return new VariationalApproximation<R>(
    { ...evaluateDraws(instance, target.layout, positions), logApproximations: logs },
    {
      settings,
      elbo: elboOf(terms),
      trace: schedule.trace,
      stages: schedule.stages,
      converged: schedule.converged,
      iterations: optimisation.iteration,
      gradientEvaluations: optimisation.evaluations,
      failures: optimisation.failures,
      seconds: (performance.now() - began) / 1000,
      shape: {
        logDensity: (position) => optimisation.logDensity(position),
        location: optimisation.vector(0),
        covariance: () => optimisation.covariance(),
      },
    },
    instance,
  );
}

/** The target whose likelihood can be told apart, where there is one. */
function targetOf(posterior: Samplable & { readonly temperedTarget?: ProgramTarget }): Target {
  return posterior.temperedTarget ?? posterior.target;
}

function tempered(target: Target): boolean {
  return target.kind === 'program' && target.slots !== undefined;
}

function familyOf({ family, update, rank }: VariationalSettings): Family {
  switch (family) {
    case 'full-rank':
      return { code: FULL_RANK, rank: 0, noise: 0 };
    case 'low-rank':
      return { code: LOW_RANK, rank, noise: 0 };
    default:
      return { code: update === 'natural' ? MEAN_FIELD : ONLINE_NEWTON, rank: 0, noise: 0 };
  }
}

/** Independent Gaussians. */
function firstVectors(
  { code }: Family,
  location: Float64Array,
  deviations: Float64Array,
  log: (x: number) => number,
): Float64Array[] {
  const positive = deviations.map((sd) => Math.max(sd, LEAST_DEVIATION));
  if (code !== FULL_RANK) return [location, positive.map(log)];
  return [location, ...Array.from(positive, (sd, i) => Float64Array.of(...new Float64Array(i), sd))];
}

function ones(length: number): Float64Array {
  return new Float64Array(length).fill(1);
}

/** Natural gradients are stable below about 2/(1 + d/S) with S draws; Adam's steps are in standard deviations. */
function suitableStep({ family, drawsPerStep }: VariationalSettings, dimension: number): number {
  switch (family) {
    case 'full-rank':
      return drawsPerStep / (drawsPerStep + dimension);
    case 'low-rank':
      return 0.1;
    default:
      return 0.25;
  }
}

function checkSame(settings: VariationalSettings, saved: VariationalSettings): void {
  for (const name of Object.keys(settings) as (keyof VariationalSettings)[]) {
    if (name === 'draws' || name === 'maxIterations' || settings[name] === saved[name]) continue;
    throw new RangeError(
      `variational: resume is a state of a run with ${name} ${saved[name]}, this one has ${settings[name]}`,
    );
  }
}
