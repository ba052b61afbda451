/**
 * Limited-memory BFGS uphill (Nocedal & Wright 2006, algorithm 7.5). Positions and gradients along the way can be
 * recorded: they are the trajectory that Pathfinder works on.
 */

import { CONVERGED, INFINITE, keepProbe, recordPoint, RUNNING, STALLED } from "./ascent";
import { climb, probes, reached } from "./lineSearch";
import { addScaled, dot, scaleBy } from "../dynamics/vector";
import { allocate } from "../memory";
import { dimension } from "../program/target";
import { evaluateDensity, evaluationGradient, evaluationPosition } from "../dynamics/evaluation";
import { copyVector, vectorBytes } from "../dynamics/space";

/** Pairs whose curvature sᵀy is below this share of yᵀy say nothing (Stan's and SciPy's guard). */
const LEAST_CURVATURE: f64 = 2.2e-16;

/** The vectors lie behind this header, then the history: for each pair ρ and α, the steps, the differences of gradients. */
@unmanaged
export class Lbfgs {
  logDensity: f64;
  /** gᵀHg: twice the gain that the model of the density expects of a whole step. */
  decrement: f64;
  evaluations: f64;
  tolerance: f64;
  iteration: i32;
  status: i32;
  /** Most pairs, pairs held, and place of the next. */
  memory: i32;
  pairs: i32;
  next: i32;
  bytes: usize;
  scalars: usize;
  private reserved: u32;

  // @ts-ignore: decorator
  @inline
  get position(): usize {
    return changetype<usize>(this) + offsetof<Lbfgs>();
  }

  // @ts-ignore: decorator
  @inline
  get gradient(): usize {
    return this.position + this.bytes;
  }

  // @ts-ignore: decorator
  @inline
  get direction(): usize {
    return this.position + 2 * this.bytes;
  }

  /** Place of 1/sᵀy of a pair; its α lies 8 bytes behind. */
  // @ts-ignore: decorator
  @inline
  rho(pair: i32): usize {
    return this.position + 3 * this.bytes + (<usize>pair << 4);
  }

  // @ts-ignore: decorator
  @inline
  step(pair: i32): usize {
    return this.position + (3 + <usize>pair) * this.bytes + this.scalars;
  }

  // @ts-ignore: decorator
  @inline
  difference(pair: i32): usize {
    return this.step(pair + this.memory);
  }
}

/** An optimiser without a position yet, that keeps `memory` pairs. */
export function createLbfgs(memory: i32, tolerance: f64): Lbfgs {
  const bytes = vectorBytes();
  const scalars = <usize>memory << 4;
  const state = changetype<Lbfgs>(allocate(offsetof<Lbfgs>() + (3 + 2 * <usize>memory) * bytes + scalars));
  state.bytes = bytes;
  state.scalars = scalars;
  state.memory = memory;
  state.tolerance = tolerance;
  return state;
}

/** Where the position lies, `dimension` values. */
export function lbfgsPosition(state: Lbfgs): usize {
  return state.position;
}

/** Where the gradient lies. */
export function lbfgsGradient(state: Lbfgs): usize {
  return state.gradient;
}

export function lbfgsLogDensity(state: Lbfgs): f64 {
  return state.logDensity;
}

export function lbfgsDecrement(state: Lbfgs): f64 {
  return state.decrement;
}

export function lbfgsEvaluations(state: Lbfgs): f64 {
  return state.evaluations;
}

export function lbfgsStatus(state: Lbfgs): i32 {
  return state.status;
}

/** Forget all pairs and evaluate at the position. Whether log density and gradient are finite there. */
export function beginLbfgs(state: Lbfgs): bool {
  state.pairs = 0;
  state.next = 0;
  state.iteration = 0;
  state.status = RUNNING;
  copyVector(state.position, evaluationPosition());
  const value = evaluateDensity();
  state.evaluations += 1;
  copyVector(evaluationGradient(), state.gradient);
  state.logDensity = value;
  const size = dot(state.gradient, state.gradient);
  return value - value == 0 && size - size == 0;
}

/**
 * At most so many iterations; fewer when it converges or stalls. Each accepted point is written to `records`, where that
 * is not 0, in rows of 1 + 2·dimension numbers: log density, position, gradient. Gives the number of accepted points.
 */
export function advanceLbfgs(state: Lbfgs, iterations: i32, records: usize): i32 {
  let made = 0;
  while (made < iterations && state.status == RUNNING) {
    aim(state);
    let slope = dot(state.direction, state.gradient);
    if (!(slope > 0)) {
      state.pairs = 0;
      copyVector(state.gradient, state.direction);
      slope = dot(state.gradient, state.gradient);
    }
    state.decrement = slope;
    if (slope == 0 || (state.pairs > 0 && slope <= state.tolerance)) {
      state.status = CONVERGED;
      break;
    }
    const first = state.pairs > 0 ? 1 : min<f64>(1, 1 / sqrt(slope));
    const found = climb(state.position, state.direction, state.logDensity, slope, first);
    state.evaluations += probes;
    if (!found) {
      if (state.pairs == 0) state.status = STALLED;
      state.pairs = 0;
      continue;
    }
    if (reached == Infinity) {
      state.status = INFINITE;
      keepProbe(state.position, state.gradient);
      state.logDensity = reached;
      break;
    }
    learn(state);
    state.logDensity = reached;
    state.iteration++;
    made++;
    if (records) records = recordPoint(records, reached, state.position, state.gradient);
  }
  return made;
}

/** direction = H·gradient by the two loops over the pairs. */
function aim(state: Lbfgs): void {
  const direction = state.direction;
  copyVector(state.gradient, direction);
  const pairs = state.pairs, memory = state.memory;
  if (pairs == 0) return;
  let pair = state.next;
  for (let i = 0; i < pairs; i++) {
    pair = (pair == 0 ? memory : pair) - 1;
    const alpha = load<f64>(state.rho(pair)) * dot(state.step(pair), direction);
    store<f64>(state.rho(pair), alpha, 8);
    addScaled(direction, -alpha, state.difference(pair), direction);
  }
  const newest = (state.next == 0 ? memory : state.next) - 1;
  const difference = state.difference(newest);
  scaleBy(1 / (load<f64>(state.rho(newest)) * dot(difference, difference)), direction, direction);
  for (let i = 0; i < pairs; i++) {
    const beta = load<f64>(state.rho(pair)) * dot(state.difference(pair), direction);
    addScaled(direction, load<f64>(state.rho(pair), 8) - beta, state.step(pair), direction);
    if (++pair == memory) pair = 0;
  }
}

/** Move to the point evaluated last, and keep the pair where its curvature is positive. */
function learn(state: Lbfgs): void {
  const pair = state.next;
  const step = state.step(pair), difference = state.difference(pair);
  addScaled(evaluationPosition(), -1, state.position, step);
  addScaled(state.gradient, -1, evaluationGradient(), difference);
  keepProbe(state.position, state.gradient);
  const curvature = dot(step, difference);
  if (!(curvature > LEAST_CURVATURE * dot(difference, difference))) return;
  store<f64>(state.rho(pair), 1 / curvature);
  state.next = pair + 1 == state.memory ? 0 : pair + 1;
  state.pairs = min(state.pairs + 1, state.memory);
}
