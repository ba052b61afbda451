/** The diagonal of −H: exact by colours of coordinates that do not meet, or estimated; and draws by it. */

import { multiplyHessian, setProductPosition } from "./product";
import { allocate } from "../memory";
import { dimension } from "../program/target";
import { vectorBytes } from "../dynamics/space";
import { normal } from "../random/normal";
import { nextU64 } from "../random/xoshiro";

let vector: usize = 0;
let product: usize = 0;

function prepare(): void {
  if (vector) return;
  const bytes = vectorBytes();
  vector = allocate(2 * bytes);
  product = vector + bytes;
}

/**
 * −Hᵢᵢ of the coordinates of one colour, whose other coordinates have no element in common with them: one product. `colours`
 * has a 32-bit number for each coordinate.
 */
export function diagonalOfColour(position: usize, colours: usize, colour: i32, result: usize): void {
  prepare();
  setProductPosition(position);
  const n = dimension();
  for (let i = 0; i < n; i++) {
    store<f64>(vector + (<usize>i << 3), load<i32>(colours + (<usize>i << 2)) == colour ? 1 : 0);
  }
  multiplyHessian(vector, product);
  for (let i = 0; i < n; i++) {
    const at = <usize>i << 3;
    if (load<i32>(colours + (<usize>i << 2)) == colour) store<f64>(result + at, -load<f64>(product + at));
  }
}

/**
 * One more of Hutchinson's estimates v·(−Hv) with random signs v, number `count` from 1: `mean` gets the mean so far,
 * `squares` the sum of squared deviations from it (Welford 1962).
 */
export function probeDiagonal(position: usize, random: usize, count: i32, mean: usize, squares: usize): void {
  prepare();
  setProductPosition(position);
  const n = dimension();
  let bits: u64 = 0;
  for (let i = 0; i < n; i++) {
    if ((i & 63) == 0) bits = nextU64(random);
    store<f64>(vector + (<usize>i << 3), bits & 1 ? 1 : -1);
    bits >>= 1;
  }
  multiplyHessian(vector, product);
  for (let at: usize = 0, end = <usize>n << 3; at < end; at += 8) {
    const estimate = -load<f64>(vector + at) * load<f64>(product + at);
    const before = estimate - load<f64>(mean + at);
    const now = load<f64>(mean + at) + before / <f64>count;
    store<f64>(mean + at, now);
    store<f64>(squares + at, load<f64>(squares + at) + before * (estimate - now));
  }
}

/** `count` draws of normal(mode, diag(deviations²)), behind one another, and −½zᵀz of each. */
export function drawDiagonal(
  n: i32, mode: usize, deviations: usize, random: usize, count: i32, positions: usize, exponents: usize,
): void {
  const row = <usize>n << 3;
  for (; count > 0; count--, exponents += 8) {
    let sum: f64 = 0;
    for (let at: usize = 0; at < row; at += 8, positions += 8) {
      const z = normal(random);
      sum += z * z;
      store<f64>(positions, load<f64>(mode + at) + z * load<f64>(deviations + at));
    }
    store<f64>(exponents, -0.5 * sum);
  }
}
