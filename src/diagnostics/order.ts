/** Sorting and ranking: the order of an array of numbers by radix sort, folding about the median, average ranks. */

const DIGIT_BITS = 11;
const BUCKETS = 1 << DIGIT_BITS;
const DIGIT_MASK = BUCKETS - 1;
const PASSES = 6;

/** Positions of the values in ascending order. Values must not be NaN; −0 comes before 0. */
export function ascendingOrder(values: Float64Array): Uint32Array {
  const n = values.length;
  // A double orders as a 64-bit integer once negative numbers are complemented and the sign bit of others is set.
  const words = new Uint32Array(values.slice().buffer);
  const counts = new Uint32Array(PASSES * BUCKETS);
  const low = new Uint32Array(n);
  const high = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    const sign = words[2 * i + 1] >> 31;
    const l = (words[2 * i] ^ sign) >>> 0;
    const h = (words[2 * i + 1] ^ (sign | 0x80000000)) >>> 0;
    low[i] = l;
    high[i] = h;
    counts[l & DIGIT_MASK]++;
    counts[BUCKETS + ((l >>> 11) & DIGIT_MASK)]++;
    counts[2 * BUCKETS + (((l >>> 22) | (h << 10)) & DIGIT_MASK)]++;
    counts[3 * BUCKETS + ((h >>> 1) & DIGIT_MASK)]++;
    counts[4 * BUCKETS + ((h >>> 12) & DIGIT_MASK)]++;
    counts[5 * BUCKETS + (h >>> 23)]++;
  }
  let order = new Uint32Array(n);
  let next = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  for (let pass = 0; pass < PASSES; pass++) {
    const base = pass * BUCKETS;
    let sum = 0;
    let alike = false;
    for (let b = base; b < base + BUCKETS; b++) {
      const count = counts[b];
      if (count === n) alike = true;
      counts[b] = sum;
      sum += count;
    }
    if (alike) continue;
    if (pass < 2) scatter(order, next, counts, base, low, pass * DIGIT_BITS);
    else if (pass > 2) scatter(order, next, counts, base, high, (pass - 3) * DIGIT_BITS + 1);
    else scatterMiddle(order, next, counts, base, low, high);
    [order, next] = [next, order];
  }
  return order;
}

function scatter(
  order: Uint32Array,
  next: Uint32Array,
  counts: Uint32Array,
  base: number,
  words: Uint32Array,
  shift: number,
): void {
  for (let i = 0; i < order.length; i++) {
    const item = order[i];
    next[counts[base + ((words[item] >>> shift) & DIGIT_MASK)]++] = item;
  }
}

/** The digit that spans both words. */
function scatterMiddle(
  order: Uint32Array,
  next: Uint32Array,
  counts: Uint32Array,
  base: number,
  low: Uint32Array,
  high: Uint32Array,
): void {
  for (let i = 0; i < order.length; i++) {
    const item = order[i];
    next[counts[base + (((low[item] >>> 22) | (high[item] << 10)) & DIGIT_MASK)]++] = item;
  }
}

/** The values in the given order. */
export function inOrder(values: Float64Array, order: Uint32Array): Float64Array {
  const sorted = new Float64Array(order.length);
  for (let i = 0; i < order.length; i++) sorted[i] = values[order[i]];
  return sorted;
}

/**
 * The order of |x − center| from the order of x, by merging the values below the centre, read backwards, with those
 * above.
 */
export function foldedOrder(sorted: Float64Array, order: Uint32Array, center: number): Uint32Array {
  const n = sorted.length;
  const folded = new Uint32Array(n);
  let above = 0;
  for (let high = n; above < high;) {
    const middle = (above + high) >> 1;
    if (sorted[middle] < center) above = middle + 1;
    else high = middle;
  }
  let below = above - 1;
  for (let i = 0; i < n; i++) {
    const takeBelow = below >= 0 && (above >= n || center - sorted[below] < sorted[above] - center);
    folded[i] = order[takeBelow ? below-- : above++];
  }
  return folded;
}

/**
 * Twice the average rank of each value (1 is the smallest; ties share the mean of their ranks, so twice a rank is an
 * integer), given the values and an order that sorts them.
 */
export function doubledRanks(values: Float64Array, order: Uint32Array): Uint32Array {
  const n = order.length;
  const ranks = new Uint32Array(n);
  for (let start = 0; start < n;) {
    const value = values[order[start]];
    let end = start + 1;
    while (end < n && values[order[end]] === value) end++;
    for (let i = start; i < end; i++) ranks[order[i]] = start + end + 1;
    start = end;
  }
  return ranks;
}
