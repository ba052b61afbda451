/** A whole number below 2³² as an integer: the low bits after adding 2⁵², which is faster than a checked conversion. */

// @ts-ignore: decorator
@inline
export function wholeNumber(x: f64): u32 {
  return <u32>reinterpret<u64>(x + 4503599627370496.0);
}
