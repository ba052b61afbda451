/** Prior–posterior overlap: the share of mass that two densities have in common. */

import { kernelDensity } from './kernel-density';

/** Points of the grid on which densities are compared. */
const POINTS = 512;

/**
 * Overlap of two distributions, ∫ min(p, q): 1 where the data taught nothing about a parameter, near 0 where prior and
 * posterior disagree or the data say far more than the prior. Estimated from kernel densities.
 *
 * @param prior draws from the prior
 * @param posterior draws from the posterior
 * @returns between 0 and 1
 */
export function priorPosteriorOverlap(prior: ArrayLike<number>, posterior: ArrayLike<number>): number {
  const [p, q] = [prior, posterior].map((draws) => kernelDensity(draws, { points: POINTS }));
  const low = Math.max(p.x[0], q.x[0]);
  const high = Math.min(p.x[POINTS - 1], q.x[POINTS - 1]);
  if (!(high > low)) return 0;
  const step = (high - low) / (POINTS - 1);
  let total = 0;
  for (let i = 0; i < POINTS; i++) {
    const at = low + i * step;
    const common = Math.min(interpolated(p, at), interpolated(q, at));
    total += i === 0 || i === POINTS - 1 ? common / 2 : common;
  }
  return Math.min(1, total * step);
}

/** Linear between the points of an even grid. */
function interpolated({ x, density }: { x: Float64Array; density: Float64Array }, at: number): number {
  const position = ((at - x[0]) / (x[x.length - 1] - x[0])) * (x.length - 1);
  const below = Math.min(Math.max(Math.floor(position), 0), x.length - 2);
  return density[below] + (position - below) * (density[below + 1] - density[below]);
}
