/**
 * Proximal Newton uphill for a smooth log density less Σ λᵢ|xᵢ − cᵢ| (Lee, Sun & Saunders 2014): the quadratic model with
 * the penalties is solved by coordinate descent, whose soft thresholds give exact zeros of xᵢ − cᵢ.
 */

import { CONVERGED, keepProbe, RUNNING, STALLED } from "./ascent";
import { Newton } from "./newton";
import { factorRaised, raiseDiagonal } from "../curvature/definite";
import { precisionRows, symmetrise } from "../curvature/dense";
import { evaluateDensity, evaluationPosition } from "../dynamics/evaluation";
import { dimension } from "../program/target";

const SUFFICIENT: f64 = 1e-4;
const NOISE: f64 = 1e-13;
const HALVINGS = 40;
const SWEEPS = 100000;
/** Coordinates settle to this share of their size. */
const SETTLED: f64 = 1e-15;

/** λᵢ|xᵢ − cᵢ| at penalties λ and centres c, summed. */
export function penaltyAt(position: usize, penalties: usize, centres: usize): f64 {
  let sum: f64 = 0;
  for (let at: usize = 0, end = <usize>dimension() << 3; at < end; at += 8) {
    sum += load<f64>(penalties + at) * abs(load<f64>(position + at) - load<f64>(centres + at));
  }
  return sum;
}

/**
 * At most so many iterations; `matrix` and `factor` hold n² numbers each. The state's log density is the smooth one, its
 * step the last move. Gives the number made.
 */
export function advanceProximal(
  state: Newton, iterations: i32, penalties: usize, centres: usize, matrix: usize, factor: usize,
): i32 {
  const n = dimension();
  let made = 0;
  while (made < iterations && state.status == RUNNING) {
    precisionRows(state.position, 0, n, matrix);
    symmetrise(n, matrix);
    const share = factorRaised(n, matrix, factor);
    if (share == Infinity) {
      state.status = STALLED;
      break;
    }
    raiseDiagonal(n, matrix, share);
    descend(state, n, penalties, centres, matrix);
    made++;
    state.iteration++;
    const small = state.move <= state.tolerance;
    const moved = search(state, n, penalties, centres, small);
    if (small) state.status = CONVERGED;
    else if (!moved) state.status = STALLED;
  }
  return made;
}

/** Where the penalised quadratic model is highest, by coordinates: `direction` gets x − c there, `step` the way to it. */
function descend(state: Newton, n: i32, penalties: usize, centres: usize, matrix: usize): void {
  const position = state.position, gradient = state.gradient, step = state.step;
  const product = state.product, goal = state.direction;
  memory.fill(step, 0, state.bytes);
  memory.fill(product, 0, state.bytes);
  const row = <usize>n << 3;
  for (let at: usize = 0; at < row; at += 8) store<f64>(goal + at, load<f64>(position + at) - load<f64>(centres + at));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let most: f64 = 0;
    for (let i = 0; i < n; i++) {
      const at = <usize>i << 3;
      const line = matrix + <usize>i * row;
      const own = load<f64>(line + at);
      const old = load<f64>(goal + at);
      const pull = own * old + load<f64>(gradient + at) - load<f64>(product + at);
      const wanted = shrink(pull, load<f64>(penalties + at)) / own;
      const change = wanted - old;
      if (change == 0) continue;
      most = max(most, abs(change) / max<f64>(1, abs(wanted)));
      store<f64>(goal + at, wanted);
      for (let j: usize = 0; j < row; j += 8) {
        store<f64>(product + j, load<f64>(product + j) + change * load<f64>(line + j));
      }
    }
    if (most <= SETTLED) break;
  }
  state.move = 0;
  for (let at: usize = 0; at < row; at += 8) {
    const x = load<f64>(position + at);
    const move = load<f64>(goal + at) + load<f64>(centres + at) - x;
    store<f64>(step + at, move);
    state.move = max(state.move, abs(move) / max<f64>(1, abs(x)));
  }
}

// @ts-ignore: decorator
@inline
function shrink(x: f64, by: f64): f64 {
  return x > by ? x - by : x < -by ? x + by : 0;
}

/** Go to the goal, or halve the way to it until the penalised density rises enough. */
function search(state: Newton, n: i32, penalties: usize, centres: usize, small: bool): bool {
  const position = state.position, gradient = state.gradient, step = state.step, goal = state.direction;
  const target = evaluationPosition();
  const row = <usize>n << 3;
  const before = state.logDensity - penaltyAt(position, penalties, centres);
  let share: f64 = 1;
  let promised: f64 = 0;
  for (let at: usize = 0; at < row; at += 8) {
    const away = load<f64>(position + at) - load<f64>(centres + at);
    promised += load<f64>(gradient + at) * load<f64>(step + at) - load<f64>(penalties + at) * (abs(load<f64>(goal + at)) - abs(away));
  }
  const noise = NOISE * max(1, abs(before));
  for (let half = 0; half < HALVINGS; half++, share *= 0.5) {
    for (let at: usize = 0; at < row; at += 8) {
      store<f64>(target + at, share == 1
        ? load<f64>(goal + at) + load<f64>(centres + at)
        : load<f64>(position + at) + share * load<f64>(step + at));
    }
    const value = evaluateDensity();
    state.evaluations += 1;
    const after = value - penaltyAt(evaluationPosition(), penalties, centres);
    if (after >= before + SUFFICIENT * share * promised || (small && after >= before - noise)) {
      keepProbe(position, gradient);
      state.logDensity = value;
      return true;
    }
  }
  return false;
}
