/**
 * When to stop: optimisation at a fixed step size until its iterates are stationary (R-hat), then averaging them until
 * the Monte Carlo error of the average is small; then again at half the step size, until that no longer raises the bound
 * (Dhaka et al. 2020; Welandawe, Andersen, Vehtari & Huggins 2022). What they compare by a symmetrised divergence between
 * Gaussians is compared here by the bound itself, under common random numbers, so that one rule serves every family.
 */

import { breathe } from '../breathe';
import { Pace } from '../pace';
import { isStationary, largestError, momentsOf, type Records } from './convergence';
import { type Estimate, estimate, logRatios } from './estimate';
import { type Optimisation, RECORD_EVERY } from './optimisation';

/** Iterations between two looks at the convergence of the iterates. */
const CHECK_EVERY = 100;
/** Share of the first step size below which there is nothing to be gained. */
const LEAST_SHARE = 1 / 4096;
/** Iterations of a phase until batches are anchored anew; then whenever it has become twice as long. */
const FIRST_ANCHOR = 50;
/** Stream of the draws by which stages are compared. */
const COMPARISON_STREAM = 1;
/** Steps in a row without a finite density that end a run. */
const MOST_BARREN = 200;

export interface ScheduleSettings {
  /** First step size; halved from stage to stage. */
  readonly stepSize: number;
  readonly maxIterations: number;
  /** Stops once half the step size raises the bound by no more than this, or than its error; in nats. */
  readonly tolerance: number;
  /** Monte Carlo error of averages, in the approximation's standard deviations. */
  readonly precision: number;
  /** Iterations that a stage has at least, and at most before it averages whatever it has. */
  readonly leastIterations: number;
  readonly mostIterations: number;
  /** Draws by which stages are compared. */
  readonly comparisonDraws: number;
}

/** A stage at one step size. */
export interface Stage {
  readonly stepSize: number;
  /** Iterations made when it ended. */
  readonly iteration: number;
  /** Whether the iterates became stationary, and their average as precise as wanted, before the iterations ran out. */
  readonly stationary: boolean;
  readonly precise: boolean;
  /** The bound at the average; where steps see batches of rows, an estimate on batches, the same ones in every stage. */
  readonly elbo: number;
  /** By how much it rose since the best stage before, under the same draws, and the error of that; absent in the first. */
  readonly gain?: Estimate;
  /** Whether the bound fell, so that the parameters of before were taken again. */
  readonly reverted: boolean;
}

/** News of an optimisation, some 15 ms apart. */
export interface VariationalProgress {
  readonly iteration: number;
  readonly maxIterations: number;
  readonly stage: number;
  readonly stepSize: number;
  /** Mean of the bound's estimates in the latest iterations. */
  readonly elbo: number;
}

/** The estimates of the bound along the way. */
export interface Trace {
  readonly iteration: readonly number[];
  readonly elbo: readonly number[];
}

/** What a schedule remembers besides the optimisation; it ends between two stages. */
export interface ScheduleState {
  readonly stages: readonly Stage[];
  readonly trace: Trace;
  /** The ratios of the best stage's comparison. */
  readonly ratios: readonly number[];
  readonly converged: boolean;
}

export const BEGINNING: ScheduleState = {
  stages: [],
  trace: { iteration: [], elbo: [] },
  ratios: [],
  converged: false,
};

export interface Watch {
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((progress: VariationalProgress) => void) | undefined;
  /** Called at the end of each stage. */
  readonly onStage: ((state: ScheduleState) => void) | undefined;
}

/**
 * Runs stage after stage; the optimisation ends at the last stage's average.
 *
 * @throws the signal's reason when aborted; Error where no draw has a finite density
 */
export async function follow(
  optimisation: Optimisation,
  settings: ScheduleSettings,
  watch: Watch,
  from: ScheduleState = BEGINNING,
): Promise<ScheduleState> {
  const stages = [...from.stages];
  const trace = { iteration: [...from.trace.iteration], elbo: [...from.trace.elbo] };
  let { ratios, converged } = from;
  const pace = new Pace();

  /** A number of iterations, in batches that leave the page alive. */
  const advance = async (records: Recorder, iterations: number): Promise<void> => {
    const end = optimisation.iteration + iterations;
    while (optimisation.iteration < end) {
      const before = optimisation.evaluations;
      const start = performance.now();
      const made = optimisation.advance(end - optimisation.iteration, pace.gradients);
      pace.update(optimisation.evaluations - before, (performance.now() - start) / 1000);
      records.add(made);
      for (let row = 0; row < made.rows; row++) {
        trace.iteration.push((trace.iteration.at(-1) ?? 0) + RECORD_EVERY);
        trace.elbo.push(made.values[row * made.width]);
      }
      if (optimisation.barren >= MOST_BARREN) {
        throw new Error(
          'variational: no draw of the approximation has a finite log density, however narrow it is made; ' +
            'give starting values with the option initial, or check priors and data',
        );
      }
      watch.onProgress?.({
        iteration: optimisation.iteration,
        maxIterations: settings.maxIterations,
        stage: stages.length,
        stepSize: nextStep(stages, settings, optimisation.width > 1),
        elbo: trace.elbo.at(-1) ?? NaN,
      });
      await breathe();
      watch.signal?.throwIfAborted();
    }
  };

  while (!converged && optimisation.iteration < settings.maxIterations) {
    const stepSize = nextStep(stages, settings, optimisation.width > 1);
    const before = stages.length > 0 ? optimisation.parameterBytes() : undefined;
    if (stepSize < settings.stepSize * LEAST_SHARE) break;
    optimisation.rate = stepSize;
    const limit = Math.min(settings.mostIterations, settings.maxIterations - optimisation.iteration);
    const stationary = await until(optimisation, settings.leastIterations, limit, advance, (records) =>
      settled(optimisation, records, settings),
    );
    optimisation.beginAverage();
    const rest = Math.min(settings.mostIterations, settings.maxIterations - optimisation.iteration);
    const precise = await until(optimisation, settings.leastIterations, rest, advance, (records) =>
      known(optimisation, records, settings),
    );
    optimisation.adoptAverage();
    optimisation.anchor();
    const latest = logRatios(optimisation.terms(COMPARISON_STREAM, settings.comparisonDraws, false));
    const gain = stages.length > 0 ? gainOf(latest, ratios) : undefined;
    const halved = stages.length > 0 && stepSize < stages[stages.length - 1].stepSize;
    const reverted = gain !== undefined && !(gain.value >= -Math.max(settings.tolerance, 2 * gain.error));
    stages.push({
      stepSize,
      iteration: optimisation.iteration,
      stationary,
      precise,
      elbo: estimate(latest).value,
      ...(gain && { gain }),
      reverted,
    });
    converged = halved && stationary && precise && isSmall(gain!, settings.tolerance);
    if (reverted) optimisation.replaceParameters(before!);
    else ratios = [...latest];
    watch.onStage?.({
      stages: [...stages],
      trace: { iteration: [...trace.iteration], elbo: [...trace.elbo] },
      ratios,
      converged,
    });
  }
  return { stages, trace, ratios, converged };
}

/** Advances until a condition on the records since the call holds; false where the iterations ran out first. */
async function until(
  optimisation: Optimisation,
  least: number,
  most: number,
  advance: (records: Recorder, iterations: number) => Promise<void>,
  holds: (records: Records) => boolean,
): Promise<boolean> {
  const records = new Recorder(optimisation.width);
  let made = 0;
  let anchor = 0;
  while (made < most) {
    const end = Math.min(made === 0 ? least : made + CHECK_EVERY, most);
    while (made < end) {
      if (made === anchor) {
        optimisation.anchor();
        anchor = Math.max(FIRST_ANCHOR, 2 * made);
      }
      const next = Math.min(end, anchor);
      await advance(records, next - made);
      made = next;
    }
    if (made >= least && holds(records.all)) return true;
  }
  return false;
}

/** Whether the iterates are stationary; where single parameters mean nothing, whether the bound has stopped rising. */
function settled(
  optimisation: Optimisation,
  records: Records,
  { precision, tolerance }: ScheduleSettings,
): boolean {
  if (records.width > 1) {
    return isStationary(parametersOf(records), optimisation.monitoredUnits(), precision / 10);
  }
  const half = Math.floor(records.rows / 2);
  const [early, late] = [
    momentsOf(records, 0, 0, half),
    momentsOf(records, 0, records.rows - half, records.rows),
  ];
  const error = Math.sqrt((early.variance + late.variance) / half);
  return late.mean - early.mean <= Math.max(tolerance, error);
}

/** Whether the average of the iterates is as precise as wanted; where single parameters mean nothing, that of the bound. */
function known(optimisation: Optimisation, records: Records, { precision }: ScheduleSettings): boolean {
  if (records.width > 1) {
    return largestError(parametersOf(records), optimisation.monitoredUnits()) <= precision;
  }
  return true;
}

/** The records without their first column, the bound. */
function parametersOf({ values, rows, width }: Records): Records {
  const result = new Float64Array(rows * (width - 1));
  for (let row = 0; row < rows; row++) {
    result.set(values.subarray(row * width + 1, (row + 1) * width), row * (width - 1));
  }
  return { values: result, rows, width: width - 1 };
}

/** Mean difference between ratios under the same draws, those left out that are not finite in both. */
function gainOf(latest: Float64Array, before: readonly number[]): Estimate {
  return estimate(latest.map((ratio, draw) => ratio - before[draw]).filter(Number.isFinite));
}

/** No larger than wanted, or not to be told from nothing. */
function isSmall(gain: Estimate, tolerance: number): boolean {
  return Math.abs(gain.value) <= Math.max(tolerance, 2 * gain.error);
}

/**
 * Half the last step size; where stationarity cannot be seen in single parameters, only once a stage at the same step
 * size has brought little, or harm.
 */
function nextStep(
  stages: readonly Stage[],
  { stepSize, tolerance }: ScheduleSettings,
  stationarityIsSeen: boolean,
): number {
  const last = stages.at(-1);
  if (last === undefined) return stepSize;
  if (stationarityIsSeen || last.reverted || (last.gain && isSmall(last.gain, tolerance)))
    return last.stepSize / 2;
  return last.stepSize;
}

/** Gathers the records of a stage. */
class Recorder {
  private values = new Float64Array(0);
  private rows = 0;

  constructor(private readonly width: number) {}

  add(made: Records): void {
    const needed = (this.rows + made.rows) * this.width;
    if (needed > this.values.length) {
      const grown = new Float64Array(Math.max(needed, 2 * this.values.length));
      grown.set(this.values.subarray(0, this.rows * this.width));
      this.values = grown;
    }
    this.values.set(made.values, this.rows * this.width);
    this.rows += made.rows;
  }

  get all(): Records {
    return { values: this.values, rows: this.rows, width: this.width };
  }
}
