/** Whole numbers below a bound, all equally likely: the high bits of a draw, drawn again when too large. */
import { nextU64 } from "./xoshiro";

/** Parameter: bound, a whole number in [1, 2^53]; draws lie in [0, bound). */
@unmanaged
export class Below {
  bound: u64;
  shift: u64;

  prepare(bound: f64, _1: f64, _2: f64, _run: i32): void {
    this.bound = <u64>bound;
    // One bit at least: a shift by 64 would be none.
    this.shift = min<u64>(clz<u64>(this.bound - 1), 63);
  }

  draw(state: usize): f64 {
    while (true) {
      const value = nextU64(state) >> this.shift;
      if (value < this.bound) return <f64>(<i64>value);
    }
  }
}
