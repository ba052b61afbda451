/** Autocovariances: of one series, and averaged over chains lag by lag, directly at first and by Fourier transform later. */

import { fourier } from './fourier';
import { type Spread, spreadOf } from './spread';

/**
 * Autocovariance of a series at every lag from 0, divisor n (biased, so that the sequence is positive definite).
 *
 * @param series n values
 * @returns n autocovariances; the first is the variance with divisor n
 */
export function autocovariance(series: Float64Array): Float64Array {
  const lags = new MeanAutocovariance(spreadOf({ values: series, count: 1, length: series.length }));
  return Float64Array.from(series, (_, lag) => lags.at(lag));
}

/**
 * Autocorrelation of a series at every lag from 0: its autocovariances over the first.
 *
 * @param series n values
 * @returns n autocorrelations, the first 1; NaN for a constant series
 */
export function autocorrelation(series: Float64Array): Float64Array {
  const lags = autocovariance(series);
  return lags.map((value) => value / lags[0]);
}

/** Mean over half-chains of their autocovariances, each lag computed when asked for. */
export class MeanAutocovariance {
  private readonly directLags: number;
  private transformed: Float64Array | undefined;

  constructor(private readonly spread: Pick<Spread, 'centred' | 'count' | 'length'>) {
    // A lag costs one pass over the draws, the transforms some 3·log₂(n) passes and then yield every lag.
    this.directLags = 3 * Math.log2(2 * spread.length);
  }

  at(lag: number): number {
    if (lag < this.directLags) return this.direct(lag);
    this.transformed ??= this.transform();
    return this.transformed[lag];
  }

  private direct(lag: number): number {
    const { centred, count, length } = this.spread;
    let total = 0;
    for (let start = 0; start < count * length; start += length) {
      total += laggedProducts(centred, start, start + length - lag, lag);
    }
    return total / (count * length);
  }

  /** Every lag at once (Wiener–Khinchin), two real chains to a complex transform, one transform back for all. */
  private transform(): Float64Array {
    const { centred, count, length } = this.spread;
    let size = 1;
    while (size < 2 * length) size *= 2;
    const power = new Float64Array(size);
    const re = new Float64Array(size);
    const im = new Float64Array(size);
    for (let chain = 0; chain < count; chain += 2) {
      re.fill(0);
      im.fill(0);
      re.set(centred.subarray(chain * length, (chain + 1) * length));
      if (chain + 1 < count) im.set(centred.subarray((chain + 1) * length, (chain + 2) * length));
      fourier(re, im);
      // |A|² + |B|² = (|Z(k)|² + |Z(−k)|²) / 2 for Z = A + iB of real a, b.
      for (let k = 0; k < size; k++) {
        const mirror = k === 0 ? 0 : size - k;
        power[k] += (re[k] ** 2 + im[k] ** 2 + re[mirror] ** 2 + im[mirror] ** 2) / 2;
      }
    }
    im.fill(0);
    fourier(power, im);
    const scale = 1 / (size * count * length);
    return power.subarray(0, length).map((sum) => sum * scale);
  }
}

/** Σ x[i]·x[i + lag] for i from start to before end, in two sums so that additions need not wait for each other. */
function laggedProducts(x: Float64Array, start: number, end: number, lag: number): number {
  let even = 0;
  let odd = 0;
  let i = start;
  for (; i + 1 < end; i += 2) {
    even += x[i] * x[i + lag];
    odd += x[i + 1] * x[i + 1 + lag];
  }
  return i < end ? even + odd + x[i] * x[i + lag] : even + odd;
}
