/** One observation left out by importance sampling. */

import { essMean, paretoSmooth } from '../diagnostics';
import { pool } from '../diagnostics/chains';
import { LARGEST_K } from '../diagnostics/pareto-smoothing';
import { logMeanExp, logSumExp } from '../diagnostics/log-sum-exp';

/** The k above which `draws` draws are too few. */
export function kThreshold(draws: number): number {
  return Math.min(1 - 1 / Math.log10(draws), LARGEST_K);
}

/** What importance sampling says of one observation. */
export interface LeftOut {
  readonly elpd: number;
  readonly k: number;
}

/** log p(y_i | the others) from the log likelihoods of y_i in each chain. */
export function leaveOneOut(chains: readonly Float64Array[]): LeftOut {
  const draws = pool(chains);
  const top = draws.reduce((most, value) => Math.max(most, value), -Infinity);
  const likelihoods = chains.map((chain) => chain.map((value) => Math.exp(value - top)));
  const efficiency = essMean(likelihoods) / draws.length;
  const { logWeights, k } = paretoSmooth(
    draws.map((value) => -value),
    Number.isFinite(efficiency) && efficiency > 0 ? efficiency : 1,
  );
  return { elpd: logSumExp(draws.map((value, i) => value + logWeights[i])), k };
}

/** log of the mean likelihood over all draws: how well the model fits what it has seen. */
export function logPredictive(chains: readonly Float64Array[]): number {
  return logMeanExp(pool(chains));
}
