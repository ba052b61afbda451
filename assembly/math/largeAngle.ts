/**
 * Angles beyond 10^6 modulo a quarter turn, with as many digits of 2/π as it takes (Payne and Hanek, SIGNUM
 * Newsletter 18, 1983).
 *
 * |x| = m 2^e with an integer m. Digits of 2/π worth four turns or more in m 2^e · 2/π drop out, so of the
 * product of m with the 192 digits from place e − 2 on, the low 192 bits are all that counts: two of quarter
 * turns, then the fraction.
 */

/** 64 zeros, then the binary digits of 2/π. */
// prettier-ignore
const DIGITS: usize = memory.data<u64>([
  0x0000000000000000, 0xa2f9836e4e441529, 0xfc2757d1f534ddc0,
  0xdb6295993c439041, 0xfe5163abdebbc561, 0xb7246e3a424dd2e0,
  0x06492eea09d1921c, 0xfe1deb1cb129a73e, 0xe88235f52ebb4484,
  0xe99c7026b45f7e41, 0x3991d639835339f4, 0x9c845f8bbdf9283b,
  0x1ff897ffde05980f, 0xef2f118b5a0a6d1f, 0x6d367ecf27cb09b7,
  0x4f463f669e5fea2d, 0x7527bac7ebe5f17b, 0x3d0739f78a5292ea,
  0x6bfb5fb11f8d5d08, 0x56033046fc7b6bab, 0xf0cfbc209af4361d,
], 16);

/** π / 2 in two parts, the first rounded. */
const QUARTER: f64 = 1.5707963267948966;
const QUARTER_REST: f64 = 6.123233995736766e-17;

/** Keeps 26 bits of a significand. */
const HEAD: u64 = 0xfffffffff8000000;

/**
 * Writes the quarter turns in x and what remains, |head + tail| ≤ π/4, as u64 and f64; NaN for infinities and
 * NaN.
 */
export function reduceLargeAngle(x: f64, turns: usize, head: usize, tail: usize): void {
  const bits = reinterpret<u64>(x);
  const biased = <i32>((bits >> 52) & 0x7ff);
  if (biased === 0x7ff) {
    store<f64>(head, NaN);
    return;
  }
  const m = (bits & 0x000fffffffffffff) | 0x0010000000000000;
  const place = <usize>(biased - 1075 - 2 + 64);
  const b = digits(place + 64);
  const c = digits(place + 128);
  const low = m * c;
  const carried = high(m, c);
  const middle = m * b + carried;
  const top = m * digits(place) + high(m, b) + (middle < carried ? 1 : 0);
  let quarters = top >> 62;
  let fraction = (top << 2) | (middle >> 62);
  let finer = (middle << 2) | (low >> 62);
  let sign = bits & 0x8000000000000000;
  // To the nearest quarter: a half or more counts backwards from the next.
  if (fraction >> 63) {
    quarters++;
    finer = 0 - finer;
    fraction = ~fraction + (finer ? 0 : 1);
    sign ^= 0x8000000000000000;
  }
  store<u64>(turns, bits >> 63 ? 0 - quarters : quarters);
  storeAngle(fraction, finer, sign, head, tail);
}

/**
 * (fraction + finer / 2^64) / 2^64 · π/2 in two parts; no f64 is so close to a quarter turn that `fraction`
 * is 0.
 */
function storeAngle(fraction: u64, finer: u64, sign: u64, head: usize, tail: usize): void {
  const zeros = clz(fraction);
  const first = (fraction << zeros) | (finer >> (64 - zeros));
  const second = finer << zeros;
  const scale = reinterpret<f64>(((1023 - 53 - zeros) << 52) | sign);
  const a = <f64>(<i64>(first >> 11)) * scale;
  const b = <f64>(<i64>(((first & 0x7ff) << 42) | (second >> 22))) * scale * 1.1102230246251565e-16;
  const product = a * QUARTER;
  const aHead = reinterpret<f64>(reinterpret<u64>(a) & HEAD);
  const aRest = a - aHead;
  const quarterHead = reinterpret<f64>(reinterpret<u64>(QUARTER) & HEAD);
  const quarterRest = QUARTER - quarterHead;
  const cross = aHead * quarterHead - product + aHead * quarterRest + aRest * quarterHead;
  const lost = cross + aRest * quarterRest;
  const rest = lost + (a * QUARTER_REST + b * QUARTER);
  const sum = product + rest;
  store<f64>(head, sum);
  store<f64>(tail, product - sum + rest);
}

/** The 64 digits from place `place` on. */
function digits(place: usize): u64 {
  const word = DIGITS + ((place >> 6) << 3);
  const shift = <u64>(place & 63);
  const first = load<u64>(word) << shift;
  return shift ? first | (load<u64>(word, 8) >> (64 - shift)) : first;
}

/** The high 64 bits of a product. */
function high(a: u64, b: u64): u64 {
  const aLow = a & 0xffffffff;
  const aHigh = a >> 32;
  const bLow = b & 0xffffffff;
  const bHigh = b >> 32;
  const cross = aHigh * bLow + ((aLow * bLow) >> 32);
  const other = aLow * bHigh + (cross & 0xffffffff);
  return aHigh * bHigh + (cross >> 32) + (other >> 32);
}
