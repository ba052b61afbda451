/** Forest: intervals of many quantities, one below the other. */

import { describe } from '../diagnostics';
import { sortedQuantile } from '../diagnostics/quantile';
import { chosen, type Plottable, shown } from './quantities';
import { named, number, type PlotOptions, type Specification, specification } from './specification';
import { ALARM, MAIN } from './theme';

export interface ForestOptions extends Omit<PlotOptions, 'height'> {
  /** Probability of the wide interval, with quartiles inside it; default 0.9. */
  readonly interval?: number;
  /** Most scalars to show; default 60. */
  readonly limit?: number;
}

/** R-hat from which a quantity is marked. */
const UNMIXED = 1.01;

/** One interval of the picture. */
interface Interval {
  readonly name: string;
  readonly label: string;
  readonly run: string;
  readonly low: number;
  readonly q25: number;
  readonly middle: number;
  readonly q75: number;
  readonly high: number;
  readonly unmixed: boolean;
}

/**
 * Median, quartiles and central interval of scalar quantities. Of one run, those whose R-hat is above 1.01 are marked;
 * several runs stand side by side, told apart by colour.
 *
 * @param fits draws, or several runs by name
 * @param names which; all by default
 */
export function forest(
  fits: Plottable | Readonly<Record<string, Plottable>>,
  names?: string | readonly string[],
  options: ForestOptions = {},
): Specification {
  const { interval = 0.9, limit = 60, width = 480 } = options;
  const runs = isRun(fits) ? [['', fits] as const] : Object.entries(fits);
  const found = runs.flatMap(([run, fit]) => intervalsOf(run, fit, names, interval, limit));
  // Not all runs know the labels of coordinates; those that do lend them to the others.
  const labels = new Map(
    found.filter(({ name, label }) => name !== label).map(({ name, label }) => [name, label]),
  );
  const values = found.map((value) => ({ ...value, label: labels.get(value.name) ?? value.name }));
  const several = runs.length > 1;
  const shared = {
    y: named('label', null, { axis: { labelLimit: 220, grid: false } }),
    ...(several ? { yOffset: named('run', null) } : {}),
    color: several
      ? named('run', 'run')
      : { condition: { test: 'datum.unmixed', value: ALARM }, value: MAIN },
  };
  const percent = 100 * interval;
  const cut = runs.some(([, fit]) => chosen('plot.forest', fit, names).length > limit)
    ? `, the first ${limit}`
    : '';
  const count = new Set(values.map(({ label }) => label)).size;
  const meaning = several
    ? `in ${runs.length} runs: ${runs.map(([run]) => run).join(', ')}.`
    : `; those with R-hat above ${UNMIXED} are red.`;
  return specification(
    options.title ?? `Medians with 50 % and ${percent} % intervals${cut}`,
    `Medians with 50 % and ${percent} % intervals of ${count} quantities${several ? ' ' : ''}${meaning}`,
    {
      data: { values },
      width,
      height: { step: several ? 14 : 18 },
      layer: [
        {
          mark: { type: 'rule', strokeWidth: 1.2 },
          encoding: { ...shared, x: number('low', null, { scale: { zero: false } }), x2: { field: 'high' } },
        },
        {
          mark: { type: 'rule', strokeWidth: 4 },
          encoding: { ...shared, x: number('q25', null), x2: { field: 'q75' } },
        },
        {
          mark: { type: 'point', filled: true, size: 40, opacity: 1 },
          encoding: { ...shared, x: number('middle', null) },
        },
      ],
    },
  );
}

function isRun(fits: Plottable | Readonly<Record<string, Plottable>>): fits is Plottable {
  return typeof fits.quantityDraws === 'function';
}

function intervalsOf(
  run: string,
  fit: Plottable,
  names: string | readonly string[] | undefined,
  interval: number,
  limit: number,
): Interval[] {
  const probabilities = [(1 - interval) / 2, 0.25, 0.5, 0.75, (1 + interval) / 2];
  return shown('plot.forest', fit, names, limit).map(({ name, label, chains }) => {
    const sorted = Float64Array.from(chains.flatMap((draws) => Array.from(draws))).sort();
    const [low, q25, middle, q75, high] = probabilities.map((p) => sortedQuantile(sorted, p));
    return { name, label, run, low, q25, middle, q75, high, unmixed: describe(chains).rhat > UNMIXED };
  });
}
