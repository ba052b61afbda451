/** Trace: the draws in the order in which they were made. */

import { places, type Plottable, shownOne, stride } from './quantities';
import {
  ANYWHERE,
  named,
  number,
  type PlotOptions,
  sizeOf,
  type Specification,
  specification,
} from './specification';
import { ALARM } from './theme';

/** More points to a line cannot be told apart. */
const MOST_POINTS = 2000;

/**
 * Draws of a scalar quantity by iteration, a line per chain, divergent draws marked below.
 *
 * @param fit draws
 * @param name such as `mu` or `effect[0]`
 */
export function trace(fit: Plottable, name: string, options: PlotOptions = {}): Specification {
  const { label, chains } = shownOne('plot.trace', fit, name);
  const step = stride(chains[0].length, MOST_POINTS);
  const values = chains.flatMap((draws, chain) =>
    Array.from({ length: Math.ceil(draws.length / step) }, (_, i) => ({
      draw: i * step,
      value: draws[i * step],
      chain: chain + 1,
    })),
  );
  const { diverged } = places(fit, chains, 0);
  const thinned = step === 1 ? '' : `, every ${step}th draw`;
  return specification(
    options.title ?? `Trace of ${label}`,
    `Trace of ${label}: ${chains.length} chains of ${chains[0].length} draws${thinned}, ${diverged.length} divergent.`,
    {
      ...sizeOf(options),
      layer: [
        {
          data: { values },
          mark: { type: 'line', strokeWidth: 0.8, opacity: 0.75 },
          encoding: {
            x: number('draw', 'draw', { scale: { nice: false } }),
            y: number('value', label, ANYWHERE),
            color: named('chain', 'chain'),
          },
        },
        {
          data: { values: diverged.map(({ draw }) => ({ draw })) },
          mark: { type: 'tick', color: ALARM, thickness: 1, orient: 'vertical', height: 8, yOffset: -4 },
          encoding: { x: number('draw', 'draw'), y: { value: 'height' } },
        },
      ],
    },
  );
}
