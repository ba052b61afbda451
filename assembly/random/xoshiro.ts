/**
 * xoshiro256++, the one generator of the samplers: 32 bytes of state at an address of the caller's.
 *
 * Blackman and Vigna, "Scrambled linear pseudorandom number generators" (ACM TOMS 47, 2021). The state is
 * never all zeros; its period is 2^256 − 1; `stream` n starts n · 2^128 draws into it, so streams of one seed
 * never overlap.
 */

/** Bytes of a state. */
export const STATE_BYTES: usize = 32;

/** The step of splitmix64's counter. */
export const WEYL: u64 = 0x9e3779b97f4a7c15;

/** The finaliser of splitmix64. */
// @ts-ignore: decorator
@inline
export function mix(word: u64): u64 {
  let z = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

/**
 * Fills a state from a seed (by splitmix64, as its authors advise) and moves it to stream number `stream`.
 */
export function seed(state: usize, seed: u64, stream: u32): void {
  let weyl = seed;
  for (let i: usize = 0; i < STATE_BYTES; i += 8) {
    weyl += WEYL;
    store<u64>(state + i, mix(weyl));
  }
  for (let i: u32 = 0; i < stream; i++) jump(state);
}

/** The next 64 bits. */
// @ts-ignore: decorator
@inline
export function nextU64(state: usize): u64 {
  const a = load<u64>(state);
  const b = load<u64>(state, 8);
  const c = load<u64>(state, 16) ^ a;
  const last = load<u64>(state, 24);
  const d = last ^ b;
  store<u64>(state, a ^ d);
  store<u64>(state, b ^ c, 8);
  store<u64>(state, c ^ (b << 17), 16);
  store<u64>(state, rotl<u64>(d, 45), 24);
  return rotl<u64>(a + last, 23) + a;
}

/** The polynomial x^(2^128) modulo the generator's characteristic polynomial. */
// prettier-ignore
const JUMP: usize = memory.data<u64>([
  0x180ec6d33cfd0aba, 0xd5a61266f0c9392c, 0xa9582618e03fc9aa, 0x39abdc4529b1661c,
], 16);

/** The polynomial x^(2^192), likewise. */
// prettier-ignore
const LEAP: usize = memory.data<u64>([
  0x76e15d3efefdcbbf, 0xc5004e441c522fb3, 0x77710069854ee241, 0x39109bb02acbe635,
], 16);

/** Moves a state ahead by 2^128 draws. */
export function jump(state: usize): void {
  advance(state, JUMP);
}

/** Moves a state ahead by 2^192 draws. */
export function leap(state: usize): void {
  advance(state, LEAP);
}

/** Applies a polynomial of the generator's step. */
function advance(state: usize, polynomial: usize): void {
  let a: u64 = 0;
  let b: u64 = 0;
  let c: u64 = 0;
  let d: u64 = 0;
  for (let bit: usize = 0; bit < 256; bit++) {
    if ((load<u64>(polynomial + ((bit >> 6) << 3)) >> (bit & 63)) & 1) {
      a ^= load<u64>(state);
      b ^= load<u64>(state, 8);
      c ^= load<u64>(state, 16);
      d ^= load<u64>(state, 24);
    }
    nextU64(state);
  }
  store<u64>(state, a);
  store<u64>(state, b, 8);
  store<u64>(state, c, 16);
  store<u64>(state, d, 24);
}

/** Uniform on [0, 1): the multiples of 2^−53. */
// @ts-ignore: decorator
@inline
export function uniform(state: usize): f64 {
  return <f64>(<i64>(nextU64(state) >> 11)) * 1.1102230246251565e-16;
}

/** Uniform on (0, 1): the odd multiples of 2^−53, neither end included. */
// @ts-ignore: decorator
@inline
export function openUniform(state: usize): f64 {
  return <f64>(<i64>((nextU64(state) >> 11) | 1)) * 1.1102230246251565e-16;
}

/** `count` uniforms on [0, 1). */
export function fillUniform(state: usize, out: usize, count: i32): void {
  for (const end = out + (<usize>count << 3); out < end; out += 8) store<f64>(out, uniform(state));
}
