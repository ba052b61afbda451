/**
 * Newton's method uphill. In many dimensions by conjugate gradients within a trust region (Steihaug 1983; Nocedal &
 * Wright 2006, algorithms 4.1 and 7.2); in few by the factor of the whole Hessian, its diagonal raised until it is
 * definite, and a line search.
 */

import { CONVERGED, INFINITE, keepProbe, probe, RUNNING, STALLED } from "./ascent";
import { climb, probes, reached } from "./lineSearch";
import { addScaled, dot } from "../dynamics/vector";
import { factorRaised } from "../curvature/definite";
import { precisionRows, symmetrise } from "../curvature/dense";
import { multiplyHessian, setProductPosition } from "../curvature/product";
import { solveUpperByRows, solveUpperTransposed } from "../linalg/triangular-solve";
import { allocate } from "../memory";
import { dimension } from "../program/target";
import { evaluateDensity, evaluationGradient, evaluationPosition } from "../dynamics/evaluation";
import { clearPadding, copyVector, vectorBytes } from "../dynamics/space";

/** A step of the trust region is taken when it gains this share of what the model promised. */
const ACCEPTABLE: f64 = 1e-4;
const NOISE: f64 = 1e-13;

/** Six vectors lie behind this header. */
@unmanaged
export class Newton {
  logDensity: f64;
  /** gᵀ(−H)⁻¹g: twice the gain that is still expected. */
  decrement: f64;
  /** Largest move of a coordinate in the last step, relative to max(1, |coordinate|). */
  move: f64;
  radius: f64;
  tolerance: f64;
  evaluations: f64;
  iteration: i32;
  status: i32;
  bytes: usize;
  private reserved: u32;

  // @ts-ignore: decorator
  @inline
  get position(): usize {
    return changetype<usize>(this) + offsetof<Newton>();
  }

  // @ts-ignore: decorator
  @inline
  get gradient(): usize {
    return this.position + this.bytes;
  }

  // @ts-ignore: decorator
  @inline
  get step(): usize {
    return this.position + 2 * this.bytes;
  }

  // @ts-ignore: decorator
  @inline
  get residual(): usize {
    return this.position + 3 * this.bytes;
  }

  // @ts-ignore: decorator
  @inline
  get direction(): usize {
    return this.position + 4 * this.bytes;
  }

  // @ts-ignore: decorator
  @inline
  get product(): usize {
    return this.position + 5 * this.bytes;
  }
}

/** Converged once no coordinate moves by more than `tolerance`, relative to max(1, |coordinate|). */
export function createNewton(tolerance: f64): Newton {
  const bytes = vectorBytes();
  const state = changetype<Newton>(allocate(offsetof<Newton>() + 6 * bytes));
  state.bytes = bytes;
  state.tolerance = tolerance;
  return state;
}

export function newtonPosition(state: Newton): usize {
  return state.position;
}

export function newtonGradient(state: Newton): usize {
  return state.gradient;
}

/** Where the last step lies, `dimension` values. */
export function newtonStep(state: Newton): usize {
  return state.step;
}

export function newtonLogDensity(state: Newton): f64 {
  return state.logDensity;
}

export function newtonMove(state: Newton): f64 {
  return state.move;
}

export function newtonEvaluations(state: Newton): f64 {
  return state.evaluations;
}

export function newtonStatus(state: Newton): i32 {
  return state.status;
}

/** Evaluate at the position. Whether log density and gradient are finite there. */
export function beginNewton(state: Newton): bool {
  state.iteration = 0;
  state.status = RUNNING;
  state.radius = 1;
  state.move = Infinity;
  copyVector(state.position, evaluationPosition());
  state.logDensity = evaluateDensity();
  state.evaluations += 1;
  copyVector(evaluationGradient(), state.gradient);
  const size = dot(state.gradient, state.gradient);
  return state.logDensity - state.logDensity == 0 && size - size == 0;
}

/** At most so many iterations with the whole Hessian; `matrix` and `factor` hold n² numbers each. Gives the number made. */
export function advanceNewtonDense(state: Newton, iterations: i32, matrix: usize, factor: usize): i32 {
  const n = dimension();
  const row = <usize>n << 3;
  let made = 0;
  while (made < iterations && state.status == RUNNING) {
    precisionRows(state.position, 0, n, matrix);
    symmetrise(n, matrix);
    const share = factorRaised(n, matrix, factor);
    const step = state.step;
    memory.copy(step, state.gradient, row);
    solveUpperTransposed(n, factor, row, step);
    solveUpperByRows(n, factor, row, step, step);
    clearPadding(step);
    state.decrement = dot(step, state.gradient);
    if (share == Infinity || !(state.decrement >= 0)) {
      state.status = STALLED;
      break;
    }
    made++;
    state.iteration++;
    state.move = largestMove(state);
    const small = share == 0 && state.move <= state.tolerance;
    const moved = state.decrement > 0 && climb(state.position, step, state.logDensity, state.decrement, 1);
    state.evaluations += probes;
    if (moved) keep(state, reached);
    if (small) state.status = CONVERGED;
    else if (!moved) state.status = STALLED;
  }
  return made;
}

/** At most so many iterations within a trust region, each of at most `limit` products. Gives the number made. */
export function advanceNewton(state: Newton, iterations: i32, limit: i32): i32 {
  let made = 0;
  while (made < iterations && state.status == RUNNING) {
    const boundary = solveWithin(state, limit);
    const predicted = 0.5 * (dot(state.step, state.gradient) + dot(state.step, state.residual));
    state.decrement = 2 * predicted;
    state.move = largestMove(state);
    made++;
    state.iteration++;
    if (predicted == 0) {
      state.status = CONVERGED;
      break;
    }
    const value = probe(state.position, 1, state.step);
    state.evaluations += 1;
    const noise = NOISE * max(1, abs(state.logDensity));
    const gain = value - state.logDensity;
    const unresolved = predicted <= noise && abs(gain) <= 2 * noise;
    const ratio = unresolved ? 1 : gain / predicted;
    const length = sqrt(dot(state.step, state.step));
    if (!(ratio >= 0.25)) state.radius = 0.25 * length;
    else if (ratio > 0.75 && boundary) state.radius *= 2;
    const slopes = dot(evaluationGradient(), evaluationGradient());
    if (ratio > ACCEPTABLE && (value == Infinity || slopes - slopes == 0)) keep(state, value);
    if (!boundary && state.move <= state.tolerance) state.status = state.status == RUNNING ? CONVERGED : state.status;
    else if (state.radius < 1e-14 * (1 + sqrt(dot(state.position, state.position)))) state.status = STALLED;
  }
  return made;
}

/** The step that conjugate gradients find inside the trust region, and the residual g + Hp; whether it ends on the edge. */
function solveWithin(state: Newton, limit: i32): bool {
  const step = state.step, residual = state.residual, direction = state.direction, product = state.product;
  const radius = state.radius;
  memory.fill(step, 0, state.bytes);
  copyVector(state.gradient, residual);
  copyVector(residual, direction);
  let squares = dot(residual, residual);
  const target = squares * min<f64>(0.01, sqrt(squares));
  setProductPosition(state.position);
  for (let i = 0; i < limit && squares > target; i++) {
    multiplyHessian(direction, product);
    const curvature = -dot(direction, product);
    const alpha = squares / curvature;
    if (!(curvature > 0) || lengthAfter(step, alpha, direction) >= radius) {
      const tau = toEdge(step, direction, radius);
      addScaled(step, tau, direction, step);
      addScaled(residual, tau, product, residual);
      return true;
    }
    addScaled(step, alpha, direction, step);
    addScaled(residual, alpha, product, residual);
    const next = dot(residual, residual);
    addScaled(residual, next / squares, direction, direction);
    squares = next;
  }
  return false;
}

function lengthAfter(step: usize, alpha: f64, direction: usize): f64 {
  return sqrt(dot(step, step) + 2 * alpha * dot(step, direction) + alpha * alpha * dot(direction, direction));
}

/** τ > 0 with |step + τ·direction| = radius. */
function toEdge(step: usize, direction: usize, radius: f64): f64 {
  const a = dot(direction, direction), b = dot(step, direction), c = dot(step, step) - radius * radius;
  const root = sqrt(max<f64>(0, b * b - a * c));
  return b > 0 ? -c / (b + root) : (root - b) / a;
}

function largestMove(state: Newton): f64 {
  let most: f64 = 0;
  for (let at: usize = 0, end = <usize>dimension() << 3; at < end; at += 8) {
    most = max(most, abs(load<f64>(state.step + at)) / max<f64>(1, abs(load<f64>(state.position + at))));
  }
  return most;
}

/** Move to the point evaluated last. */
function keep(state: Newton, value: f64): void {
  keepProbe(state.position, state.gradient);
  state.logDensity = value;
  if (value == Infinity) state.status = INFINITE;
}
