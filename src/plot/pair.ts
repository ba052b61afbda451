/** Pairs of quantities, with divergent draws on top: where they gather, the posterior is hard to explore. */

import { curve, HEIGHT } from './density';
import { type Place, places, type Plottable, type Shown, shown } from './quantities';
import {
  ANYWHERE,
  number,
  type Part,
  type PlotOptions,
  sizeOf,
  type Specification,
  specification,
} from './specification';
import { ALARM, MAIN } from './theme';

/** More points to a panel cannot be told apart. */
const MOST_POINTS = 1500;

/**
 * Draws of two or more scalar quantities against each other: one panel for two, a lower triangle with densities on its
 * diagonal for more. Divergent draws are all shown, others thinned.
 *
 * @param fit draws
 * @param names of 2 to 8 scalars; `effect` stands for all its elements
 * @throws RangeError for another number of scalars
 */
export function pair(fit: Plottable, names: readonly string[], options: PlotOptions = {}): Specification {
  const scalars = shown('plot.pair', fit, names);
  if (scalars.length < 2 || scalars.length > 8) {
    throw new RangeError(`plot.pair: expected 2 to 8 scalar quantities, got ${scalars.length}`);
  }
  const { values, diverged } = points(fit, scalars);
  const labels = scalars.map(({ label }) => label);
  const title = options.title ?? `${labels.join(', ')}: ${diverged} divergent`;
  const description = `Scatter plot of ${labels.join(', ')}; ${diverged} divergent draws on top.`;
  if (scalars.length === 2) {
    return specification(title, description, {
      data: { values },
      ...sizeOf({ height: 320, ...options }),
      ...scatter(labels, 1, 0),
    });
  }
  const size = {
    width: (options.width ?? 600) / scalars.length,
    height: (options.height ?? 600) / scalars.length,
  };
  return specification(title, description, {
    data: { values },
    spacing: 8,
    vconcat: scalars.map((scalar, row) => ({
      spacing: 8,
      hconcat: scalars.slice(0, row + 1).map((_, column) => ({
        ...size,
        ...(row === column ? diagonal(scalar) : scatter(labels, row, column)),
      })),
    })),
  });
}

/** Rows with a field per scalar; the divergent ones last, so that they are drawn on top. */
function points(fit: Plottable, scalars: readonly Shown[]): { values: object[]; diverged: number } {
  const { diverged, others } = places(fit, scalars[0].chains, MOST_POINTS);
  const row = ({ chain, draw }: Place, flag: boolean): object => ({
    diverged: flag,
    ...Object.fromEntries(scalars.map(({ chains }, i) => [`x${i}`, chains[chain][draw]])),
  });
  return {
    values: [...others.map((place) => row(place, false)), ...diverged.map((place) => row(place, true))],
    diverged: diverged.length,
  };
}

function scatter(labels: readonly string[], row: number, column: number): Part {
  return {
    mark: { type: 'point', filled: true },
    encoding: {
      x: number(`x${column}`, labels[column], ANYWHERE),
      y: number(`x${row}`, labels[row], ANYWHERE),
      color: { condition: { test: 'datum.diverged', value: ALARM }, value: MAIN },
      opacity: { condition: { test: 'datum.diverged', value: 1 }, value: 0.35 },
      size: { condition: { test: 'datum.diverged', value: 28 }, value: 12 },
    },
  };
}

function diagonal({ label, chains }: Shown): Part {
  return {
    data: { values: curve(chains.flatMap((draws) => Array.from(draws))) },
    mark: { type: 'area', opacity: 0.5, line: true },
    encoding: { x: number('x', label, ANYWHERE), y: { ...HEIGHT, title: null } },
  };
}
