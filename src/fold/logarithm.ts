/**
 * exp and log by additions, multiplications and divisions alone, so that every engine gives data the same bits. Taylor
 * series about 0 after the powers of two are taken out; errors below one unit in the last place.
 */

const LOG_TWO_HIGH = 0.69314718036912381649;
const LOG_TWO_LOW = 1.90821492927058770002e-10;
const ROOT_TWO = 1.4142135623730951;
/** Terms after which the series have nothing left to add. */
const TERMS = { exp: 14, log: 11 };

/** 2ᵏ for −1022 ≤ k ≤ 1023. */
function powerOfTwo(k: number): number {
  let result = 1;
  let factor = k < 0 ? 0.5 : 2;
  for (let left = Math.abs(k); left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= factor;
    factor *= factor;
  }
  return result;
}

export function exactExp(x: number): number {
  if (x > 709.8) return Infinity;
  if (x < -745.2) return 0;
  if (Number.isNaN(x)) return x;
  const k = Math.floor(x / LOG_TWO_HIGH + 0.5);
  const r = x - k * LOG_TWO_HIGH - k * LOG_TWO_LOW;
  let sum = 0;
  for (let n = TERMS.exp; n >= 1; n--) sum = (r / n) * (1 + sum);
  const half = Math.trunc(k / 2);
  return (1 + sum) * powerOfTwo(half) * powerOfTwo(k - half);
}

export function exactLog(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  let k = 0;
  let m = x;
  for (; m >= ROOT_TWO; k++) m *= 0.5;
  for (; m < 0.5 * ROOT_TWO; k--) m *= 2;
  // log m = 2 artanh s, and 2 s = f − s·f, where f has no error.
  const f = m - 1;
  const s = f / (2 + f);
  const square = s * s;
  let sum = 0;
  for (let n = TERMS.log; n >= 1; n--) sum = square * (1 / (2 * n + 1) + sum);
  return k * LOG_TWO_HIGH + (f - (s * (f - 2 * sum) - k * LOG_TWO_LOW));
}
