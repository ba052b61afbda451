/** The state of a variational optimisation: everything that decides its later iterates, in one contiguous region. */

import { allocate } from "../memory";
import { dimension } from "../program/target";
import { seed } from "../random/xoshiro";
import { vectorBytes } from "../dynamics/space";

/** Families of approximations. */
export const MEAN_FIELD: i32 = 0;
export const FULL_RANK: i32 = 1;
export const LOW_RANK: i32 = 2;
/** The density is the objective itself, a program of the parameters and of base noise in slot 0. */
export const PROGRAM: i32 = 3;
/** Mean-field with the curvature's moving average as its precision. */
export const ONLINE_NEWTON: i32 = 4;

/** Behind this header lie the parameters, their running average and the moments of the gradient. */
@unmanaged
export class Run {
  private random0: u64;
  private random1: u64;
  private random2: u64;
  private random3: u64;

  family: i32;
  /** Columns beside the diagonal of a low-rank covariance. */
  rank: i32;
  /** Draws per step. */
  draws: i32;
  /** Base noise of a program's draw. */
  noise: i32;
  iteration: i32;
  /** Iterates in the running average; −1 while none is kept. */
  averaged: i32;
  /** Steps in a row without any draw of finite density. */
  barren: i32;
  /** Iterates since the last record. */
  recorded: i32;
  /** The pass through the data, in an order of its own, that batches are taken from, and the rows it has given. */
  epoch: i32;
  place: i32;
  /** 1: gradients along the path alone (sticking the landing); 0: with the entropy in closed form. */
  landing: f64;
  rate: f64;
  evaluations: f64;
  /** Draws whose density was not finite. */
  failures: f64;
  /** Sum over the iterates since the last record of log density − log approximation, averaged over draws. */
  elboSum: f64;
  /** Powers of the decay rates of the gradient's moments. */
  firstDecay: f64;
  secondDecay: f64;
  /** Bytes of the parameters. */
  blockBytes: usize;
  private vectorSize: usize;

  // @ts-ignore: decorator
  @inline
  get random(): usize {
    return changetype<usize>(this);
  }

  /** Vectors of the family: location, then log scales (or rows of a triangle), then columns. */
  // @ts-ignore: decorator
  @inline
  get parameters(): usize {
    return changetype<usize>(this) + headerBytes();
  }

  // @ts-ignore: decorator
  @inline
  get average(): usize {
    return this.parameters + this.blockBytes;
  }

  /** Decaying average of the gradient. */
  // @ts-ignore: decorator
  @inline
  get first(): usize {
    return this.parameters + 2 * this.blockBytes;
  }

  /** Decaying average of its squares. */
  // @ts-ignore: decorator
  @inline
  get second(): usize {
    return this.parameters + 3 * this.blockBytes;
  }

  // @ts-ignore: decorator
  @inline
  get vector(): usize {
    return this.vectorSize;
  }

  begin(family: i32, rank: i32, draws: i32, noise: i32, key: u64): void {
    this.family = family;
    this.rank = rank;
    this.draws = draws;
    this.noise = noise;
    this.vectorSize = vectorBytes();
    this.blockBytes = blockBytes(family, rank);
    this.averaged = -1;
    this.landing = 1;
    this.rate = 0.1;
    this.firstDecay = 1;
    this.secondDecay = 1;
    seed(this.random, key, 0);
  }
}

// @ts-ignore: decorator
@inline
function headerBytes(): usize {
  return (offsetof<Run>() + 15) & ~15;
}

function blockBytes(family: i32, rank: i32): usize {
  const vectors =
    family == FULL_RANK ? 1 + dimension() : family == LOW_RANK ? 2 + rank : family == PROGRAM ? 1 : 2;
  return <usize>vectors * vectorBytes();
}

/** Bytes of a run of this family. */
export function variationalBytes(family: i32, rank: i32): usize {
  const moments = family == LOW_RANK || family == PROGRAM || family == ONLINE_NEWTON;
  return headerBytes() + (moments ? 4 : 2) * blockBytes(family, rank);
}

/** A new run of the loaded density, with generator stream 0 of seed `key`; its parameters are zeros. */
export function createVariational(family: i32, rank: i32, draws: i32, noise: i32, key: u64): Run {
  const run = changetype<Run>(allocate(variationalBytes(family, rank)));
  run.begin(family, rank, draws, noise, key);
  return run;
}

/** Set the step size, and whether gradients follow the path alone. */
export function configureVariational(run: Run, rate: f64, landing: f64): void {
  run.rate = rate;
  run.landing = landing;
}

/** Average the iterates from here on. */
export function beginAverage(run: Run): void {
  run.averaged = 0;
}

/** Go on from the average, which is no longer kept up; where there is none, from the last iterate. */
export function adoptAverage(run: Run): void {
  if (run.averaged > 0) memory.copy(run.parameters, run.average, run.blockBytes);
  run.averaged = -1;
}

// The host reads a run through these, so that it knows no offsets.

export function variationalParameters(run: Run): usize {
  return run.parameters;
}

export function variationalAverage(run: Run): usize {
  return run.average;
}

export function variationalBlockBytes(run: Run): usize {
  return run.blockBytes;
}

export function variationalIteration(run: Run): i32 {
  return run.iteration;
}

export function variationalBarren(run: Run): i32 {
  return run.barren;
}

export function variationalEvaluations(run: Run): f64 {
  return run.evaluations;
}

export function variationalFailures(run: Run): f64 {
  return run.failures;
}
