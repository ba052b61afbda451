/**
 * Streams for users: apart from those of chains by construction, and splitting into any number of children.
 */
import { STATE_BYTES, WEYL, leap, mix, nextU64, seed } from "./xoshiro";

/** Fills a state from a seed, 2^192 draws beyond the first chain of the same seed: no chain reaches it. */
export function seedStream(state: usize, key: u64): void {
  seed(state, key, 0);
  leap(state);
}

/**
 * Makes a child's state of four draws of the parent's, each through the finaliser of splitmix64, so that no
 * linear relation between the two survives. Among k streams of length n, some two overlap with probability
 * below k² n / 2^256.
 */
export function splitStream(parent: usize, child: usize): void {
  let weyl: u64 = 0;
  for (let i: usize = 0; i < STATE_BYTES; i += 8) {
    weyl += WEYL;
    store<u64>(child + i, mix(nextU64(parent) + weyl));
  }
}
