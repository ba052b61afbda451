/** Powers of two near the size of numbers: dividing by one rounds nothing. */

const number = new Float64Array(1);
const words = new Uint32Array(number.buffer);

/** The power of two at or below the largest magnitude; 1 for zeros, NaN where a value is not finite. */
export function scaleOf(values: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const magnitude = Math.abs(values[i]);
    if (!(magnitude <= largest)) largest = magnitude;
  }
  if (!(largest < Infinity)) return NaN;
  if (largest < 2.2250738585072014e-308) return 1;
  // The exponent alone; platforms of WebAssembly are little-endian.
  number[0] = largest;
  words[0] = 0;
  words[1] &= 0x7ff00000;
  return number[0];
}
