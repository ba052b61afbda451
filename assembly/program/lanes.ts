/** Small helpers on the lanes of a vector. */

/** Both lanes added. */
// @ts-ignore: decorator
@inline
export function addLanes(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}

/** The vector with its second lane, which is padding, made zero. */
// @ts-ignore: decorator
@inline
export function firstLane(x: v128): v128 {
  return f64x2.replace_lane(x, 1, 0);
}

/** Stores a result of one element in both lanes, added to what is there if `accumulate`. */
// @ts-ignore: decorator
@inline
export function storeScalar(y: usize, value: f64, accumulate: i32): void {
  v128.store(y, f64x2.splat(accumulate ? load<f64>(y) + value : value));
}

/** Stores both lanes, or the first one where only `bytes` = 8 are left of a row with another behind it. */
// @ts-ignore: decorator
@inline
export function storeWithin(y: usize, value: v128, bytes: usize): void {
  if (bytes >= 16) v128.store(y, value);
  else v128.store64_lane(y, value, 0);
}
