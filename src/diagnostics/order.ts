/** The order of an array of numbers by radix sort, and from it the order of their distances from a centre. */

// One loop to a function here and in spread.ts: a summary is often the first and last use of this code in a process, and
// short functions are compiled while the first quantities are described, long ones only after the last.

/** Bits of a digit; a 32-bit word has three, the last of 10 bits. */
const DIGIT_BITS = 11;
const BUCKETS = 1 << DIGIT_BITS;
const DIGIT_MASK = BUCKETS - 1;
const DIGITS = 6;

/** Storage for ordering n values, to be used again. */
export class OrderStorage {
  readonly counts = new Uint32Array(DIGITS * BUCKETS);
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly first: Uint32Array;
  readonly second: Uint32Array;

  constructor(n: number) {
    this.low = new Int32Array(n);
    this.high = new Int32Array(n);
    this.first = new Uint32Array(n);
    this.second = new Uint32Array(n);
  }
}

/**
 * Positions of the values in ascending order; −0 comes before 0, and NaN at either end.
 *
 * @param values n numbers, their storage starting at a multiple of 8 bytes
 * @param storage where the result lies, until it is used again
 */
export function ascendingOrder(values: Float64Array, storage = new OrderStorage(values.length)): Uint32Array {
  const { counts, low, high } = storage;
  const n = values.length;
  makeKeys(new Int32Array(values.buffer, values.byteOffset, 2 * n), low, high);
  counts.fill(0);
  countDigits(low, counts, 0, n);
  countDigits(high, counts, 3 * BUCKETS, n);
  let order = storage.first;
  let next = storage.second;
  enumerate(order);
  for (let digit = 0; digit < DIGITS; digit++) {
    const base = digit * BUCKETS;
    if (!makeOffsets(counts, base, n)) continue;
    scatter(order, next, counts, base, digit < 3 ? low : high, (digit % 3) * DIGIT_BITS);
    [order, next] = [next, order];
  }
  return order;
}

/** A double orders as a 64-bit integer once negative numbers are complemented and the sign bit of others is set. */
function makeKeys(words: Int32Array, low: Int32Array, high: Int32Array): void {
  for (let i = 0; i < low.length; i++) {
    const sign = words[2 * i + 1] >> 31;
    low[i] = words[2 * i] ^ sign;
    high[i] = words[2 * i + 1] ^ (sign | 0x80000000);
  }
}

function countDigits(words: Int32Array, counts: Uint32Array, base: number, n: number): void {
  for (let i = 0; i < n; i++) {
    const word = words[i];
    counts[base + (word & DIGIT_MASK)]++;
    counts[base + BUCKETS + ((word >>> DIGIT_BITS) & DIGIT_MASK)]++;
    counts[base + 2 * BUCKETS + (word >>> (2 * DIGIT_BITS))]++;
  }
}

function enumerate(order: Uint32Array): void {
  for (let i = 0; i < order.length; i++) order[i] = i;
}

/** Turns counts of a digit into the places where its values begin; false when all values share it. */
function makeOffsets(counts: Uint32Array, base: number, n: number): boolean {
  let sum = 0;
  for (let b = base; b < base + BUCKETS; b++) {
    const count = counts[b];
    if (count === n) return false;
    counts[b] = sum;
    sum += count;
  }
  return true;
}

function scatter(
  order: Uint32Array,
  next: Uint32Array,
  offsets: Uint32Array,
  base: number,
  words: Int32Array,
  shift: number,
): void {
  for (let i = 0; i < order.length; i++) {
    const item = order[i];
    next[offsets[base + ((words[item] >>> shift) & DIGIT_MASK)]++] = item;
  }
}

/** The values in the given order. */
export function inOrder(
  values: Float64Array,
  order: Uint32Array,
  sorted = new Float64Array(order.length),
): Float64Array {
  for (let i = 0; i < order.length; i++) sorted[i] = values[order[i]];
  return sorted;
}

/**
 * The order of |x − center| from the order of x, by merging the values below the centre, read backwards, with those
 * above.
 */
export function foldedOrder(
  sorted: Float64Array,
  order: Uint32Array,
  center: number,
  folded = new Uint32Array(order.length),
): Uint32Array {
  const above = firstAtLeast(sorted, center);
  merge(sorted, order, center, above, folded);
  return folded;
}

function firstAtLeast(sorted: Float64Array, value: number): number {
  let first = 0;
  for (let end = sorted.length; first < end;) {
    const middle = (first + end) >> 1;
    if (sorted[middle] < value) first = middle + 1;
    else end = middle;
  }
  return first;
}

function merge(
  sorted: Float64Array,
  order: Uint32Array,
  center: number,
  above: number,
  folded: Uint32Array,
): void {
  const n = sorted.length;
  let below = above - 1;
  for (let i = 0; i < n; i++) {
    const takeBelow = below >= 0 && (above >= n || center - sorted[below] < sorted[above] - center);
    folded[i] = order[takeBelow ? below-- : above++];
  }
}
