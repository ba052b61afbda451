/** Forest: intervals of many quantities, one below the other. */

import { describe } from '../diagnostics';
import { sortedQuantile } from '../diagnostics/quantile';
import { type Plottable, shown } from './quantities';
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

/**
 * Median, quartiles and central interval of scalar quantities; those whose R-hat is above 1.01 are marked.
 *
 * @param fit draws
 * @param names which; all by default
 */
export function forest(
  fit: Plottable,
  names?: string | readonly string[],
  options: ForestOptions = {},
): Specification {
  const { interval = 0.9, limit = 60, width = 480 } = options;
  const probabilities = [(1 - interval) / 2, 0.25, 0.5, 0.75, (1 + interval) / 2];
  const values = shown('plot.forest', fit, names, limit)
    .slice(0, limit)
    .map(({ label, chains }) => {
      const sorted = Float64Array.from(chains.flatMap((draws) => Array.from(draws))).sort();
      const [low, q25, middle, q75, high] = probabilities.map((p) => sortedQuantile(sorted, p));
      return { label, low, q25, middle, q75, high, unmixed: describe(chains).rhat > UNMIXED };
    });
  const y = named('label', null, { axis: { labelLimit: 220, grid: false } });
  const color = { condition: { test: 'datum.unmixed', value: ALARM }, value: MAIN };
  const percent = 100 * interval;
  return specification(
    options.title ?? `Medians with 50 % and ${percent} % intervals`,
    `Medians with 50 % and ${percent} % intervals of ${values.length} quantities; those with R-hat above ${UNMIXED} are red.`,
    {
      data: { values },
      width,
      height: { step: 18 },
      layer: [
        {
          mark: { type: 'rule', strokeWidth: 1.2 },
          encoding: { y, x: number('low', null, ANYWHERE_NICE), x2: { field: 'high' }, color },
        },
        {
          mark: { type: 'rule', strokeWidth: 4 },
          encoding: { y, x: number('q25', null), x2: { field: 'q75' }, color },
        },
        {
          mark: { type: 'point', filled: true, size: 40, opacity: 1 },
          encoding: { y, x: number('middle', null), color },
        },
      ],
    },
  );
}

const ANYWHERE_NICE = { scale: { zero: false } };
