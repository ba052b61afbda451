/** A chain: a region of an instance's memory, advanced batch by batch. */

import type { Exports, FullExports, Instance } from '../backend/wasm';
import type { Metric, RunSettings } from './settings';

const METRICS: Readonly<Record<Metric, number>> = {
  unit: 0,
  diagonal: 1,
  dense: 2,
  auto: 3,
  'low-rank': 4,
};

/** Values of a record before the quantities of the draw. */
export const STATISTICS = [
  'logDensity',
  'acceptance',
  'stepSize',
  'treedepth',
  'leapfrogs',
  'divergent',
  'energy',
] as const;

/** Bytes of records that a batch may fill. */
const RECORD_BUFFER = 1048576;

/** Why the module stopped a chain, by its status. */
const STOPPED: Readonly<Record<number, string>> = {
  1: 'no step size is small enough: is the log density continuous, and its gradient right?',
  2:
    'no step size is too large: the posterior is flat over millions of units, so it is improper (does every parameter have ' +
    'a proper prior?) or its parameters need other units',
};

/** What a batch brought. */
export interface Batch {
  /** Kept draws, one after another: statistics, then quantities. Good until the instance is used again. */
  readonly records: Float64Array;
  /** Transitions made since the chain began. */
  readonly iteration: number;
  readonly divergences: number;
  readonly stepSize: number;
  /** Gradients evaluated since the chain began. */
  readonly gradients: number;
  /** Duration of this batch, and whether it belongs to warm-up: no batch crosses the line. */
  readonly seconds: number;
  readonly warmup: boolean;
  /** Why the chain cannot go on, if so. */
  readonly stopped: string | undefined;
}

/** Tells a fresh chain which sampler moves it. */
export type Configure<E extends Exports> = (exports: E, chain: number, instance: Instance<E>) => void;

/** The module gave up in the midst of a chain. */
export class ChainBroken extends Error {
  override readonly name = 'ChainBroken';
}

/** Beyond this the module's 32-bit sizes would overflow. */
const LARGEST_CHAIN = 0x7fffffff;

export class Chain {
  private constructor(
    readonly instance: Instance,
    readonly pointer: number,
    private readonly settings: RunSettings,
    /** Quantities of a draw. */
    private readonly quantities: number,
  ) {}

  /**
   * A chain with generator stream `index` and no position yet.
   *
   * @throws RangeError when its metric does not fit in memory
   */
  static create<E extends Exports>(
    instance: Instance<E>,
    settings: RunSettings,
    quantities: number,
    index: number,
    configure: Configure<E>,
  ): Chain {
    const { exports } = instance;
    const pointer = allocateChain(instance, settings, () =>
      exports.createChain(
        METRICS[settings.metric],
        BigInt(settings.seed),
        index,
        extraBytes(instance, settings),
      ),
    );
    exports.configureRun(
      pointer,
      settings.warmup,
      settings.thin,
      settings.targetAcceptance,
      settings.stepSize,
      settings.adaptation === 'stan' ? 1 : 0,
    );
    configure(exports, pointer, instance);
    return new Chain(instance, pointer, settings, quantities);
  }

  /**
   * Bytes of a chain.
   *
   * @throws RangeError when no instance could hold it
   */
  static bytes(instance: Instance, settings: RunSettings): number {
    const { dimension } = instance;
    if (metricBytes(dimension, settings.metric) > LARGEST_CHAIN) throw tooLarge(dimension, settings.metric);
    return instance.exports.chainBytes(METRICS[settings.metric], extraBytes(instance, settings)) >>> 0;
  }

  /** A chain that was saved, in this thread or another. */
  static restore(instance: Instance, settings: RunSettings, quantities: number, state: Uint8Array): Chain {
    const pointer = allocateChain(instance, settings, () =>
      instance.exports.createChain(METRICS[settings.metric], 0n, 0, extraBytes(instance, settings)),
    );
    const chain = new Chain(instance, pointer, settings, quantities);
    chain.load(state);
    return chain;
  }

  /** Everything that decides the chain's later draws. */
  save(): Uint8Array<ArrayBuffer> {
    const { instance, pointer, settings } = this;
    return new Uint8Array(instance.bytes(pointer, Chain.bytes(instance, settings)));
  }

  /** Becomes a chain of the same run that was saved. */
  load(state: Uint8Array): void {
    this.instance.bytes(this.pointer, state.length).set(state);
  }

  get iteration(): number {
    return this.instance.exports.chainIteration(this.pointer);
  }

  get finished(): boolean {
    return this.reached(this.settings.draws);
  }

  /** Whether so many draws, or more, have been made. */
  reached(draws: number): boolean {
    return this.iteration >= this.settings.warmup + draws * this.settings.thin;
  }

  /** Whether warm-up is over. */
  get warm(): boolean {
    return this.iteration >= this.settings.warmup;
  }

  /** Values of a record. */
  get width(): number {
    return STATISTICS.length + this.quantities;
  }

  /**
   * Square root of the inverse metric: d values, the d rows of a lower triangular matrix, or as `lowRankMetric` takes it
   * apart.
   */
  metricRoot(): Float64Array {
    const { dimension } = this.instance;
    const exports = this.instance.exports as FullExports;
    const directions = this.settings.metric === 'low-rank' ? exports.chainDirections(this.pointer) : 0;
    const length =
      (exports.chainIsDense(this.pointer) ? dimension : 1) * dimension + directions * (dimension + 1);
    const pointer = this.instance.buffer(8 * length);
    exports.copyRoot(this.pointer, pointer);
    if (directions > 0) exports.copyDirections(this.pointer, pointer + 8 * dimension);
    return this.instance.view(pointer, length).slice();
  }

  /**
   * Runs transitions until about `gradients` gradients have been evaluated, or `draws` draws made. How a run is cut
   * into batches does not change it.
   */
  advance(gradients: number, draws = this.settings.draws): Batch {
    const { instance, pointer, settings } = this;
    const { exports } = instance;
    const { width, iteration } = this;
    const warmup = iteration < settings.warmup;
    const rows = Math.max(1, Math.floor(RECORD_BUFFER / (8 * width)));
    const transitions = warmup
      ? settings.warmup - iteration
      : Math.min(rows * settings.thin, settings.warmup + draws * settings.thin - iteration);
    // A procedure may write the padding of its last vector too.
    const records = instance.buffer(8 * (width * Math.min(rows, draws) + 4));

    const start = performance.now();
    const quantities = instance.hasQuantities ? 1 : 0;
    const made = this.whole(() =>
      exports.advance(pointer, transitions, gradients, quantities, records, 8 * width),
    );
    const seconds = (performance.now() - start) / 1000;

    const keptBefore = Math.max(0, Math.floor((iteration - settings.warmup) / settings.thin));
    const kept = warmup ? 0 : Math.floor((iteration + made - settings.warmup) / settings.thin) - keptBefore;
    return {
      records: instance.view(records, kept * width),
      iteration: iteration + made,
      divergences: exports.chainDivergences(pointer),
      stepSize: exports.chainStepSize(pointer),
      gradients: exports.chainGradients(pointer),
      seconds,
      warmup,
      stopped: STOPPED[exports.chainStatus(pointer)],
    };
  }

  /** @throws ChainBroken when the module traps */
  private whole<T>(action: () => T): T {
    try {
      return action();
    } catch (cause) {
      if (!(cause instanceof WebAssembly.RuntimeError)) throw cause;
      const message = `the WebAssembly module stopped (${cause.message}), as it does when memory runs out`;
      throw new ChainBroken(message, { cause });
    }
  }
}

function extraBytes(instance: Instance, { algorithm, adaptation, metric }: RunSettings): number {
  const further = 'extraBytes' in algorithm;
  const scores = adaptation !== 'stan' && (!further || algorithm.kind === 'walnuts');
  return (further ? algorithm.extraBytes : 0) + (scores ? instance.exports.scoreBytes(METRICS[metric]) : 0);
}

function allocateChain(instance: Instance, settings: RunSettings, allocate: () => number): number {
  Chain.bytes(instance, settings);
  try {
    return allocate();
  } catch (cause) {
    if (!(cause instanceof WebAssembly.RuntimeError)) throw cause;
    throw tooLarge(instance.dimension, settings.metric, cause);
  }
}

/** Bytes of the larger part of a chain: vectors, or matrices. */
function metricBytes(dimension: number, metric: Metric): number {
  if (metric === 'dense') return 48 * dimension * (dimension + 4);
  return (metric === 'low-rank' ? 2920 : 120) * dimension;
}

function tooLarge(dimension: number, metric: Metric, cause?: unknown): RangeError {
  const size = Math.ceil(metricBytes(dimension, metric) / 1048576);
  const advice = metric === 'dense' || metric === 'low-rank' ? "; try metric: 'diagonal'" : '';
  return new RangeError(
    `a ${metric} metric in ${dimension} dimensions takes ${size} MiB a chain, more than there is${advice}`,
    { cause },
  );
}
