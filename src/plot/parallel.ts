/** Parallel coordinates: each draw a line across quantities, so that those which diverge show what they share. */

import { momentsOf } from '../diagnostics/moments';
import { pool } from '../diagnostics/chains';
import { type Place, places, type Plottable, shown } from './quantities';
import { named, number, type PlotOptions, sizeOf, type Specification, specification } from './specification';
import { ALARM, MAIN } from './theme';

/** More places side by side cannot be read. */
const MOST_SCALARS = 40;
/** Lines of draws that did not diverge. */
const MOST_LINES = 200;

/**
 * Draws across scalar quantities, each less its mean and in units of its standard deviation; divergent draws on top.
 *
 * @param fit draws
 * @param names which, the first 40 of them; all by default
 */
export function parallel(
  fit: Plottable,
  names?: string | readonly string[],
  options: PlotOptions = {},
): Specification {
  const scalars = shown('plot.parallel', fit, names, MOST_SCALARS);
  const scales = scalars.map(({ chains }) => momentsOf(pool(chains)));
  const { diverged, others } = places(fit, scalars[0].chains, MOST_LINES);
  const layer = (drawn: readonly Place[], color: string, opacity: number): object => ({
    data: {
      values: drawn.flatMap(({ chain, draw, number: line }) =>
        scalars.map(({ label, chains }, i) => ({
          line,
          label,
          z: (chains[chain][draw] - scales[i].mean) / (Math.sqrt(scales[i].variance) || 1),
        })),
      ),
    },
    mark: { type: 'line', color, opacity, strokeWidth: 0.8 },
    encoding: {
      x: named('label', null, { axis: { labelAngle: -40, labelLimit: 120 } }),
      y: number('z', 'standardised'),
      detail: named('line', null),
    },
  });
  return specification(
    options.title ?? `Parallel coordinates: ${diverged.length} divergent`,
    `Draws across ${scalars.length} standardised quantities, ${diverged.length} divergent draws on top.`,
    { ...sizeOf(options), layer: [layer(others, MAIN, 0.25), layer(diverged, ALARM, 0.8)] },
  );
}
