/** The state of a chain: everything that decides its later draws, in one contiguous region. */

import { allocate } from "../memory";
import { dimension } from "../program/target";
import { seed } from "../random/xoshiro";
import { DENSE, DIAGONAL, momentBytes, rootBytes, setIdentity } from "../dynamics/metric";
import { vectorBytes } from "../dynamics/space";

/** Metric that is asked for: dense where that is cheap and helps, otherwise diagonal. */
export const AUTOMATIC: i32 = 3;
/** Most dimensions where learning a dense metric takes no longer than the transitions it learns from. */
const FEW_DIMENSIONS: i32 = 64;

/** How the metric is learnt: from draws and scores, or, as in Stan, from draws. */
export const FISHER: i32 = 0;
export const STAN: i32 = 1;

export const NUTS: i32 = 0;
export const HMC: i32 = 1;

/** Why a chain cannot go on. */
export const RUNNING: i32 = 0;
export const STEP_SIZE_VANISHED: i32 = 1;
export const STEP_SIZE_EXPLODED: i32 = 2;

/** The vectors and matrices of the chain lie behind this header. Times count transitions. */
@unmanaged
export class Chain {
  private random0: u64;
  private random1: u64;
  private random2: u64;
  private random3: u64;

  // The last transition, in the order of a record.
  logDensity: f64;
  acceptance: f64;
  /** Step size of the last transition, jitter included. */
  usedStepSize: f64;
  treeDepth: f64;
  leapfrogs: f64;
  divergent: f64;
  energy: f64;

  // Where the chain is.
  gradients: f64;
  stepSize: f64;
  iteration: i32;
  divergences: i32;
  status: i32;

  // Settings.
  algorithm: i32;
  /** The metric in force. */
  metric: i32;
  /** The metric there is room for. */
  reserved: i32;
  mayBeDiagonal: bool;
  adaptation: i32;
  warmup: i32;
  thin: i32;
  maxTreeDepth: i32;
  maxSteps: i32;
  steps: i32;
  integrationTime: f64;
  jitter: f64;
  targetAcceptance: f64;

  // Dual averaging of the log step size.
  averagingCount: f64;
  averagingError: f64;
  averagingCentre: f64;
  averagedLogStepSize: f64;

  // Windows of the metric's adaptation, and the moments gathered in the current one.
  windowStart: i32;
  windowStop: i32;
  windowEnd: i32;
  windowSize: i32;
  momentCount: f64;
  foregroundCount: f64;
  backgroundCount: f64;
  private vectorSize: usize;
  private rootSize: usize;
  private momentSize: usize;
  /** Bytes behind the moments, for samplers that keep more. */
  private extraSize: usize;

  // @ts-ignore: decorator
  @inline
  get random(): usize {
    return changetype<usize>(this);
  }

  // @ts-ignore: decorator
  @inline
  get position(): usize {
    return changetype<usize>(this) + ((offsetof<Chain>() + 15) & ~15);
  }

  /** The whitened gradient at the position. */
  // @ts-ignore: decorator
  @inline
  get force(): usize {
    return this.position + this.vectorSize;
  }

  /** Running mean of the window's positions. */
  get mean(): usize {
    return this.position + 2 * this.vectorSize;
  }

  /** Square root of the inverse metric. */
  // @ts-ignore: decorator
  @inline
  get root(): usize {
    return this.position + 3 * this.vectorSize;
  }

  /** Running sum of squared deviations: a vector, or a matrix laid out as a dense root. */
  get moments(): usize {
    return this.root + this.rootSize;
  }

  /**
   * Moments of draws and scores over two windows, where the metric is learnt from both: two means, and two sums of squares
   * laid out as `moments`.
   */
  get foreground(): usize {
    return this.extra;
  }

  /** The same over the current window. */
  get background(): usize {
    return this.extra + this.scoreBytes;
  }

  get scoreBytes(): usize {
    return 2 * (this.vectorSize + this.momentSize);
  }

  /** What samplers of the full build keep besides. */
  get extra(): usize {
    return this.moments + this.momentSize;
  }

  /** Give a fresh chain its layout, generator and unit metric. */
  @inline
  begin(metric: i32, key: u64, stream: u32, extra: usize): void {
    this.reserved = reservedFor(metric);
    this.metric = metric == AUTOMATIC ? DIAGONAL : metric;
    this.mayBeDiagonal = metric == AUTOMATIC;
    this.extraSize = extra;
    this.vectorSize = vectorBytes();
    this.rootSize = rootBytes(this.reserved);
    this.momentSize = momentBytes(this.reserved);
    this.stepSize = 1;
    this.thin = 1;
    seed(this.random, key, stream);
    setIdentity(this.metric, this.root);
  }
}

/** The metric a chain keeps room for. */
function reservedFor(metric: i32): i32 {
  return metric == AUTOMATIC ? (dimension() <= FEW_DIMENSIONS ? DENSE : DIAGONAL) : metric;
}

/** Bytes of a chain with this metric, and `extra` bytes that its sampler keeps besides. */
export function chainBytes(metric: i32, extra: usize): usize {
  const reserved = reservedFor(metric);
  return ((offsetof<Chain>() + 15) & ~15) + 3 * vectorBytes() + rootBytes(reserved) + momentBytes(reserved) + extra;
}

/** Bytes that a chain with this metric keeps besides to learn it from draws and scores. */
export function scoreBytes(metric: i32): usize {
  return 4 * (vectorBytes() + momentBytes(reservedFor(metric)));
}

/**
 * A new chain of the loaded density: generator stream `stream` of seed `key`, no position yet. `metric`: 0
 * unit, 1 diagonal, 2 dense, 3 whichever of these two is better, 4 low rank (full build). `extra`: bytes that its sampler
 * keeps besides.
 */
export function createChain(metric: i32, key: u64, stream: u32, extra: usize): Chain {
  const chain = changetype<Chain>(allocate(chainBytes(metric, extra)));
  chain.begin(metric, key, stream, extra);
  return chain;
}

/**
 * `warmup` transitions of adaptation towards a mean acceptance of `targetAcceptance`; then each `thin`-th
 * draw is kept. A `stepSize` of 0 is to be found. `adaptation` of the metric: 0 from draws and scores, 1 Stan's.
 */
export function configureRun(
  chain: Chain,
  warmup: i32,
  thin: i32,
  targetAcceptance: f64,
  stepSize: f64,
  adaptation: i32,
): void {
  chain.adaptation = adaptation;
  chain.warmup = warmup;
  chain.thin = thin;
  chain.targetAcceptance = targetAcceptance;
  chain.stepSize = stepSize;
}

/** Sample with NUTS, whose trajectories have at most 2^maxTreeDepth points; step sizes vary by ± jitter. */
export function configureNuts(chain: Chain, maxTreeDepth: i32, jitter: f64): void {
  chain.algorithm = NUTS;
  chain.maxTreeDepth = maxTreeDepth;
  chain.jitter = jitter;
}

/**
 * Sample with static HMC: `steps` leapfrogs, or as many as fill `integrationTime` (at most `maxSteps`) when
 * `steps` is 0. The step size of each transition is drawn uniformly from its nominal value × (1 ± jitter).
 */
export function configureHmc(chain: Chain, steps: i32, integrationTime: f64, maxSteps: i32, jitter: f64): void {
  chain.algorithm = HMC;
  chain.steps = steps;
  chain.integrationTime = integrationTime;
  chain.maxSteps = maxSteps;
  chain.jitter = jitter;
}

// The host reads a chain through these, so that it knows no offsets.

export function chainPosition(chain: Chain): usize {
  return chain.position;
}

export function chainStatus(chain: Chain): i32 {
  return chain.status;
}

export function chainIteration(chain: Chain): i32 {
  return chain.iteration;
}

export function chainDivergences(chain: Chain): i32 {
  return chain.divergences;
}

export function chainGradients(chain: Chain): f64 {
  return chain.gradients;
}

export function chainStepSize(chain: Chain): f64 {
  return chain.stepSize;
}

/** 1 where the metric in force is dense. */
export function chainIsDense(chain: Chain): bool {
  return chain.metric == DENSE;
}

/** Copy the square root of the inverse metric, without padding: d values, or d rows of d where it is dense. */
export function copyRoot(chain: Chain, result: usize): void {
  const bytes = <usize>dimension() << 3;
  const rows = chain.metric == DENSE ? <usize>dimension() : 1;
  for (let i: usize = 0; i < rows; ++i) memory.copy(result + i * bytes, chain.root + i * vectorBytes(), bytes);
}

export function chainLogDensity(chain: Chain): f64 {
  return chain.logDensity;
}
