/** Where an optimiser is, in words. */

import type { ClimbProgress } from '../inference';

export function climbInWords({ start, phase, iteration, logDensity }: ClimbProgress): string {
  const where = phase === 'curvature' ? `curvature ${iteration}` : `${phase}, iteration ${iteration}`;
  return `start ${start + 1}: ${where}, log density ${logDensity.toPrecision(8)}`;
}
