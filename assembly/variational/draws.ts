/** Draws of a variational approximation, from a generator of their own: the same key and stream give the same noise. */

import { allocate } from "../memory";
import { call, density, dimension } from "../program/target";
import { evaluationGradient, evaluationPosition } from "../dynamics/evaluation";
import { seed, STATE_BYTES } from "../random/xoshiro";
import { beginComparison, drawBatch, evaluateBatch, hasBatches, resumeBatches } from "./batches";
import { clear, place, prepare, reserveFamily } from "./family";
import { PROGRAM, Run } from "./run";

const QUANTITIES: i32 = 1;
const LOG_LIKELIHOOD: i32 = 4;

let state: usize = 0;

function begin(run: Run, parameters: usize, key: u64, stream: u32): usize {
  if (!state) state = allocate(STATE_BYTES);
  seed(state, key, stream);
  reserveFamily(run);
  prepare(run, parameters);
  clear(run);
  return state;
}

/**
 * For each of `count` draws: log density, log density of the approximation, and (when asked for) log likelihood, so that
 * nothing else of the draws need be kept. Under a program the first holds the transformation's Jacobian. Where steps see
 * batches, so do these draws, each another.
 */
export function variationalTerms(
  run: Run,
  parameters: usize,
  key: u64,
  stream: u32,
  count: i32,
  likelihood: bool,
  results: usize,
): void {
  const random = begin(run, parameters, key, stream);
  const epoch = run.epoch;
  const rows = run.place;
  if (hasBatches()) beginComparison(run);
  for (let draw = 0; draw < count; ++draw, results += 24) {
    const position = evaluationPosition();
    if (hasBatches()) drawBatch(run);
    const logApproximation = place(run, parameters, random, position);
    const value = hasBatches() ? evaluateBatch() : density(position, evaluationGradient());
    store<f64>(results, isFinite(value) ? value : -Infinity);
    store<f64>(results, logApproximation, 8);
    if (likelihood) store<f64>(results, call(LOG_LIKELIHOOD, position, evaluationGradient()), 16);
  }
  if (hasBatches()) {
    run.epoch = epoch;
    run.place = rows;
    resumeBatches(run);
  }
}

/**
 * Positions of `count` draws without padding (but with room for two values behind the last), and their log densities
 * under the approximation. Under a program of `width` unknowns these are the densities of the noise.
 */
export function variationalDraws(
  run: Run,
  parameters: usize,
  key: u64,
  stream: u32,
  count: i32,
  width: i32,
  positions: usize,
  logs: usize,
): void {
  const random = begin(run, parameters, key, stream);
  const position = evaluationPosition();
  for (let draw = 0; draw < count; ++draw, positions += <usize>width << 3, logs += 8) {
    store<f64>(logs, place(run, parameters, random, position));
    if (run.family == PROGRAM) call(QUANTITIES, position, positions);
    else memory.copy(positions, position, <usize>dimension() << 3);
  }
}
