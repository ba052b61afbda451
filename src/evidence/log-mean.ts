/** The logarithm of a mean of independent estimates that are known by their logarithms. */

import { logMeanExp } from '../diagnostics/log-sum-exp';
import { momentsOf } from '../diagnostics/moments';
import type { LogEvidence } from './log-evidence';

/** log of the mean of exp(xᵢ), with the standard error of the mean relative to itself: that of its logarithm. */
export function logMeanOf(values: Float64Array): Pick<LogEvidence, 'estimate' | 'standardError'> {
  const estimate = logMeanExp(values);
  const { variance } = momentsOf(values.map((value) => Math.exp(value - estimate)));
  return { estimate, standardError: Math.sqrt(variance / values.length) };
}
