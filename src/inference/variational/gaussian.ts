/** Fits a Gaussian family to a density inside the module. */

import type { FullExports, Instance } from '../../backend/wasm';
import type { Target } from '../../target/target';
import { followPath } from '../pathfinder/path';
import type { Start } from '../start';
import { startingPosition } from '../starting-position';
import { type Family, FULL_RANK, LOW_RANK, MEAN_FIELD, ONLINE_NEWTON } from './family';
import type { Batches } from './minibatch/batches';
import { Optimisation } from './optimisation';
import { BEGINNING, follow, type ScheduleState } from './schedule';
import type { VariationalSettings } from './settings';
import { resumeFrom, watchOf, type Wishes } from './watch';

/** An optimisation that has come to its end. */
export interface Fitted {
  readonly optimisation: Optimisation;
  readonly schedule: ScheduleState;
}

/** A path of Pathfinder from a random start tells where to begin, and how wide. */
const START = { history: 6, maxIterations: 200, elboDraws: 10 };
const START_STREAM = 4;
/** Unknowns beyond which the record of a path takes too much memory. */
const LARGEST_PATH = 50_000;
const LEAST_DEVIATION = 1e-10;
/** Draws by which two stages are compared, fewer in very many dimensions. */
const COMPARISON_DRAWS = 1000;
const COMPARISON_WORK = 1e8;

export async function fitGaussian(
  instance: Instance<FullExports>,
  target: Target,
  settings: VariationalSettings,
  wishes: Wishes,
  start: Start,
  batches?: Batches,
): Promise<Fitted> {
  const { dimension } = target;
  const { seed, radius } = settings;
  const family = familyOf(settings);
  const optimisation = new Optimisation(batches?.instance ?? instance, {
    family,
    drawsPerStep: settings.drawsPerStep,
    seed,
    landing: settings.gradient === 'sticking-the-landing',
    batches,
  });
  if (wishes.resume === undefined) {
    const position = startingPosition(instance, target, { seed, stream: START_STREAM - 1, radius, start });
    instance.tolerant = true;
    const path =
      dimension > LARGEST_PATH ? undefined : followPath(instance, position, { ...START, seed }, START_STREAM);
    const { location, deviations } = path?.moments() ?? { location: position, deviations: ones(dimension) };
    optimisation.begin(firstVectors(family, location, deviations, (x) => instance.exports.log(x)));
  } else {
    resumeFrom(wishes.resume, settings, optimisation);
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
    watchOf(wishes, settings, optimisation),
    wishes.resume?.schedule ?? BEGINNING,
  );
  return { optimisation, schedule };
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
