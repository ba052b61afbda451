/** Half-chains less their means, and how widely they spread: within each, and all together. */

import type { Halves } from './chains';

/** Deviations of half-chains from their own means, with what R-hat and ESS need of their spread. */
export interface Spread {
  /** Deviations, half-chain after half-chain. */
  readonly centred: Float64Array;
  readonly count: number;
  readonly length: number;
  /** Mean of the variances of the half-chains, divisor length − 1. */
  readonly within: number;
  /** Variance of all draws as estimated from within and between: ((length − 1)·within + between) / length. */
  readonly total: number;
}

/**
 * Centres half-chains.
 *
 * @param halves the half-chains
 * @param centred where the deviations go; may be the half-chains' own storage
 */
export function spreadOf(halves: Halves, centred = new Float64Array(halves.values.length)): Spread {
  const { values, count, length } = halves;
  let squares = 0;
  let grand = 0;
  let between = 0;
  for (let half = 0; half < count; half++) {
    const start = half * length;
    const mean = meanOf(values, start, start + length);
    squares += centre(values, start, start + length, mean, centred);
    const step = mean - grand;
    grand += step / (half + 1);
    between += step * (mean - grand);
  }
  const biased = squares / (count * length);
  return {
    centred,
    count,
    length,
    within: (biased * length) / (length - 1),
    total: biased + between / (count - 1),
  };
}

/** Mean by way of the first value, so that it is that value where all are equal: then the chain is stuck, to the last bit. */
function meanOf(values: Float64Array, start: number, end: number): number {
  const first = values[start];
  let excess = 0;
  for (let i = start; i < end; i++) excess += values[i] - first;
  return first + excess / (end - start);
}

/** Writes the deviations from the mean and returns the sum of their squares. */
function centre(
  values: Float64Array,
  start: number,
  end: number,
  mean: number,
  centred: Float64Array,
): number {
  let squares = 0;
  for (let i = start; i < end; i++) {
    const deviation = values[i] - mean;
    centred[i] = deviation;
    squares += deviation * deviation;
  }
  return squares;
}
