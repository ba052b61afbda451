/** Densities of a quantity's draws: of each chain, or prior against posterior. */

import { allFinite } from '../diagnostics/chains';
import { kernelDensity, priorPosteriorOverlap } from '../diagnostics';
import { sortedQuantile } from '../diagnostics/quantile';
import { type Plottable, shownOne } from './quantities';
import { named, number, type PlotOptions, sizeOf, type Specification, specification } from './specification';
import { MAIN, REFERENCE } from './theme';

export interface DensityPlotOptions extends PlotOptions {
  /** Probability of the central interval under the curve; default 0.9. */
  readonly interval?: number;
}

/** Share of draws at either end that a curve leaves out, so that far tails do not press the rest together. */
const BEYOND = 0.002;

function ordered(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).filter(Number.isFinite).sort();
}

/** Points of a density curve; none where all values are the same. */
export function curve(
  values: ArrayLike<number>,
  more: object = {},
  range?: readonly [number, number],
): object[] {
  const sorted = ordered(values);
  if (!(sorted[sorted.length - 1] > sorted[0])) return [];
  const [low, high] = range ?? [BEYOND, 1 - BEYOND].map((p) => sortedQuantile(sorted, p));
  const { x, density: heights } = kernelDensity(sorted, high > low ? { range: [low, high] } : {});
  return Array.from(x, (at, i) => ({ x: at, density: heights[i], ...more }));
}

/** A vertical axis whose numbers mean little. */
export const HEIGHT = number('density', 'density', { axis: { labels: false, ticks: false } });

/**
 * Density of a scalar quantity, a curve per chain, and the central interval of all draws.
 *
 * @param fit draws
 * @param name such as `mu` or `effect[0]`
 */
export function density(fit: Plottable, name: string, options: DensityPlotOptions = {}): Specification {
  const { label, chains } = shownOne('plot.density', fit, name);
  const { interval = 0.9 } = options;
  const values = chains.flatMap((draws, chain) => curve(draws, { chain: chain + 1 }));
  const sorted = Float64Array.from(chains.flatMap((draws) => Array.from(draws))).sort();
  const [low, middle, high] = [(1 - interval) / 2, 0.5, (1 + interval) / 2].map((p) =>
    sortedQuantile(sorted, p),
  );
  const summary = allFinite(chains) ? [{ low, middle, high }] : [];
  return specification(
    options.title ?? `Density of ${label}`,
    `Density of ${label}: median ${middle.toPrecision(3)}, ${100 * interval} % of the draws between ` +
      `${low.toPrecision(3)} and ${high.toPrecision(3)}.`,
    {
      ...sizeOf(options),
      layer: [
        {
          data: { values },
          mark: { type: 'line', strokeWidth: 1.6 },
          encoding: {
            x: number('x', label, { scale: { zero: false, nice: false } }),
            y: HEIGHT,
            color: named('chain', 'chain'),
          },
        },
        {
          data: { values: summary },
          mark: { type: 'rule', strokeWidth: 3, color: REFERENCE },
          encoding: { x: number('low', label), x2: { field: 'high' }, y: { value: 'height' } },
        },
        {
          data: { values: summary },
          mark: { type: 'point', filled: true, size: 50, color: REFERENCE, opacity: 1 },
          encoding: { x: number('middle', label), y: { value: 'height' } },
        },
      ],
    },
  );
}

/**
 * Densities of prior and posterior draws of a quantity, with their overlap.
 *
 * @param prior draws from the prior
 * @param posterior draws from the posterior
 */
export function priorPosterior(
  prior: ArrayLike<number>,
  posterior: ArrayLike<number>,
  options: PlotOptions = {},
): Specification {
  const range = common(ordered(prior), ordered(posterior));
  const overlap = `${(100 * priorPosteriorOverlap(prior, posterior)).toFixed(0)} %`;
  return specification(
    options.title ?? `Prior and posterior, overlap ${overlap}`,
    `Densities of prior and posterior; they overlap by ${overlap}.`,
    {
      ...sizeOf(options),
      data: {
        values: [...curve(prior, { of: 'prior' }, range), ...curve(posterior, { of: 'posterior' }, range)],
      },
      mark: { type: 'area', opacity: 0.4, line: { strokeWidth: 1.6 } },
      encoding: {
        x: number('x', null, { scale: { zero: false, nice: false } }),
        y: { ...HEIGHT, stack: null },
        color: named('of', null, { scale: { domain: ['prior', 'posterior'], range: [REFERENCE, MAIN] } }),
      },
    },
  );
}

/** All of the posterior, and of the prior what lies within two of the posterior's widths on either side. */
function common(prior: Float64Array, posterior: Float64Array): [number, number] {
  const [low, high] = [posterior[0], posterior[posterior.length - 1]];
  const reach = 2 * (high - low);
  return [
    Math.max(low - reach, Math.min(low, sortedQuantile(prior, 0.01))),
    Math.min(high + reach, Math.max(high, sortedQuantile(prior, 0.99))),
  ];
}
