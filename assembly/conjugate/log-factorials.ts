/** Sums of logarithms of factorials: what the evidence of counts needs of each observation. */
import { lgamma } from "../math/scalar";
import { wholeNumber } from "./whole-number";
import { logRisingFactorial } from "../math/logRisingFactorial";

/** Counts below this are looked up. */
const KNOWN: i32 = 1024;
const TABLE: usize = memory.data(8 * 1024, 16);

let filled: bool = false;

/** Σ log x! over `count` whole numbers ≥ 0 at `x`. */
export function logFactorials(x: usize, count: i32): f64 {
  if (!filled) fillTable();
  let first: f64 = 0, second: f64 = 0, third: f64 = 0, fourth: f64 = 0;
  const end = x + (<usize>count << 3);
  for (const quads = x + (<usize>(count & ~3) << 3); x < quads; x += 32) {
    first += logFactorial(load<f64>(x));
    second += logFactorial(load<f64>(x, 8));
    third += logFactorial(load<f64>(x, 16));
    fourth += logFactorial(load<f64>(x, 24));
  }
  for (; x < end; x += 8) first += logFactorial(load<f64>(x));
  return first + second + (third + fourth);
}

// @ts-ignore: decorator
@inline
function logFactorial(x: f64): f64 {
  if (x < <f64>KNOWN) return load<f64>(TABLE + (<usize>wholeNumber(x) << 3));
  return lgamma(x + 1);
}

function fillTable(): void {
  for (let n = 0; n < KNOWN; n++) store<f64>(TABLE + (<usize>n << 3), n < 2 ? 0 : lgamma(<f64>n + 1));
  filled = true;
}

/** Σ log (shape (shape + 1) … (shape + x − 1)) over `count` whole numbers ≥ 0 at `x`. */
export function logRisings(x: usize, count: i32, shape: f64): f64 {
  const from = f64x2.splat(shape);
  let sums = f64x2.splat(0);
  const end = x + (<usize>count << 3);
  for (const pairs = x + (<usize>(count & ~1) << 3); x < pairs; x += 16) {
    sums = f64x2.add(sums, logRisingFactorial(from, v128.load(x)));
  }
  const sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  return x < end ? sum + f64x2.extract_lane(logRisingFactorial(from, v128.load64_splat(x)), 0) : sum;
}
