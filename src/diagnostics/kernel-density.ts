/** Density of draws: Gaussian kernels on a grid, reflected at the ends of the sample so that no mass leaks beyond them. */

import { momentsOf } from './moments';
import { sortedQuantile } from './quantile';

export interface DensityOptions {
  /** Points of the grid; default 200. */
  readonly points?: number;
  /** Standard deviation of the kernel; by default Silverman's rule of thumb. */
  readonly bandwidth?: number;
  /** Where kernels are reflected; by default the smallest and largest value. */
  readonly bounds?: readonly [number, number];
  /** Ends of the grid; by default the bounds. */
  readonly range?: readonly [number, number];
}

export interface Density {
  /** The grid, ascending. */
  readonly x: Float64Array;
  readonly density: Float64Array;
  readonly bandwidth: number;
}

/** Kernels end here, in bandwidths: what lies beyond is below 1e-7 of the whole. */
const REACH = 5.5;

/** 0.9 · min(sd, interquartile range / 1.34) · n^(−1/5) (Silverman 1986, page 48). */
function ruleOfThumb(sorted: Float64Array): number {
  const sd = Math.sqrt(momentsOf(sorted).variance);
  const quartiles = (sortedQuantile(sorted, 0.75) - sortedQuantile(sorted, 0.25)) / 1.34;
  return 0.9 * (quartiles > 0 ? Math.min(sd, quartiles) : sd) * sorted.length ** -0.2;
}

/**
 * Kernel density estimate; integrates to 1 between its bounds, and is 0 beyond them.
 *
 * @param values at least 2 draws, not all equal; those that are not finite are left out
 * @throws RangeError when fewer than two different finite values are left
 */
export function kernelDensity(values: ArrayLike<number>, options: DensityOptions = {}): Density {
  const sorted = Float64Array.from(values).filter(Number.isFinite).sort();
  const [low, high] = options.bounds ?? [sorted[0], sorted[sorted.length - 1]];
  if (sorted.length < 2 || !(high > low)) {
    throw new RangeError('kernelDensity: expected at least two different finite values');
  }
  const points = options.points ?? 200;
  const bandwidth = options.bandwidth ?? ruleOfThumb(sorted);
  const [from, to] = options.range ?? [low, high];
  const step = (to - from) / (points - 1);
  const x = Float64Array.from({ length: points }, (_, i) => from + i * step);
  const density = new Float64Array(points);
  const scale = 1 / (sorted.length * bandwidth * Math.sqrt(2 * Math.PI));
  const add = (centre: number): void => {
    const first = Math.max(0, Math.ceil((centre - REACH * bandwidth - from) / step));
    const last = Math.min(points - 1, Math.floor((centre + REACH * bandwidth - from) / step));
    for (let i = first; i <= last; i++) {
      if (x[i] >= low && x[i] <= high)
        density[i] += scale * Math.exp(-0.5 * ((x[i] - centre) / bandwidth) ** 2);
    }
  };
  for (const value of sorted) {
    add(value);
    if (value - low < REACH * bandwidth) add(2 * low - value);
    if (high - value < REACH * bandwidth) add(2 * high - value);
  }
  return { x, density, bandwidth };
}
