/** Sensitivity of a posterior to the strength of its prior or likelihood, without sampling again (Kallioinen et al. 2023). */

import { ascendingOrder, inOrder } from './order';
import { paretoSmooth } from './pareto-smoothing';

/**
 * Power-scaling sensitivity of a quantity: how fast its distribution moves, in cumulative Jensen–Shannon distance per
 * doubling of the component's exponent, when prior or likelihood is raised to a power near 1. Above 0.05 the quantity is
 * sensitive: to the likelihood it should be; to the prior, the prior says much; to both, they may be in conflict.
 *
 * @param draws n draws of the quantity, all chains pooled
 * @param logComponent log prior, or log likelihood, of each of these draws
 * @param delta powers are 1 + delta and 1/(1 + delta); default 0.01
 * @throws RangeError when the two differ in length
 */
export function powerScaleSensitivity(draws: Float64Array, logComponent: Float64Array, delta = 0.01): number {
  if (draws.length !== logComponent.length) {
    throw new RangeError(
      `powerScaleSensitivity: expected a log density for each of ${draws.length} draws, got ${logComponent.length}`,
    );
  }
  const negated = draws.map((x) => -x);
  const distance = (power: number): number => {
    const { logWeights } = paretoSmooth(logComponent.map((value) => (power - 1) * value));
    const weights = logWeights.map(Math.exp);
    return Math.max(cumulativeJensenShannon(draws, weights), cumulativeJensenShannon(negated, weights));
  };
  return (distance(1 / (1 + delta)) + distance(1 + delta)) / (2 * Math.log2(1 + delta));
}

/** Distance between the distribution functions of draws, and of the same draws weighted (Nguyen and Vreeken 2015). */
function cumulativeJensenShannon(draws: Float64Array, weights: Float64Array): number {
  const order = ascendingOrder(draws);
  const sorted = inOrder(draws, order);
  const n = sorted.length;
  let forward = 0;
  let backward = 0;
  let area = 0;
  let weighted = 0;
  let weightedArea = 0;
  for (let i = 0; i < n - 1; i++) {
    const width = sorted[i + 1] - sorted[i];
    const plain = (i + 1) / n;
    weighted += weights[order[i]];
    const middle = Math.log2((plain + weighted) / 2);
    forward += width * plain * (Math.log2(plain) - middle);
    if (weighted > 0) backward += width * weighted * (Math.log2(weighted) - middle);
    area += width * plain;
    weightedArea += width * weighted;
  }
  const difference = (weightedArea - area) / (2 * Math.LN2);
  const divergence = Math.max(0, forward + difference) + Math.max(0, backward - difference);
  return Math.sqrt(divergence / (area + weightedArea));
}
