/** Σ log xᵢ over an array, by logProduct.ts; as log for zeros, negatives, infinities and subnormals. */
import { log } from "./log";
import { PRODUCT_LENGTH, biasedExponent, logOfProduct, significand } from "./logProduct";
import { unusualForLog } from "./logarithm";

/** The sum of the logarithms of `count` f64 at `x`. */
export function sumLog(x: usize, count: i32): f64 {
  let total: f64 = 0;
  let left = count >> 1;
  while (left > 0) {
    const vectors = min(left, PRODUCT_LENGTH);
    const sums = blockOfLogs(x, vectors);
    total += f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
    x += <usize>vectors << 4;
    left -= vectors;
  }
  return count & 1 ? total + f64x2.extract_lane(log(v128.load64_splat(x)), 0) : total;
}

/** Sums per lane over at most `PRODUCT_LENGTH` vectors. */
function blockOfLogs(x: usize, vectors: i32): v128 {
  const end = x + (<usize>vectors << 4);
  let even = f64x2.splat(1);
  let odd = f64x2.splat(1);
  let exponents = i64x2.splat(0);
  let unfit = i64x2.splat(0);
  let at = x;
  for (const pairsEnd = x + (<usize>(vectors & ~1) << 4); at < pairsEnd; at += 32) {
    const first = v128.load(at);
    const second = v128.load(at, 16);
    even = f64x2.mul(even, significand(first));
    odd = f64x2.mul(odd, significand(second));
    exponents = i64x2.add(exponents, i64x2.add(biasedExponent(first), biasedExponent(second)));
    unfit = v128.or(unfit, v128.or(unusualForLog(first), unusualForLog(second)));
  }
  if (at < end) {
    const last = v128.load(at);
    even = f64x2.mul(even, significand(last));
    exponents = i64x2.add(exponents, biasedExponent(last));
    unfit = v128.or(unfit, unusualForLog(last));
  }
  if (v128.any_true(unfit)) return plainBlock(x, end);
  return logOfProduct(f64x2.mul(even, odd), exponents, vectors);
}

function plainBlock(x: usize, end: usize): v128 {
  let sum = f64x2.splat(0);
  for (; x < end; x += 16) sum = f64x2.add(sum, log(v128.load(x)));
  return sum;
}
