/** Weights of models by how well they predict: stacking, pseudo-BMA, pseudo-BMA+ (Yao, Vehtari, Simpson & Gelman 2018). */

import { softmax } from '../diagnostics/log-sum-exp';
import type { RandomStream } from '../random';

const MOST_ITERATIONS = 100_000;
const TOLERANCE = 1e-12;

/**
 * The mixture of predictive distributions with the best log score, Σ_i log Σ_k w_k p_ik: the expectation-maximisation of
 * mixture weights, which climbs this concave function to its only maximum.
 *
 * @param elpd of each model its log predictive densities, one an observation
 */
export function stackingWeights(elpd: readonly Float64Array[]): number[] {
  const count = elpd[0].length;
  const tops = Array.from({ length: count }, (_, i) => Math.max(...elpd.map((values) => values[i])));
  const densities = elpd.map((values) => values.map((value, i) => Math.exp(value - tops[i])));
  let weights = elpd.map(() => 1 / elpd.length);
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    const next = weights.map(() => 0);
    for (let i = 0; i < count; i++) {
      let mixture = 0;
      for (let k = 0; k < weights.length; k++) mixture += weights[k] * densities[k][i];
      for (let k = 0; k < weights.length; k++) next[k] += (weights[k] * densities[k][i]) / mixture / count;
    }
    const change = Math.max(...next.map((weight, k) => Math.abs(weight - weights[k])));
    weights = next;
    if (change < TOLERANCE) break;
  }
  return weights;
}

/** exp(elpd), normalised. */
export function pseudoBmaWeights(elpd: readonly Float64Array[]): number[] {
  return softmax(elpd.map((values) => values.reduce((sum, value) => sum + value, 0)));
}

/** The same, averaged over Bayesian bootstraps of the observations (Rubin 1981). */
export function pseudoBmaPlusWeights(
  elpd: readonly Float64Array[],
  stream: RandomStream,
  replications = 1000,
): number[] {
  const count = elpd[0].length;
  const mean = elpd.map(() => 0);
  for (let replication = 0; replication < replications; replication++) {
    const shares = stream.exponential(count);
    const total = shares.reduce((sum, share) => sum + share, 0);
    const weights = softmax(
      elpd.map((values) => values.reduce((sum, value, i) => sum + ((count * shares[i]) / total) * value, 0)),
    );
    weights.forEach((weight, k) => (mean[k] += weight / replications));
  }
  return mean;
}
