/** Weights between 0 and 1 at which chains exchange positions equally often. */

/** Weights (k/(n − 1))³: close together where a posterior begins to differ from its prior. */
export function cubicLadder(levels: number): number[] {
  return Array.from({ length: levels }, (_, k) => {
    const share = k / (levels - 1);
    return share * share * share;
  });
}

/**
 * Moves the weights so that neighbours reject equally often: to equal parts of the communication barrier, which the
 * rejections between neighbours add up to (Syed, Bouchard-Côté, Deligiannidis & Doucet 2022, §5.1).
 *
 * @param rejections mean rejection between each level and the next
 */
export function equalise(weights: readonly number[], rejections: readonly number[]): number[] {
  const barrier = [0];
  // A little of everything keeps the barrier increasing.
  rejections.forEach((rejection, k) => barrier.push(barrier[k] + Math.max(rejection, 1e-3)));
  const whole = barrier[barrier.length - 1];
  const last = weights.length - 1;
  let k = 0;
  return weights.map((weight, level) => {
    if (level === 0 || level === last) return weight;
    const wanted = (whole * level) / last;
    while (barrier[k + 1] < wanted) k++;
    const share = (wanted - barrier[k]) / (barrier[k + 1] - barrier[k]);
    return weights[k] + share * (weights[k + 1] - weights[k]);
  });
}
