/** L-BFGS on a loaded density: from a start to where the log density rises no more, with the way there if wanted. */

import type { FullExports, Instance } from '../../backend/wasm';

/** Why an optimiser stopped. */
export type AscentEnding = 'converged' | 'stalled' | 'infinite' | 'limit' | 'start';

/** The places an optimiser passed through, the start first. */
export interface Trajectory {
  /** Log density of each point. */
  readonly logDensities: Float64Array;
  /** Positions, point after point: points × dimension. */
  readonly positions: Float64Array;
  /** Gradients, point after point: points × dimension. */
  readonly gradients: Float64Array;
}

/** Where an optimiser ended. */
export interface Ascent {
  /** Unconstrained, `dimension` values. */
  readonly position: Float64Array;
  readonly gradient: Float64Array;
  readonly logDensity: number;
  /**
   * `converged`; `stalled`: no higher point was found; `infinite`: the log density became +∞; `limit`: iterations ran
   * out; `start`: log density or gradient are not finite at the start.
   */
  readonly ending: AscentEnding;
  readonly iterations: number;
  /** Evaluations of log density and gradient. */
  readonly evaluations: number;
  readonly trajectory?: Trajectory;
}

export interface LbfgsSettings {
  /** Pairs of steps and gradient differences that are kept. */
  readonly memory: number;
  /** Converged once gᵀHg, twice the gain that is still to be had, is at most this. */
  readonly tolerance: number;
  readonly maxIterations: number;
  /** Keep the trajectory: 16·dimension bytes a point. */
  readonly record?: boolean;
  /** Called between batches of iterations; what it throws ends the run. */
  readonly onBatch?: (iterations: number, logDensity: number) => void;
}

const ENDINGS: readonly AscentEnding[] = ['limit', 'converged', 'stalled', 'infinite'];
/** Iterations between two looks at the clock. */
const BATCH = 100;
/** Bytes of a batch's records. */
const RECORDS = 1 << 22;

/** Climbs from `start`, in the unconstrained space. */
export function lbfgs(instance: Instance<FullExports>, start: Float64Array, settings: LbfgsSettings): Ascent {
  const { dimension, exports } = instance;
  const { maxIterations, record = false } = settings;
  const state = exports.createLbfgs(settings.memory, settings.tolerance);
  instance.view(exports.lbfgsPosition(state), dimension).set(start);
  const begun = exports.beginLbfgs(state) !== 0;
  const read = (pointer: number): Float64Array => instance.view(pointer, dimension).slice();
  const path = record ? new Path(dimension) : undefined;
  path?.add(
    exports.lbfgsLogDensity(state),
    read(exports.lbfgsPosition(state)),
    read(exports.lbfgsGradient(state)),
  );
  const width = 1 + 2 * dimension;
  const rows = record ? Math.max(1, Math.min(BATCH, Math.floor(RECORDS / (8 * width)))) : BATCH;
  const records = record ? instance.buffer(8 * rows * width) : 0;
  let iterations = 0;
  while (begun && iterations < maxIterations && exports.lbfgsStatus(state) === 0) {
    const made = exports.advanceLbfgs(state, Math.min(rows, maxIterations - iterations), records);
    iterations += made;
    if (path) {
      const values = instance.view(records, made * width);
      for (let row = 0; row < made; row++) {
        const [from, middle] = [row * width + 1, row * width + 1 + dimension];
        path.add(values[from - 1], values.slice(from, middle), values.slice(middle, middle + dimension));
      }
    }
    settings.onBatch?.(iterations, exports.lbfgsLogDensity(state));
  }
  return {
    position: read(exports.lbfgsPosition(state)),
    gradient: read(exports.lbfgsGradient(state)),
    logDensity: exports.lbfgsLogDensity(state),
    ending: begun ? ENDINGS[exports.lbfgsStatus(state)] : 'start',
    iterations,
    evaluations: exports.lbfgsEvaluations(state),
    ...(path && { trajectory: path.joined() }),
  };
}

/** Gathers points one by one. */
class Path {
  private readonly logDensities: number[] = [];
  private readonly positions: Float64Array[] = [];
  private readonly gradients: Float64Array[] = [];

  constructor(private readonly dimension: number) {}

  add(logDensity: number, position: Float64Array, gradient: Float64Array): void {
    this.logDensities.push(logDensity);
    this.positions.push(position);
    this.gradients.push(gradient);
  }

  joined(): Trajectory {
    const join = (parts: readonly Float64Array[]): Float64Array => {
      const all = new Float64Array(parts.length * this.dimension);
      parts.forEach((part, i) => all.set(part, i * this.dimension));
      return all;
    };
    return {
      logDensities: Float64Array.from(this.logDensities),
      positions: join(this.positions),
      gradients: join(this.gradients),
    };
  }
}
