/** One path: an optimiser's way up from a start, and the best of the Gaussians along it. */

import type { FullExports, Instance } from '../../backend/wasm';
import { type AscentEnding, lbfgs } from '../optimize/lbfgs';

export interface PathSettings {
  /** Pairs of steps and gradient differences that the inverse Hessian is made of. */
  readonly history: number;
  readonly maxIterations: number;
  /** Draws by which the bound of each point is estimated. */
  readonly elboDraws: number;
  readonly seed: number;
}

/** What a path came to. */
export interface PathOutcome {
  /** Estimate of the evidence lower bound of the best Gaussian, in nats; −∞ for a lost path. */
  readonly elbo: number;
  /** Iterations of the optimiser, and the number of the point whose Gaussian is the best. */
  readonly iterations: number;
  readonly best: number;
  /** Evaluations of the log density. */
  readonly evaluations: number;
  /** As the optimiser says; `lost`: the worker that followed the path died. */
  readonly ending: AscentEnding | 'lost';
  /** Of a lost path: why, and its number among those asked for, from 0. */
  readonly failure?: string;
  readonly path?: number;
}

/** A path that is to be followed, as plain data, so that a worker can do it. */
export interface PathTask extends PathSettings {
  readonly kind: 'path';
  /** Unconstrained position of the start. */
  readonly from: Float64Array;
  readonly stream: number;
}

/** A path that was followed: what it came to, and its generator and Gaussian as the module keeps them. */
export interface SavedPath {
  readonly outcome: PathOutcome;
  readonly state: Uint8Array;
}

/** The Gaussian of a path, inside the module. */
export class PathNormal {
  constructor(
    private readonly instance: Instance<FullExports>,
    readonly pointer: number,
    readonly outcome: PathOutcome,
  ) {}

  /** Takes up a path that was followed under the same settings. */
  static load(
    instance: Instance<FullExports>,
    { history, elboDraws, seed }: PathSettings,
    { outcome, state }: SavedPath,
  ): PathNormal {
    const { exports } = instance;
    const pointer = exports.createPath(history, elboDraws, BigInt(seed), 0);
    const input = instance.buffer(state.length);
    instance.bytes(input, state.length).set(state);
    exports.loadPath(pointer, input);
    return new PathNormal(instance, pointer, outcome);
  }

  save(): SavedPath {
    const { exports } = this.instance;
    const bytes = exports.pathBytes(this.pointer);
    const output = this.instance.buffer(bytes);
    exports.savePath(this.pointer, output);
    return { outcome: this.outcome, state: this.instance.bytes(output, bytes).slice() };
  }

  /** Mean and marginal standard deviations. */
  moments(): { location: Float64Array; deviations: Float64Array } {
    const { dimension, exports } = this.instance;
    const pointer = this.instance.buffer(16 * dimension + 16);
    exports.pathMoments(this.pointer, pointer, pointer + 8 * dimension);
    const values = this.instance.view(pointer, 2 * dimension).slice();
    return { location: values.subarray(0, dimension), deviations: values.subarray(dimension) };
  }

  /** Independent draws, row by row. */
  draws(count: number): Float64Array {
    const { dimension, exports } = this.instance;
    const pointer = this.instance.buffer(8 * count * dimension);
    exports.pathDraws(this.pointer, count, pointer);
    return this.instance.view(pointer, count * dimension).slice();
  }
}

/** Gain that is still to be had when the optimiser stops. */
const TOLERANCE = 1e-8;

/**
 * The best Gaussian on the way up from a position; undefined where no point has one with a finite bound.
 *
 * @param onBatch called now and then; what it throws ends it
 */
export function followPath(
  instance: Instance<FullExports>,
  start: Float64Array,
  { history, maxIterations, elboDraws, seed }: PathSettings,
  stream: number,
  onBatch?: (iteration: number, logDensity: number) => void,
): PathNormal | undefined {
  const { dimension, exports } = instance;
  const ascent = lbfgs(instance, start, {
    memory: history,
    tolerance: TOLERANCE,
    maxIterations,
    record: true,
    ...(onBatch && { onBatch }),
  });
  const { positions, gradients } = ascent.trajectory!;
  const pointer = exports.createPath(history, elboDraws, BigInt(seed), stream);
  const at = exports.pathPoint(pointer);
  for (let point = 0; point < positions.length; point += dimension) {
    instance.view(at, dimension).set(positions.subarray(point, point + dimension));
    instance
      .view(at + exports.pathVectorBytes(), dimension)
      .set(gradients.subarray(point, point + dimension));
    exports.extendPath(pointer);
    onBatch?.(ascent.iterations, ascent.logDensity);
  }
  const best = exports.pathBest(pointer);
  if (best < 0) return undefined;
  return new PathNormal(instance, pointer, {
    elbo: exports.pathBound(pointer),
    iterations: ascent.iterations,
    best,
    evaluations: ascent.evaluations + exports.pathEvaluations(pointer),
    ending: ascent.ending,
  });
}

/** Log density of the even mixture of paths at positions, draw after draw. */
export function mixtureLogDensities(
  instance: Instance<FullExports>,
  paths: readonly PathNormal[],
  positions: Float64Array,
): Float64Array {
  const { dimension, exports } = instance;
  const count = positions.length / dimension;
  const input = instance.buffer(8 * (positions.length + count + paths.length) + 64);
  const results = input + 8 * positions.length;
  const pointers = results + 8 * count;
  instance.view(input, positions.length).set(positions);
  instance
    .bytes(pointers, 4 * paths.length)
    .set(new Uint8Array(Uint32Array.from(paths, ({ pointer }) => pointer).buffer));
  exports.mixtureLogDensities(pointers, paths.length, input, count, results);
  return instance.view(results, count).slice();
}
