/**
 * The space trajectories move in: its dimension and the bytes of one vector, padded with zeros to whole pairs
 * of `v128`s.
 */

import { dimension } from "../program/target";

/**
 * Bytes of a vector: a multiple of 32, and never of 4096, so that a point's vectors do not alias in the
 * cache.
 */
export function vectorBytes(): usize {
  const bytes = ((<usize>dimension() + 3) & ~3) << 3;
  return bytes && (bytes & 4095) == 0 ? bytes + 64 : bytes;
}

/** Zero the padding of a vector that others have written. */
// @ts-ignore: decorator
@inline
export function clearPadding(vector: usize): void {
  const count = <usize>dimension();
  for (let at = vector + (count << 3), end = vector + (((count + 3) & ~3) << 3); at < end; at += 8) store<f64>(at, 0);
}

/** Where loops over a vector stop: the padding against aliasing left out. */
// @ts-ignore: decorator
@inline
export function vectorEnd(vector: usize): usize {
  return vector + (((<usize>dimension() + 3) & ~3) << 3);
}

/** Copy a vector; for short ones faster than the engine's bulk copy. */
export function copyVector(from: usize, to: usize): void {
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 32) {
    const low = v128.load(from + at);
    const high = v128.load(from + at, 16);
    v128.store(to + at, low);
    v128.store(to + at, high, 16);
  }
}
