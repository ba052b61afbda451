/** Calibration: leave-one-out PIT values, simulation-based ranks, and Pareto tail indices. */

import {
  ecdfDifference,
  type EcdfDifference,
  sbcEcdf as ecdfOfRanks,
  sbcHistogram as countsOf,
} from '../diagnostics';
import { binomialDistribution, quantileOf } from '../diagnostics/binomial';
import { LARGEST_K } from '../diagnostics/pareto-smoothing';
import { number, type PlotOptions, sizeOf, type Specification, specification } from './specification';
import { ALARM, MAIN, REFERENCE } from './theme';

export interface BandOptions extends PlotOptions {
  /** Probability that a calibrated model's curve stays within the band; default 0.95. */
  readonly probability?: number;
}

function difference(ecdf: EcdfDifference, title: string, what: string, options: BandOptions): Specification {
  const values = Array.from(ecdf.points, (at, i) => ({
    at,
    difference: ecdf.difference[i],
    lower: ecdf.lower[i],
    upper: ecdf.upper[i],
  }));
  const x = number('at', what, { scale: { domain: [0, 1] } });
  const percent = 100 * (options.probability ?? 0.95);
  return specification(
    options.title ?? title,
    `${title}: the curve ${ecdf.inside ? 'stays within' : 'leaves'} the simultaneous ${percent} % band.`,
    {
      ...sizeOf(options),
      data: { values: [{ at: 0, difference: 0, lower: 0, upper: 0 }, ...values] },
      layer: [
        {
          mark: { type: 'area', color: REFERENCE, opacity: 0.3, interpolate: 'step-after' },
          encoding: { x, y: number('lower', 'difference from uniform'), y2: { field: 'upper' } },
        },
        {
          mark: { type: 'line', color: ecdf.inside ? MAIN : ALARM, interpolate: 'step-after' },
          encoding: { x, y: number('difference', 'difference from uniform') },
        },
      ],
    },
  );
}

/**
 * Distribution function of PIT values less the uniform, with a simultaneous band: a hump or a slope tells how predictions
 * are off.
 *
 * @param values between 0 and 1, from `looPit`
 */
export function looPit(values: ArrayLike<number>, options: BandOptions = {}): Specification {
  return difference(ecdfDifference(values, options), 'Calibration of predictions (LOO-PIT)', 'PIT', options);
}

/**
 * Distribution function of simulation-based ranks less the uniform, with a simultaneous band.
 *
 * @param ranks one per simulation
 * @param draws number of draws that each rank is among
 */
export function sbcEcdf(ranks: ArrayLike<number>, draws: number, options: BandOptions = {}): Specification {
  return difference(
    ecdfOfRanks(ranks, draws, options.probability),
    `Ranks of ${ranks.length} simulations`,
    'rank / number of ranks',
    options,
  );
}

/**
 * Histogram of simulation-based ranks, with the interval that each bar of a calibrated sampler keeps to.
 *
 * @param ranks one per simulation
 * @param draws number of draws that each rank is among
 */
export function sbcHistogram(
  ranks: ArrayLike<number>,
  draws: number,
  options: BandOptions & { /** Default 20. */ readonly bins?: number } = {},
): Specification {
  const counts = countsOf(ranks, draws, options.bins);
  const { probability = 0.95 } = options;
  const cumulative = binomialDistribution(ranks.length, 1 / counts.length);
  const [low, high] = [(1 - probability) / 2, (1 + probability) / 2].map((p) => quantileOf(cumulative, p));
  const width = (draws + 1) / counts.length;
  return specification(
    options.title ?? `Ranks of ${ranks.length} simulations`,
    `Histogram of ranks: bars of ${Math.min(...counts)} to ${Math.max(...counts)}, expected between ${low} and ${high}.`,
    {
      ...sizeOf(options),
      layer: [
        {
          data: { values: [{ low, high }] },
          mark: { type: 'rect', color: REFERENCE, opacity: 0.3 },
          encoding: { y: number('low', 'simulations'), y2: { field: 'high' } },
        },
        {
          data: { values: counts.map((count, i) => ({ from: i * width, to: (i + 1) * width, count })) },
          mark: { type: 'bar', color: MAIN, opacity: 0.7, binSpacing: 0.5 },
          encoding: {
            x: number('from', 'rank', { bin: 'binned' }),
            x2: { field: 'to' },
            y: number('count', 'simulations'),
          },
        },
      ],
    },
  );
}

/**
 * Pareto tail index of each observation's importance weights, those above 0.7 marked.
 *
 * @param k one per observation
 */
export function paretoK(k: ArrayLike<number>, options: PlotOptions = {}): Specification {
  const values = Array.from(k, (value, observation) => ({ observation, k: value }));
  const high = values.filter((point) => point.k > LARGEST_K).length;
  return specification(
    options.title ?? `Pareto k: ${high} of ${k.length} above ${LARGEST_K}`,
    `Pareto tail index of ${k.length} observations, ${high} above ${LARGEST_K}.`,
    {
      ...sizeOf(options),
      layer: [
        {
          data: { values: [{ limit: LARGEST_K }] },
          mark: { type: 'rule', color: REFERENCE, strokeDash: [4, 3] },
          encoding: { y: number('limit', 'Pareto k') },
        },
        {
          data: { values },
          mark: { type: 'point', filled: true, size: 24, opacity: 0.8 },
          encoding: {
            x: number('observation', 'observation'),
            y: number('k', 'Pareto k'),
            color: { condition: { test: `datum.k > ${LARGEST_K}`, value: ALARM }, value: MAIN },
          },
        },
      ],
    },
  );
}
