/** Ranks of the draws, chain by chain: level where the chains agree. */

import { rankHistogram } from '../diagnostics';
import { type Plottable, shownOne } from './quantities';
import { named, number, type PlotOptions, sizeOf, type Specification, specification } from './specification';
import { REFERENCE } from './theme';

/**
 * Histograms of the ranks that the draws of each chain have among all draws.
 *
 * @param fit draws
 * @param name such as `mu` or `effect[0]`
 */
export function rank(
  fit: Plottable,
  name: string,
  options: PlotOptions & { /** Default 20. */ readonly bins?: number } = {},
): Specification {
  const { label, chains } = shownOne('plot.rank', fit, name);
  const { bins = 20 } = options;
  const counts = rankHistogram(chains, bins);
  const total = chains.length * chains[0].length;
  const expected = chains[0].length / bins;
  const { width, height } = sizeOf(options);
  const x = number('from', 'rank', { scale: { domain: [0, total], nice: false }, axis: { tickCount: 3 } });
  return specification(
    options.title ?? `Ranks of ${label}`,
    `Rank histograms of ${label}: ${expected} draws to a bin are expected, from ` +
      `${Math.min(...counts.flat())} to ${Math.max(...counts.flat())} were found.`,
    {
      data: {
        values: counts.flatMap((row, chain) =>
          row.map((count, bin) => ({
            chain: `chain ${chain + 1}`,
            from: (bin * total) / bins,
            to: ((bin + 1) * total) / bins,
            count,
            expected,
          })),
        ),
      },
      facet: { column: named('chain', null) },
      spacing: 10,
      spec: {
        width: Math.max(40, Math.floor((width - 10 * chains.length) / chains.length)),
        height,
        layer: [
          {
            mark: { type: 'bar', binSpacing: 0.5 },
            encoding: {
              x: { ...x, bin: 'binned' },
              x2: { field: 'to' },
              y: number('count', 'draws'),
              color: named('chain', null, { legend: null }),
            },
          },
          {
            mark: { type: 'rule', color: REFERENCE, strokeDash: [4, 3] },
            encoding: { y: number('expected', 'draws', { aggregate: 'min' }) },
          },
        ],
      },
    },
  );
}
