/** Initial value problems: adaptive steps over a right-hand side that is code of the program. */
import { exp, log } from "../math/scalar";

/** Runs code from an address to another. */
export type Run = (pc: usize, end: usize) => void;

// The problem at hand. Right-hand sides hold no problems themselves, so one place is enough.
let run: Run | null = null;
let body: usize = 0;
let bodyEnd: usize = 0;
let timePlace: usize = 0;
let statePlace: usize = 0;
let slopePlace: usize = 0;
let jacobianPlace: usize = 0;
let size: i32 = 0;
let bytes: usize = 0;
let relative: f64 = 0;
let absolute: f64 = 0;

// Vectors of the workspace.
let y: usize = 0;
let fresh: usize = 0;
let errors: usize = 0;
let stages: usize = 0;

/**
 * Writes the state at each time; NaN where the solver gives up. Returns the address behind the body.
 * [header, times, size, base, stiff, max steps, body words, time, state, slope, jacobian, initial, start, times, relative,
 * absolute, result, workspace], then the body
 */
export function ode(pc: usize, runner: Run): usize {
  const count = load<i32>(pc, 4);
  const base = load<i32>(pc, 12), stiff = load<i32>(pc, 16), maxSteps = load<i32>(pc, 20);
  run = runner;
  size = load<i32>(pc, 8);
  bytes = (<usize>(size + 1) >> 1) << 4;
  body = pc + 72;
  bodyEnd = body + (load<usize>(pc, 24) << 2);
  timePlace = load<usize>(pc, 28);
  statePlace = load<usize>(pc, 32);
  slopePlace = load<usize>(pc, 36);
  jacobianPlace = load<usize>(pc, 40);
  relative = load<f64>(load<usize>(pc, 56));
  absolute = load<f64>(load<usize>(pc, 60));
  const times = load<usize>(pc, 52), result = load<usize>(pc, 64);
  y = load<usize>(pc, 68);
  fresh = y + bytes;
  errors = fresh + bytes;
  stages = errors + bytes;
  copyVector(y, load<usize>(pc, 44));
  const start = load<f64>(load<usize>(pc, 48));
  const done = stiff
    ? rosenbrock(start, times, count, result, base, maxSteps)
    : dormandPrince(start, times, count, result, maxSteps);
  // Both lanes where the whole result is one element.
  if (count * size == 1) v128.store(result, v128.load64_splat(result));
  for (let i = done * size; i < count * size; i++) store<f64>(result + (<usize>i << 3), NaN);
  if (count * size == 1 && done == 0) v128.store(result, f64x2.splat(NaN));
  return bodyEnd;
}

// ---- shared --------------------------------------------------------------------------------------------------------

/** The derivative at `t` of the state in a vector, into another. */
function slopeAt(t: f64, state: usize, into: usize): void {
  v128.store(timePlace, f64x2.splat(t));
  if (size == 1) v128.store(statePlace, v128.load64_splat(state));
  else copyVector(statePlace, state);
  run!(body, bodyEnd);
  copyElements(into, slopePlace);
}

function copyVector(to: usize, from: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(to + i, v128.load(from + i));
}

/** Exactly `size` elements: what lies behind may be another's, and padding must stay finite. */
function copyElements(to: usize, from: usize): void {
  memory.copy(to, from, <usize>size << 3);
  if (size & 1) store<f64>(to + (<usize>size << 3), 0);
}

function copyResult(result: usize, row: i32, from: usize): void {
  memory.copy(result + (<usize>(row * size) << 3), from, <usize>size << 3);
}

/** Scale of the error that is accepted in an element. */
// @ts-ignore: decorator
@inline
function scaleOf(a: f64, b: f64): f64 {
  return absolute + relative * max(abs(a), abs(b));
}

/** Root mean square of a vector in units of accepted errors. */
function norm(x: usize, a: usize, b: usize): f64 {
  let s: f64 = 0;
  for (let i: usize = 0; i < <usize>size; i++) {
    const at = i << 3;
    const e = load<f64>(x + at) / scaleOf(load<f64>(a + at), load<f64>(b + at));
    s += e * e;
  }
  return sqrt(s / <f64>size);
}

/** to = from + Σ weights[j]·(vector j of the stages), times `h`. */
function combine(to: usize, from: usize, h: f64, weights: usize, terms: i32): void {
  const step = f64x2.splat(h);
  for (let i: usize = 0; i < bytes; i += 16) {
    let s = f64x2.splat(0);
    let stage = stages + i;
    for (let j = 0; j < terms; j++, stage += bytes) {
      s = f64x2.add(s, f64x2.mul(v128.load64_splat(weights + (<usize>j << 3)), v128.load(stage)));
    }
    v128.store(to + i, f64x2.add(v128.load(from + i), f64x2.mul(step, s)));
  }
}

// @ts-ignore: decorator
@inline
function power(x: f64, exponent: f64): f64 {
  return exp(exponent * log(x));
}

/** A first step from the sizes of state and derivatives (Hairer, Nørsett & Wanner I, §II.4); stage 0 holds the slope. */
function firstStep(t: f64, end: f64, order: f64): f64 {
  const d0 = norm(y, y, y), d1 = norm(stages, y, y);
  let h = d0 < 1e-5 || d1 < 1e-5 ? 1e-6 : 0.01 * (d0 / d1);
  h = min(h, end - t);
  store<f64>(ONE, 1);
  combine(fresh, y, h, ONE, 1);
  slopeAt(t + h, fresh, stages + bytes);
  for (let i: usize = 0; i < bytes; i += 8) {
    store<f64>(errors + i, load<f64>(stages + bytes + i) - load<f64>(stages + i));
  }
  const d2 = norm(errors, y, y) / h;
  const largest = max(d1, d2);
  const second = largest <= 1e-15 ? max(1e-6, h * 1e-3) : power(0.01 / largest, 1 / order);
  const chosen = min(min(100 * h, second), end - t);
  return chosen > 0 ? chosen : 1e-6;
}

const ONE: usize = memory.data<f64>([1], 16);

// ---- Runge–Kutta 5(4) ----------------------------------------------------------------------------------------------

// Dormand & Prince (1980), with the continuous extension of Hairer, Nørsett & Wanner I, §II.6.
// prettier-ignore
const NODES: usize = memory.data<f64>([0.2, 0.3, 0.8, 8.0 / 9.0, 1, 1], 16);
// prettier-ignore
const ROWS: usize = memory.data<f64>([
  1.0 / 5.0, 0, 0, 0, 0, 0,
  3.0 / 40.0, 9.0 / 40.0, 0, 0, 0, 0,
  44.0 / 45.0, -56.0 / 15.0, 32.0 / 9.0, 0, 0, 0,
  19372.0 / 6561.0, -25360.0 / 2187.0, 64448.0 / 6561.0, -212.0 / 729.0, 0, 0,
  9017.0 / 3168.0, -355.0 / 33.0, 46732.0 / 5247.0, 49.0 / 176.0, -5103.0 / 18656.0, 0,
  35.0 / 384.0, 0, 500.0 / 1113.0, 125.0 / 192.0, -2187.0 / 6784.0, 11.0 / 84.0,
], 16);
// prettier-ignore
const ERROR_WEIGHTS: usize = memory.data<f64>([
  71.0 / 57600.0, 0, -71.0 / 16695.0, 71.0 / 1920.0, -17253.0 / 339200.0, 22.0 / 525.0, -1.0 / 40.0,
], 16);
// prettier-ignore
const DENSE: usize = memory.data<f64>([
  -12715105075.0 / 11282082432.0, 0, 87487479700.0 / 32700410799.0, -10690763975.0 / 1880347072.0,
  701980252875.0 / 199316789632.0, -1453857185.0 / 822651844.0, 69997945.0 / 29380423.0,
], 16);

/** Returns the number of times reached. */
function dormandPrince(t: f64, times: usize, count: i32, result: usize, maxSteps: i32): i32 {
  const end = load<f64>(times + (<usize>(count - 1) << 3));
  const last = stages + 6 * bytes;
  let row = 0;
  while (row < count && load<f64>(times + (<usize>row << 3)) <= t) copyResult(result, row++, y);
  if (row == count) return count;
  slopeAt(t, y, stages);
  let h = firstStep(t, end, 5);
  let previous: f64 = 1e-4;
  for (let steps = 0; steps < maxSteps; steps++) {
    const final = t + 1.0001 * h >= end;
    if (final) h = end - t;
    for (let stage = 0; stage < 6; stage++) {
      combine(fresh, y, h, ROWS + <usize>stage * 48, stage + 1);
      slopeAt(t + load<f64>(NODES + (<usize>stage << 3)) * h, fresh, stages + <usize>(stage + 1) * bytes);
    }
    memory.fill(errors, 0, bytes);
    combine(errors, errors, h, ERROR_WEIGHTS, 7);
    const error = norm(errors, y, fresh);
    if (!(error < Infinity)) {
      h *= 0.1;
      if (!(h > 1e-14 * max(1, abs(t)))) return row;
      continue;
    }
    // Proportional–integral control of the step (Gustafsson; ibid., §IV.2).
    const grown = power(max(error, 1e-16), 0.17);
    if (error > 1) {
      h /= min(5, grown / 0.9);
      if (!(h > 1e-14 * max(1, abs(t)))) return row;
      continue;
    }
    const after = final ? end : t + h;
    for (; row < count; row++) {
      const time = load<f64>(times + (<usize>row << 3));
      if (time > after) break;
      interpolate(result + (<usize>(row * size) << 3), (time - t) / h, h, last);
    }
    if (row == count) return count;
    const factor = max(0.1, min(5, grown / power(previous, 0.04) / 0.9));
    previous = max(error, 1e-4);
    copyVector(y, fresh);
    copyVector(stages, last);
    t = after;
    h /= factor;
  }
  return row;
}

/** The state at a fraction of the step just made. */
function interpolate(to: usize, fraction: f64, h: f64, last: usize): void {
  const rest = 1 - fraction;
  for (let i: usize = 0; i < <usize>size; i++) {
    const at = i << 3;
    const before = load<f64>(y + at);
    const difference = load<f64>(fresh + at) - before;
    const bend = h * load<f64>(stages + at) - difference;
    const far = difference - h * load<f64>(last + at) - bend;
    let dense: f64 = 0;
    for (let j: usize = 0; j < 7; j++) dense += load<f64>(DENSE + (j << 3)) * load<f64>(stages + j * bytes + at);
    store<f64>(to + at, before + fraction * (difference + rest * (bend + fraction * (far + rest * h * dense))));
  }
}

// ---- Rosenbrock, order 3(2) ----------------------------------------------------------------------------------------

// ROS34PW2 (Rang & Angermann, BIT 45, 2005), in variables that need no products with the Jacobian. It keeps its order with
// any matrix in the Jacobian's place, so the base system's serves every block of sensitivities.
const GAMMA: f64 = 0.435866521508459;
// prettier-ignore
const STIFF_ROWS: usize = memory.data<f64>([
  2.0, 0, 0,
  1.4192173174557646, -0.25923221167296973, 0,
  4.184760482319161, -0.2851920173554959, 2.294280360279042,
], 16);
// prettier-ignore
const STIFF_NODES: usize = memory.data<f64>([0.871733043016918, 0.7315799577888524, 1], 16);
// prettier-ignore
const STIFF_COUPLING: usize = memory.data<f64>([
  -4.588560720558083, 0, 0,
  -4.184760482319161, 0.2851920173554959, 0,
  -6.368179200128358, -6.795620944466837, 2.870098604331056,
], 16);
// prettier-ignore
const STIFF_RESULT: usize = memory.data<f64>([4.184760482319161, -0.2851920173554959, 2.294280360279042, 1], 16);
// prettier-ignore
const STIFF_ERROR: usize = memory.data<f64>([0.2777499476479681, -1.403239895175999, 1.7726301276675507, 0.5], 16);

/** Returns the number of times reached. Steps end at every time that is wanted. */
function rosenbrock(t: f64, times: usize, count: i32, result: usize, base: i32, maxSteps: i32): i32 {
  const matrix = stages + 5 * bytes;
  const pivots = matrix + (<usize>(base * base + 1) >> 1 << 4);
  const slope = stages + 4 * bytes;
  let row = 0;
  while (row < count && load<f64>(times + (<usize>row << 3)) <= t) copyResult(result, row++, y);
  if (row == count) return count;
  slopeAt(t, y, stages);
  let h = firstStep(t, load<f64>(times + (<usize>(count - 1) << 3)), 3);
  for (let steps = 0; steps < maxSteps; steps++) {
    const wanted = load<f64>(times + (<usize>row << 3));
    const whole = h;
    const final = t + 1.0001 * h >= wanted;
    if (final) h = wanted - t;
    slopeAt(t, y, slope);
    if (!factorise(matrix, pivots, base, 1 / (h * GAMMA))) {
      h *= 0.1;
      if (!(h > 1e-14 * max(1, abs(t)))) return row;
      continue;
    }
    for (let stage = 0; stage < 4; stage++) {
      const to = stages + <usize>stage * bytes;
      if (stage > 0) {
        const weights = <usize>(stage - 1) * 24;
        combine(fresh, y, 1, STIFF_ROWS + weights, stage);
        slopeAt(t + load<f64>(STIFF_NODES + (<usize>(stage - 1) << 3)) * h, fresh, slope);
        combine(slope, slope, 1 / h, STIFF_COUPLING + weights, stage);
      }
      copyVector(to, slope);
      for (let block = 0; block < size; block += base) solve(matrix, pivots, base, to + (<usize>block << 3));
    }
    combine(fresh, y, 1, STIFF_RESULT, 4);
    memory.fill(errors, 0, bytes);
    combine(errors, errors, 1, STIFF_ERROR, 4);
    const error = norm(errors, y, fresh);
    if (!(error <= 1)) {
      h *= error < Infinity ? max(0.2, 0.9 * power(error, -1.0 / 3.0)) : 0.1;
      if (!(h > 1e-14 * max(1, abs(t)))) return row;
      continue;
    }
    copyVector(y, fresh);
    t = final ? wanted : t + h;
    while (row < count && load<f64>(times + (<usize>row << 3)) <= t) copyResult(result, row++, y);
    if (row == count) return count;
    const next = h * min(5, 0.9 * power(max(error, 1e-10), -1.0 / 3.0));
    // A step cut short by a wanted time says nothing about the next.
    h = final ? max(next, whole) : next;
  }
  return row;
}

/** LU factors with row exchanges of shift·I − Jacobian; false where it is singular or not finite. */
function factorise(matrix: usize, pivots: usize, n: i32, shift: f64): bool {
  for (let i = 0; i < n * n; i++) store<f64>(matrix + (<usize>i << 3), -load<f64>(jacobianPlace + (<usize>i << 3)));
  for (let i = 0; i < n; i++) {
    const at = matrix + (<usize>(i * (n + 1)) << 3);
    store<f64>(at, load<f64>(at) + shift);
  }
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) if (abs(element(matrix, n, i, k)) > abs(element(matrix, n, best, k))) best = i;
    store<i32>(pivots + (<usize>k << 2), best);
    const pivot = element(matrix, n, best, k);
    if (!(abs(pivot) > 0 && abs(pivot) < Infinity)) return false;
    if (best != k) {
      for (let j = 0; j < n; j++) {
        const kept = element(matrix, n, k, j);
        setElement(matrix, n, k, j, element(matrix, n, best, j));
        setElement(matrix, n, best, j, kept);
      }
    }
    for (let i = k + 1; i < n; i++) {
      const factor = element(matrix, n, i, k) / pivot;
      setElement(matrix, n, i, k, factor);
      for (let j = k + 1; j < n; j++) setElement(matrix, n, i, j, element(matrix, n, i, j) - factor * element(matrix, n, k, j));
    }
  }
  return true;
}

// @ts-ignore: decorator
@inline
function element(matrix: usize, n: i32, i: i32, j: i32): f64 {
  return load<f64>(matrix + (<usize>(i * n + j) << 3));
}

// @ts-ignore: decorator
@inline
function setElement(matrix: usize, n: i32, i: i32, j: i32, value: f64): void {
  store<f64>(matrix + (<usize>(i * n + j) << 3), value);
}

/** Solves in place. */
function solve(matrix: usize, pivots: usize, n: i32, x: usize): void {
  for (let k = 0; k < n; k++) {
    const other = load<i32>(pivots + (<usize>k << 2));
    const value = load<f64>(x + (<usize>other << 3));
    store<f64>(x + (<usize>other << 3), load<f64>(x + (<usize>k << 3)));
    store<f64>(x + (<usize>k << 3), value);
  }
  for (let i = 1; i < n; i++) {
    let s = load<f64>(x + (<usize>i << 3));
    for (let j = 0; j < i; j++) s -= element(matrix, n, i, j) * load<f64>(x + (<usize>j << 3));
    store<f64>(x + (<usize>i << 3), s);
  }
  for (let i = n - 1; i >= 0; i--) {
    let s = load<f64>(x + (<usize>i << 3));
    for (let j = i + 1; j < n; j++) s -= element(matrix, n, i, j) * load<f64>(x + (<usize>j << 3));
    store<f64>(x + (<usize>i << 3), s / element(matrix, n, i, i));
  }
}
