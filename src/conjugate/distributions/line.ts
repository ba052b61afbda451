/** The whole line in place of a range, for quadrature: logits of (0, 1), logarithms above a bound. */
import { special } from '../engine';
import type { ContinuousDistribution } from './univariate';

export interface Line {
  /** The number at u. */
  readonly at: (u: number) => number;
  /** log dx/du */
  readonly logSlope: (u: number) => number;
  /** Where the distributions lie on it, and how far they reach. */
  readonly centre: number;
  readonly width: number;
}

/** @throws RangeError when the distributions do not have the same range */
export function lineOf(distributions: readonly ContinuousDistribution[]): Line {
  const [lower, upper] = distributions[0].support;
  for (const { name, support } of distributions) {
    // Of ranges without an upper end, the lower may differ: the least holds all.
    if (support[1] === upper && Number.isFinite(support[0]) === Number.isFinite(lower)) continue;
    throw new RangeError(
      `compare: ${distributions[0].name} lies in [${lower}, ${upper}], ${name} in [${support.join(', ')}]`,
    );
  }
  const { exp, log, log1p } = special();
  const least = Math.min(...distributions.map(({ support }) => support[0]));
  if (lower === -Infinity) return placed(distributions, (x) => x, { at: (u) => u, logSlope: () => 0 });
  if (upper === Infinity) {
    return placed(distributions, (x) => log(x - least), { at: (u) => least + exp(u), logSlope: (u) => u });
  }
  const size = upper - lower;
  return placed(distributions, (x) => log((x - lower) / (upper - x)), {
    at: (u) => lower + size / (1 + exp(-u)),
    logSlope: (u) => log(size) - Math.abs(u) - 2 * log1p(exp(-Math.abs(u))),
  });
}

/** Around the middles of all, as wide as the widest and as they lie apart. */
function placed(
  distributions: readonly ContinuousDistribution[],
  onLine: (x: number) => number,
  line: Pick<Line, 'at' | 'logSlope'>,
): Line {
  const placing = distributions.map((each) => each.withoutPoles);
  const middles = placing.map((each) => onLine(each.quantile(0.5)));
  const [first, last] = [Math.min(...middles), Math.max(...middles)];
  const widths = placing.map((each) => onLine(each.quantile(0.84)) - onLine(each.quantile(0.16)));
  return { ...line, centre: (first + last) / 2, width: Math.max(...widths) / 2 + (last - first) / 2 };
}
