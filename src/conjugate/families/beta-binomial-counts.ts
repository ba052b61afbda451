/** Successes among known numbers of trials with an unknown probability, which has a beta prior. */
import type { Beta } from '../distributions/beta';
import { BetaBinomial } from '../distributions/beta-binomial';
import { special } from '../engine';
import type { Family } from '../family';
import { requireCount, requirePositive } from '../hyperparameters';
import { UnivariatePosterior } from '../posterior';
import type { Numbers } from '../statistics/blocks';
import { countsOf } from './beta-bernoulli';
import { betaFamily, trials, type BetaHyperparameters, type Trials } from './beta-hyperparameters';

/** Successes and trials of one observation, or of each of several; one number of trials may serve all. */
export interface BinomialData {
  readonly successes: number | Numbers;
  readonly trials: number | Numbers;
}

const name = 'betaBinomialCounts';

// Made by a function: bundlers leave out what is not called.
const family = (): Family<
  BetaHyperparameters,
  Trials,
  BinomialData,
  Beta,
  [trials: number],
  BetaBinomial
> => ({
  ...betaFamily,
  name,
  statistics(_prior, data) {
    const { successes, trials: totals } = data ?? {};
    if (successes === undefined || totals === undefined) {
      throw new TypeError(`${name}: update needs { successes, trials }, numbers or arrays of them`);
    }
    const given = typeof successes === 'number' ? [successes] : successes;
    if (typeof totals !== 'number' && totals.length !== given.length) {
      throw new RangeError(`${name}: got ${given.length} successes and ${totals.length} trials`);
    }
    const { log, lbeta } = special();
    let all = trials(0, 0, 0);
    for (let i = 0; i < given.length; i++) {
      const total = typeof totals === 'number' ? totals : totals[i];
      const { failures } = countsOf(name, { successes: given[i], trials: total });
      const ways = -log(total + 1) - lbeta(given[i] + 1, failures + 1);
      all = betaFamily.join(all, trials(1, given[i], failures, ways));
    }
    return all;
  },
  predictive: ({ alpha, beta }, of) => new BetaBinomial(requireCount(name, 'trials', of), alpha, beta),
});

/**
 * Binomial(trials, p) with p ~ Beta(alpha, beta). `update` takes `{ successes, trials }`; `predictive(n)` is the number
 * of successes among the next n trials. Differs from `betaBernoulli` in the evidence, which counts the orders in which
 * successes can have come.
 *
 * @throws RangeError unless alpha and beta are > 0
 */
export function betaBinomialCounts({ alpha, beta }: BetaHyperparameters): BetaBinomialCounts {
  const prior = requirePositive(name, { alpha, beta }, ['alpha', 'beta']);
  return new UnivariatePosterior(family(), prior, betaFamily.nothing());
}

export type BetaBinomialCounts = UnivariatePosterior<
  BetaHyperparameters,
  Trials,
  BinomialData,
  Beta,
  [trials: number],
  BetaBinomial
>;
