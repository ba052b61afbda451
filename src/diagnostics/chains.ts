/** The shape that chains must have, the tests for constant and non-finite draws, and the split into halves. */

/** Chains of one scalar quantity: one array per chain, all of the same length. */
export type Chains = readonly Float64Array[];

/** Fewer draws per chain than this carry no information on mixing. */
const MINIMUM_DRAWS = 4;

/** Relative spread below which draws are the same number up to rounding, as for a simplex's sum. */
const CONSTANT_SPREAD = 1e-14;

/** Half-chains stored one after the other: `count` of them, `length` draws each. */
export interface Halves {
  readonly values: Float64Array;
  readonly count: number;
  readonly length: number;
}

/**
 * Number of draws per chain.
 *
 * @throws Error when there is no chain or the chains differ in length.
 */
export function drawsPerChain(chains: Chains): number {
  if (chains.length === 0) throw new Error('diagnostics: expected at least one chain, got none');
  const length = chains[0].length;
  for (let c = 1; c < chains.length; c++) {
    if (chains[c].length !== length) {
      throw new Error(
        `diagnostics: chains must have the same number of draws, but chain 0 has ${length} ` +
          `and chain ${c} has ${chains[c].length}`,
      );
    }
  }
  return length;
}

/** Smallest and largest of the draws; NaN for both if a draw is not a number. */
function endsOf(chains: Chains): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const chain of chains) {
    for (let i = 0; i < chain.length; i++) {
      const x = chain[i];
      if (Number.isNaN(x)) return [NaN, NaN];
      if (x < low) low = x;
      if (x > high) high = x;
    }
  }
  return [low, high];
}

/** Whether every draw is a finite number. */
export function allFinite(chains: Chains): boolean {
  return endsOf(chains).every(Number.isFinite);
}

/** Whether draws whose extremes are these are finite, and more than one number and its rounding errors. */
export function isSpread(low: number, high: number): boolean {
  const size = Math.max(Math.abs(low), Math.abs(high));
  return size < Infinity && high - low > CONSTANT_SPREAD * size;
}

/** Whether there are draws enough for R-hat and ESS to be defined. */
export function isLongEnough(chains: Chains): boolean {
  return drawsPerChain(chains) >= MINIMUM_DRAWS;
}

/** Whether R-hat and ESS are defined: enough draws, all finite, not all the same. */
export function isInformative(chains: Chains): boolean {
  return isLongEnough(chains) && isSpread(...endsOf(chains));
}

/** All chains, one after the other. */
export function pool(
  chains: Chains,
  values = new Float64Array(drawsPerChain(chains) * chains.length),
): Float64Array {
  const { length } = chains[0];
  for (let c = 0; c < chains.length; c++) values.set(chains[c], c * length);
  return values;
}

/** Cuts each of `count` pooled chains into halves; the middle draw of an odd number is left out. */
export function splitPooled(pooled: Float64Array, count: number): Halves {
  const length = pooled.length / count;
  const half = length >> 1;
  if (length === 2 * half) return { values: pooled, count: 2 * count, length: half };
  const values = new Float64Array(2 * half * count);
  for (let c = 0; c < count; c++) {
    const start = c * length;
    values.set(pooled.subarray(start, start + half), 2 * c * half);
    values.set(pooled.subarray(start + length - half, start + length), (2 * c + 1) * half);
  }
  return { values, count: 2 * count, length: half };
}
