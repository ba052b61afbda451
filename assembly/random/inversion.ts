/**
 * Counts by inversion: the first k whose cumulative mass exceeds a uniform draw. Long runs of equal
 * parameters get a table of the sums and a guide into it (Chen and Asau, AIIE Trans. 6, 1974): a look-up and
 * a comparison or two a draw.
 */
import { uniform } from "./xoshiro";

/** Most sums in a table. */
const LONGEST: usize = 512;
/** Masses beyond are below what a uniform draw can tell from nothing. */
const SMALLEST: f64 = 1e-20;
const GUIDES: usize = 256;
/** From this many draws on a table pays. */
const LONG_RUN: i32 = 64;
/** Tables reach this many standard deviations below the mean, where counts are lighter than normal draws. */
const REACH: f64 = 9.5;
/** Greatest variance at which the table, some twenty standard deviations long, holds all that counts. */
const WIDEST: f64 = 400;

/** Whether a table is worth its making, and possible. */
export function worthTable(run: i32, variance: f64): bool {
  return run >= LONG_RUN && variance <= WIDEST;
}

/** Where a table begins. */
export function firstTabulated(mean: f64, variance: f64): f64 {
  return max<f64>(0, floor<f64>(mean - REACH * sqrt<f64>(variance)));
}

/** Draws from 0 upwards, adding up masses; a `Mass` has `ratio(k)`, the mass of k + 1 over that of k. */
export function searchUpwards<Mass>(state: usize, none: f64, mass: Mass): f64 {
  while (true) {
    const u = uniform(state);
    let term = none;
    let sum = term;
    let k: f64 = 0;
    while (u >= sum && term >= SMALLEST) {
      // @ts-ignore: Mass has `ratio`
      term *= mass.ratio(k++);
      sum += term;
    }
    if (term >= SMALLEST) return k;
  }
}

/** A table of sums. */
@unmanaged
export class Table {
  private start: f64;
  private length: usize;

  // @ts-ignore: decorator
  @inline
  private sums(): usize {
    return changetype<usize>(this) + offsetof<Table>();
  }

  // @ts-ignore: decorator
  @inline
  private guides(): usize {
    return this.sums() + LONGEST * 8;
  }

  /** Fills the table from the count `start` on, which has mass `term`. */
  fill<Mass>(start: f64, term: f64, mass: Mass): void {
    this.start = start;
    const sums = this.sums();
    let sum = term;
    let length: usize = 0;
    while (length < LONGEST && (term >= SMALLEST || sum < 0.5)) {
      store<f64>(sums + (length << 3), sum);
      // @ts-ignore: Mass has `ratio`
      term *= mass.ratio(start + <f64>(<i32>length));
      sum += term;
      length++;
    }
    this.length = length;
    let k: usize = 0;
    for (let i: usize = 0; i < GUIDES; i++) {
      const low = <f64>(<i32>i) / <f64>GUIDES;
      while (k + 1 < length && low >= load<f64>(sums + (k << 3))) k++;
      store<u16>(this.guides() + (i << 1), <u16>k);
    }
  }

  draw(state: usize): f64 {
    const sums = this.sums();
    while (true) {
      const u = uniform(state);
      let k = <usize>load<u16>(this.guides() + (<usize>(<i32>(u * <f64>GUIDES)) << 1));
      while (k < this.length && u >= load<f64>(sums + (k << 3))) k++;
      // Rounding may leave a little above the last sum.
      if (k < this.length) return this.start + <f64>(<i32>k);
    }
  }
}

/** The one table: samplers of long runs work one after another. */
export const TABLE = changetype<Table>(memory.data(16 + 512 * 8 + 256 * 2, 16));
