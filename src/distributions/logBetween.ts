/** The probability of an interval, from whichever tail it lies in. */
import { less, logDiffExp, select, type Expression, type Operand } from '../expr';
import type { Distribution } from './distribution';

/**
 * log P(lower < X ≤ upper). A bound left out is none. The difference is taken between lower tails or between upper
 * tails, whichever are smaller.
 */
export function logBetween(
  distribution: Distribution<number>,
  lower: Operand | undefined,
  upper: Operand | undefined,
): Expression | 0 {
  if (lower === undefined) return upper === undefined ? 0 : distribution.logCdf(upper);
  if (upper === undefined) return distribution.logCcdf(lower);
  const [toUpper, fromLower] = [distribution.logCdf(upper), distribution.logCcdf(lower)];
  const isLow = less(toUpper, fromLower);
  return logDiffExp(
    select(isLow, toUpper, fromLower),
    select(isLow, distribution.logCdf(lower), distribution.logCcdf(upper)),
  );
}
