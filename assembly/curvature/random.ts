/** The random numbers of an approximation's draws. */

import { allocate } from "../memory";
import { seed, STATE_BYTES } from "../random/xoshiro";

/** A generator: the stream of a seed. */
export function createRandom(key: u64, stream: u32): usize {
  const state = allocate(STATE_BYTES);
  seed(state, key, stream);
  return state;
}
