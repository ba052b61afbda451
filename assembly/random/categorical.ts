/**
 * Categories by weights: Walker's alias method (ACM TOMS 3, 1977) with Vose's linear construction (IEEE TSE
 * 17, 1991) where many draws share the weights, one pass over the weights where they do not.
 */
import { uniform } from "./xoshiro";

/** An entry of the table: keep the category where the fraction lies below `threshold`, else take `alias`. */
@unmanaged
class Entry {
  threshold: f64;
  alias: f64;
}

/** Bytes of a table for `size` categories, with the space its construction takes. */
export function aliasBytes(size: i32): usize {
  return <usize>size * (offsetof<Entry>() + 4);
}

/** Makes the table of `size` weights, which are not negative and have a positive finite sum. */
export function buildAlias(table: usize, weights: usize, size: i32): void {
  const mean = sumOf(weights, size) / <f64>size;
  // Categories below the mean from the left, those above it from the right.
  const order = table + <usize>size * offsetof<Entry>();
  let small = order;
  let large = order + (<usize>size << 2);
  for (let i = 0; i < size; i++) {
    const share = load<f64>(weights + (<usize>i << 3)) / mean;
    const entry = entryOf(table, i);
    entry.threshold = share;
    entry.alias = <f64>i;
    if (share < 1) {
      store<i32>(small, i);
      small += 4;
    } else {
      large -= 4;
      store<i32>(large, i);
    }
  }
  const end = order + (<usize>size << 2);
  while (small > order && large < end) {
    small -= 4;
    const donor = load<i32>(large);
    const entry = entryOf(table, load<i32>(small));
    entry.alias = <f64>donor;
    const giver = entryOf(table, donor);
    giver.threshold += entry.threshold - 1;
    if (giver.threshold < 1) {
      large += 4;
      store<i32>(small, donor);
      small += 4;
    }
  }
  // What is left differs from the mean by rounding only.
  for (; small > order; small -= 4) entryOf(table, load<i32>(small - 4)).threshold = 1;
  for (; large < end; large += 4) entryOf(table, load<i32>(large)).threshold = 1;
}

// @ts-ignore: decorator
@inline
function entryOf(table: usize, category: i32): Entry {
  return changetype<Entry>(table + <usize>category * offsetof<Entry>());
}

/** `count` categories by a table. */
export function fillAlias(state: usize, out: usize, count: i32, table: usize, size: i32): void {
  for (const end = out + (<usize>count << 3); out < end; out += 8) {
    const place = uniform(state) * <f64>size;
    const category = <i32>place;
    const entry = entryOf(table, category);
    store<f64>(out, place - <f64>category < entry.threshold ? <f64>category : entry.alias);
  }
}

/** One category for each of `count` rows of `size` weights. */
export function fillCategorical(state: usize, out: usize, count: i32, weights: usize, size: i32): void {
  for (const end = out + (<usize>count << 3); out < end; out += 8, weights += <usize>size << 3) {
    let rest = uniform(state) * sumOf(weights, size);
    // Rounding may pass the last category that has weight.
    let category = 0;
    for (let i = 0; i < size && rest >= 0; i++) {
      const weight = load<f64>(weights + (<usize>i << 3));
      if (weight > 0) category = i;
      rest -= weight;
    }
    store<f64>(out, <f64>category);
  }
}

function sumOf(weights: usize, size: i32): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < size; i++) sum += load<f64>(weights + (<usize>i << 3));
  return sum;
}
