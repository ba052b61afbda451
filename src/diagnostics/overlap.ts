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
  const [ofPrior, ofPosterior] = [prior, posterior].map(extremes);
  const low = Math.max(ofPrior[0], ofPosterior[0]);
  const high = Math.min(ofPrior[1], ofPosterior[1]);
  if (!(high > low)) return 0;
  const [p, q] = [prior, posterior].map(
    (draws) => kernelDensity(draws, { points: POINTS, range: [low, high] }).density,
  );
  let total = 0;
  for (let i = 0; i < POINTS; i++) {
    const common = Math.min(p[i], q[i]);
    total += i === 0 || i === POINTS - 1 ? common / 2 : common;
  }
  return Math.min(1, (total * (high - low)) / (POINTS - 1));
}

function extremes(draws: ArrayLike<number>): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < draws.length; i++) {
    if (!Number.isFinite(draws[i])) continue;
    low = Math.min(low, draws[i]);
    high = Math.max(high, draws[i]);
  }
  return [low, high];
}
