/** Effective sample sizes: as draws come in, and piece by piece of the distribution. */

import { essEvolution as stagesOf, essLocal as localOf, essQuantile as quantileOf } from '../diagnostics';
import { type Plottable, shownOne } from './quantities';
import {
  named,
  number,
  type Part,
  type PlotOptions,
  sizeOf,
  type Specification,
  specification,
} from './specification';
import { MAIN, REFERENCE } from './theme';

/** Effective draws per chain that are asked for (Vehtari et al. 2021). */
const ENOUGH = 100;

/** A dashed line at what is enough. */
function threshold(chains: number): Part {
  return {
    data: { values: [{ enough: ENOUGH * chains }] },
    mark: { type: 'rule', color: REFERENCE, strokeDash: [4, 3] },
    encoding: { y: number('enough', 'effective draws') },
  };
}

/**
 * Bulk and tail effective sample size of ever more draws: straight lines where the chains have mixed.
 *
 * @param fit draws
 * @param name such as `mu` or `effect[0]`
 */
export function essEvolution(fit: Plottable, name: string, options: PlotOptions = {}): Specification {
  const { label, chains } = shownOne('plot.essEvolution', fit, name);
  const stages = stagesOf(chains);
  const last = stages[stages.length - 1];
  return specification(
    options.title ?? `ESS of ${label} as draws come in`,
    `Effective sample size of ${label}: bulk ${last.bulk.toFixed(0)} and tail ${last.tail.toFixed(0)} of ` +
      `${last.draws} draws.`,
    {
      ...sizeOf(options),
      layer: [
        threshold(chains.length),
        {
          data: {
            values: stages.flatMap(({ draws, bulk, tail }) => [
              { draws, ess: bulk, of: 'bulk' },
              { draws, ess: tail, of: 'tail' },
            ]),
          },
          mark: { type: 'line', point: { size: 20 } },
          encoding: {
            x: number('draws', 'draws, all chains'),
            y: number('ess', 'effective draws'),
            color: named('of', 'ESS'),
          },
        },
      ],
    },
  );
}

/** Pieces that a distribution is cut into. */
const PIECES = 20;

function byProbability(
  title: string,
  description: string,
  values: readonly object[],
  mark: Part,
  channels: Part,
  chains: number,
  options: PlotOptions,
): Specification {
  return specification(title, description, {
    ...sizeOf(options),
    layer: [
      {
        data: { values },
        mark: { color: MAIN, ...mark },
        encoding: {
          x: number('from', 'probability', { scale: { domain: [0, 1] } }),
          y: number('ess', 'effective draws'),
          ...channels,
        },
      },
      threshold(chains),
    ],
  });
}

const least = (values: readonly { readonly ess: number }[]): string =>
  Number.isNaN(values[0].ess) ? 'unknown' : Math.min(...values.map(({ ess }) => ess)).toFixed(0);

/**
 * Effective sample size of the share of draws in each of twenty equally probable pieces of the distribution.
 *
 * @param fit draws
 * @param name such as `mu` or `effect[0]`
 */
export function essLocal(fit: Plottable, name: string, options: PlotOptions = {}): Specification {
  const { label, chains } = shownOne('plot.essLocal', fit, name);
  const values = Array.from({ length: PIECES }, (_, i) => {
    const [from, to] = [i / PIECES, (i + 1) / PIECES];
    return { from, to, ess: localOf(chains, from, to) };
  });
  return byProbability(
    options.title ?? `Local ESS of ${label}`,
    `Effective sample size of small intervals of ${label}: least ${least(values)}.`,
    values,
    { type: 'bar', binSpacing: 1 },
    {
      x: number('from', 'probability', { bin: 'binned', scale: { domain: [0, 1] } }),
      x2: { field: 'to' },
    },
    chains.length,
    options,
  );
}

/**
 * Effective sample size of quantiles from 5 % to 95 %.
 *
 * @param fit draws
 * @param name such as `mu` or `effect[0]`
 */
export function essQuantile(fit: Plottable, name: string, options: PlotOptions = {}): Specification {
  const { label, chains } = shownOne('plot.essQuantile', fit, name);
  const values = Array.from({ length: PIECES - 1 }, (_, i) => {
    const from = (i + 1) / PIECES;
    return { from, ess: quantileOf(chains, from) };
  });
  return byProbability(
    options.title ?? `ESS of quantiles of ${label}`,
    `Effective sample size of quantiles of ${label}: least ${least(values)}.`,
    values,
    { type: 'line', point: { size: 30 } },
    {},
    chains.length,
    options,
  );
}
