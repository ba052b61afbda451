/** Test-only entry (AssemblyScript): the generator, its streams and its samplers. */
import { normal } from "../../assembly/random/normal";
import { nextU64 } from "../../assembly/random/xoshiro";

export { fillUniform, jump, leap, nextU64, openUniform, seed } from "../../assembly/random/xoshiro";
export { fillNormal } from "../../assembly/random/normal";
export { fillExponential } from "../../assembly/random/exponential";

/** Sizes of those among `count` normal draws that lie further than `bound` from 0; returns how many. */
export function largeNormals(state: usize, out: usize, count: i32, bound: f64): i32 {
  const start = out;
  for (let i = 0; i < count; i++) {
    const size = abs(normal(state));
    if (size > bound) {
      store<f64>(out, size);
      out += 8;
    }
  }
  return <i32>((out - start) >> 3);
}

/** `count` words of the generator. */
export function fillWords(state: usize, out: usize, count: i32): void {
  for (const end = out + (<usize>count << 3); out < end; out += 8) store<u64>(out, nextU64(state));
}
