/** Autocorrelation of the draws of each chain. */

import { autocorrelation as autocorrelationOf } from '../diagnostics';
import { type Plottable, shownOne } from './quantities';
import { named, number, type PlotOptions, sizeOf, type Specification, specification } from './specification';
import { REFERENCE } from './theme';

/**
 * Autocorrelation by lag, a curve per chain, with the band that independent draws keep to.
 *
 * @param fit draws
 * @param name such as `mu` or `effect[0]`
 */
export function autocorrelation(
  fit: Plottable,
  name: string,
  options: PlotOptions & { /** Largest lag; default 50. */ readonly lags?: number } = {},
): Specification {
  const { label, chains } = shownOne('plot.autocorrelation', fit, name);
  const last = Math.min(options.lags ?? 50, chains[0].length - 1);
  const series = chains.map((draws) => autocorrelationOf(draws).subarray(0, last + 1));
  const limit = 1.96 / Math.sqrt(chains[0].length);
  return specification(
    options.title ?? `Autocorrelation of ${label}`,
    `Autocorrelation of ${label} up to lag ${last}: at lag 1 ${series.map((rho) => rho[1]?.toFixed(2)).join(', ')} ` +
      `in the chains.`,
    {
      ...sizeOf(options),
      layer: [
        {
          data: { values: [{ low: -limit, high: limit }] },
          mark: { type: 'rect', color: REFERENCE, opacity: 0.25 },
          encoding: { y: number('low', null), y2: { field: 'high' } },
        },
        {
          data: {
            values: series.flatMap((rho, chain) =>
              Array.from(rho, (value, lag) => ({ lag, value, chain: chain + 1 })),
            ),
          },
          mark: { type: 'line', strokeWidth: 1.4, point: { size: 12 } },
          encoding: {
            x: number('lag', 'lag', { scale: { nice: false } }),
            y: number('value', 'autocorrelation'),
            color: named('chain', 'chain'),
          },
        },
      ],
    },
  );
}
