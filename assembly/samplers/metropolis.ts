/**
 * Metropolis–Hastings (Hastings 1970): Gaussian random walks, of all coordinates together or block by block, whole steps
 * or other categories for integer coordinates, and independence proposals from a Gaussian or Student-t.
 */

import { exp, log } from "../math/scalar";
import { dimension } from "../program/target";
import { exponential } from "../random/exponential";
import { StandardGamma } from "../random/gamma";
import { normal } from "../random/normal";
import { uniform } from "../random/xoshiro";
import { allocate } from "../memory";
import { multiplyLower } from "../linalg/triangular";
import { DENSE, UNIT } from "../dynamics/metric";
import { clearPadding, copyVector, vectorBytes } from "../dynamics/space";
import { evaluationPosition } from "../dynamics/evaluation";
import { Chain } from "../mcmc/chain";
import { addMoment, clearMoments, learnMetric } from "../mcmc/moments";
import { insideWindow, nextWindow, planWindows } from "../mcmc/windows";
import { accept, beginStatistics, evaluateCandidate } from "./candidate";

export const RANDOM_WALK: i32 = 0;
export const INDEPENDENCE: i32 = 1;

/**
 * How a coordinate moves: as a real number; by whole steps, up and down; K ≥ 2: to another of the categories 0 … K − 1; −K:
 * by whole steps among K values.
 */
const REAL: i32 = 0;
const WHOLE: i32 = 1;
/** How often a step among K values may be of any length, so that far modes are found. */
const LONG_STEPS: f64 = 0.125;
/** How often a step may be many times as long as the scale. */
const FAR_STEPS: f64 = 0.25;
/** Scale below which whole steps are all of one. */
const LEAST_WHOLE_SCALE: f64 = 1e-3;

/** What the sampler keeps; behind it lie the tables. */
@unmanaged
class Metropolis {
  proposal: i32;
  blocks: i32;
  /** Degrees of freedom of an independence proposal; 0: Gaussian. */
  df: f64;
  /** Log density of the independence proposal where the chain is. */
  logProposal: f64;
  /** Updates since the scales were last set anew. */
  count: f64;

  /** Scale of each block. */
  get scales(): usize {
    return changetype<usize>(this) + offsetof<Metropolis>();
  }

  /** Mean of an independence proposal. */
  get mean(): usize {
    return this.scales + (<usize>this.blocks << 3);
  }

  /** Coordinates, block after block. */
  get order(): usize {
    return this.mean + (<usize>dimension() << 3);
  }

  /** How each coordinate moves. */
  get integer(): usize {
    return this.order + (<usize>dimension() << 2);
  }

  /** Where each block ends in the order. */
  get ends(): usize {
    return this.integer + (<usize>dimension() << 2);
  }
}

function stateOf(chain: Chain): Metropolis {
  return changetype<Metropolis>(chain.extra);
}

/**
 * Tell a chain its proposals. The host then fills the tables: `metropolisTable` 0 the mean (f64), 1 the order (i32), 2
 * how coordinates move (i32), 3 the ends of blocks (i32).
 */
export function configureMetropolis(chain: Chain, algorithm: i32, proposal: i32, blocks: i32, df: f64): void {
  chain.algorithm = algorithm;
  const state = stateOf(chain);
  state.proposal = proposal;
  state.blocks = blocks;
  state.df = df;
}

export function metropolisTable(chain: Chain, table: i32): usize {
  const state = stateOf(chain);
  return table == 0 ? state.mean : table == 1 ? state.order : table == 2 ? state.integer : state.ends;
}

let direction: usize = 0;
let jump: usize = 0;

function scratch(): void {
  if (direction) return;
  direction = allocate(vectorBytes());
  jump = allocate(vectorBytes());
}

/** The scale that is best for a Gaussian (Roberts & Rosenthal 2001): 2.38/√d. */
function resetScales(chain: Chain, state: Metropolis): void {
  state.count = 0;
  let start = 0;
  for (let block = 0; block < state.blocks; ++block) {
    const end = load<i32>(state.ends + (<usize>block << 2));
    store<f64>(state.scales + (<usize>block << 3), 2.38 / sqrt<f64>(<f64>(end - start)));
    start = end;
  }
}

export function beginMetropolis(chain: Chain): void {
  scratch();
  const state = stateOf(chain);
  resetScales(chain, state);
  if (chain.stepSize > 0) {
    for (let block = 0; block < state.blocks; ++block) store<f64>(state.scales + (<usize>block << 3), chain.stepSize);
  }
  planWindows(chain);
  clearMoments(chain);
  if (state.proposal == INDEPENDENCE) state.logProposal = logProposal(chain, state, chain.position);
  chain.stepSize = load<f64>(state.scales);
}

/** Acceptance aimed at: 0.44 in one dimension, towards 0.234 in many (Roberts & Rosenthal 2001). */
function wanted(size: i32): f64 {
  return 0.234 + 0.206 / <f64>size;
}

/** S⁻¹(x − mean) in `direction`, and the log density that it has, up to a constant. */
function logProposal(chain: Chain, state: Metropolis, position: usize): f64 {
  const count = <usize>dimension();
  const dense = chain.metric == DENSE;
  let square: f64 = 0;
  for (let i: usize = 0; i < count; ++i) {
    let rest = load<f64>(position + (i << 3)) - load<f64>(state.mean + (i << 3));
    let pivot = load<f64>(chain.root + (i << 3));
    if (dense) {
      const row = chain.root + i * vectorBytes();
      for (let j: usize = 0; j < i; ++j) rest -= load<f64>(row + (j << 3)) * load<f64>(direction + (j << 3));
      pivot = load<f64>(row + (i << 3));
    }
    const z = rest / pivot;
    store<f64>(direction + (i << 3), z);
    square += z * z;
  }
  return state.df > 0 ? -0.5 * (state.df + <f64>count) * log(1 + square / state.df) : -0.5 * square;
}

/** direction → jump = S · direction. */
function stretch(chain: Chain): void {
  const count = <usize>dimension();
  if (chain.metric == DENSE) {
    multiplyLower(chain.root, vectorBytes(), <i32>count, direction, jump);
    return;
  }
  for (let i: usize = 0; i < count; ++i) {
    store<f64>(jump + (i << 3), load<f64>(chain.root + (i << 3)) * load<f64>(direction + (i << 3)));
  }
}

/** Accept or reject the candidate whose log ratio is this; its probability. */
function decide(chain: Chain, logDensity: f64, logRatio: f64): f64 {
  const probability = logRatio > 0 ? 1 : logRatio > -Infinity ? exp(logRatio) : 0;
  if (uniform(chain.random) < probability) accept(chain, logDensity);
  return probability;
}

const GAMMA: usize = memory.data(32, 16);

/** What makes a normal vector one of Student's t: √(df/χ²). */
function studentSpread(chain: Chain, df: f64): f64 {
  const distribution = changetype<StandardGamma>(GAMMA);
  distribution.prepare(0.5 * df);
  return sqrt<f64>((0.5 * df) / distribution.draw(chain.random));
}

function moveIndependently(chain: Chain, state: Metropolis): void {
  const count = <usize>dimension();
  const candidate = evaluationPosition();
  const spread = state.df > 0 ? studentSpread(chain, state.df) : 1;
  for (let i: usize = 0; i < count; ++i) store<f64>(direction + (i << 3), spread * normal(chain.random));
  clearPadding(direction);
  stretch(chain);
  for (let i: usize = 0, at: usize = 0; i < count; ++i, at += 8) {
    store<f64>(candidate + at, load<f64>(state.mean + at) + load<f64>(jump + at));
  }
  const proposal = logProposal(chain, state, candidate);
  const logDensity = evaluateCandidate(chain);
  const before = chain.logDensity;
  chain.acceptance = decide(chain, logDensity, logDensity - before + state.logProposal - proposal);
  if (chain.logDensity != before) state.logProposal = proposal;
}

/** Length of a whole step: about the scale, now and then with a tail like 1/x; among so many values sometimes any. */
function wholeStep(random: usize, scale: f64, values: i32): f64 {
  if (values > 0 && uniform(random) < LONG_STEPS) return 1 + floor<f64>(uniform(random) * <f64>(values - 1));
  const length = scale * exponential(random);
  return 1 + floor<f64>(uniform(random) < FAR_STEPS ? length / (1 - uniform(random)) : length);
}

/** A random walk of one block. */
function moveBlock(chain: Chain, state: Metropolis, block: i32, start: i32, end: i32): f64 {
  const candidate = evaluationPosition();
  const scale = load<f64>(state.scales + (<usize>block << 3));
  memory.fill(direction, 0, vectorBytes());
  for (let k = start; k < end; ++k) {
    const i = <usize>load<i32>(state.order + (<usize>k << 2));
    store<f64>(direction + (i << 3), normal(chain.random));
  }
  stretch(chain);
  copyVector(chain.position, candidate);
  for (let k = start; k < end; ++k) {
    const i = <usize>load<i32>(state.order + (<usize>k << 2));
    const at = i << 3;
    const moves = load<i32>(state.integer + (i << 2));
    const from = load<f64>(chain.position + at);
    let to = from + scale * load<f64>(jump + at);
    if (moves < REAL || moves == WHOLE) {
      const size = wholeStep(chain.random, scale * load<f64>(chain.root + at), -moves);
      to = uniform(chain.random) < 0.5 ? from + size : from - size;
    } else if (moves != REAL) {
      to = from + 1 + floor<f64>(uniform(chain.random) * <f64>(moves - 1));
      if (to >= <f64>moves) to -= <f64>moves;
    }
    store<f64>(candidate + at, to);
  }
  const logDensity = evaluateCandidate(chain);
  return decide(chain, logDensity, logDensity - chain.logDensity);
}

/** One update of every block. */
export function moveMetropolis(chain: Chain): void {
  scratch();
  const state = stateOf(chain);
  beginStatistics(chain);
  if (state.proposal == INDEPENDENCE) {
    chain.usedStepSize = 1;
    moveIndependently(chain, state);
    return;
  }
  chain.usedStepSize = chain.stepSize;
  const learning = chain.iteration < chain.warmup;
  // Whole numbers that hardly move say nothing of the scale of the others.
  let reals = 0;
  let ofReals: f64 = 0;
  // Robbins–Monro with a step that shrinks slowly enough to forget a bad start.
  const gain = min<f64>(1, 4 / sqrt<f64>((state.count += 1)));
  let sum: f64 = 0;
  let start = 0;
  for (let block = 0; block < state.blocks; ++block) {
    const end = load<i32>(state.ends + (<usize>block << 2));
    const acceptance = moveBlock(chain, state, block, start, end);
    const moves = load<i32>(state.integer + (<usize>load<i32>(state.order + (<usize>start << 2)) << 2));
    sum += acceptance;
    if (moves == REAL) {
      ++reals;
      ofReals += acceptance;
    }
    if (learning && moves <= WHOLE) {
      const scale = state.scales + (<usize>block << 3);
      const learnt = load<f64>(scale) * exp(gain * (acceptance - wanted(end - start)));
      store<f64>(scale, moves == REAL ? learnt : max<f64>(learnt, LEAST_WHOLE_SCALE));
    }
    start = end;
  }
  chain.acceptance = reals > 0 ? ofReals / <f64>reals : sum / <f64>state.blocks;
  chain.stepSize = load<f64>(state.scales);
}

/** Learn the covariance of the walk, window by window. */
export function learnMetropolis(chain: Chain): void {
  const state = stateOf(chain);
  if (state.proposal == INDEPENDENCE) return;
  if (chain.metric == UNIT) return;
  if (insideWindow(chain)) addMoment(chain);
  if (chain.iteration != chain.windowEnd) return;
  nextWindow(chain);
  learnMetric(chain);
  clearMoments(chain);
  resetScales(chain, state);
}
