/** Ranks of the draws, chain by chain: level where the chains agree. */

import { rankEcdf as differencesOf, rankHistogram, type RankEcdfOptions } from '../diagnostics';
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
  // Histograms stand close: labels within each do not run into those of the next.
  const axis = { values: [0, total], labelFlush: true };
  const x = number('from', 'rank', { scale: { domain: [0, total], nice: false }, axis });
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

/**
 * Distribution functions of the ranks of each chain less the uniform, with a band that agreeing chains keep to.
 *
 * @param fit draws of two or more chains
 * @param name such as `mu` or `effect[0]`
 */
export function rankEcdf(
  fit: Plottable,
  name: string,
  options: PlotOptions & RankEcdfOptions = {},
): Specification {
  const { label, chains } = shownOne('plot.rankEcdf', fit, name);
  const { points, differences, lower, upper, inside } = differencesOf(chains, options);
  const x = number('at', 'share of all draws', { scale: { domain: [0, 1] } });
  const band = Array.from(points, (at, i) => ({ at, lower: lower[i], upper: upper[i] }));
  const ends = [0, 1].map((at) => ({ at, lower: 0, upper: 0 }));
  const curves = differences.flatMap((row, chain) =>
    [0, ...row, 0].map((difference, i) => ({
      at: i === 0 ? 0 : (points[i - 1] ?? 1),
      difference,
      chain: chain + 1,
    })),
  );
  return specification(
    options.title ?? `Ranks of ${label}`,
    `Distribution functions of the ranks of ${label}: the chains ${inside ? 'stay within' : 'leave'} the band.`,
    {
      ...sizeOf(options),
      layer: [
        {
          data: { values: [ends[0], ...band, ends[1]] },
          mark: { type: 'area', color: REFERENCE, opacity: 0.3 },
          encoding: { x, y: number('lower', 'difference from uniform'), y2: { field: 'upper' } },
        },
        {
          data: { values: curves },
          mark: { type: 'line', strokeWidth: 1.4 },
          encoding: {
            x,
            y: number('difference', 'difference from uniform'),
            color: named('chain', 'chain'),
          },
        },
      ],
    },
  );
}
