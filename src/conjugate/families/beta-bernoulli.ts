/** Yes or no with an unknown probability, which has a beta prior. */
import { BetaBinomial } from '../distributions/beta-binomial';
import type { Beta } from '../distributions/beta';
import type { Family } from '../family';
import { requireCount, requirePositive } from '../hyperparameters';
import { UnivariatePosterior } from '../posterior';
import { observationsOf, type Batch } from '../statistics/batch';
import { valueOf } from '../statistics/compensated';
import { binary, totalsOf } from '../statistics/totals';
import { betaFamily, trials, type BetaHyperparameters, type Trials } from './beta-hyperparameters';

/** Zeros and ones, or how many of each. */
export type BernoulliData =
  | Batch
  | boolean
  | ArrayLike<boolean>
  | { readonly successes: number; readonly failures: number }
  | { readonly successes: number; readonly trials: number };

/** Successes and failures as counts. */
export function countsOf(name: string, data: object): { successes: number; failures: number } {
  const given = data as { successes?: unknown; failures?: unknown; trials?: unknown };
  const successes = requireCount(name, 'successes', given.successes);
  if (given.trials === undefined)
    return { successes, failures: requireCount(name, 'failures', given.failures) };
  const total = requireCount(name, 'trials', given.trials);
  if (total < successes)
    throw new RangeError(`${name}: trials must be ≥ successes, got ${total} and ${successes}`);
  return { successes, failures: total - successes };
}

const name = 'betaBernoulli';

// Made by a function: bundlers leave out what is not called.
const family = (): Family<
  BetaHyperparameters,
  Trials,
  BernoulliData,
  Beta,
  [trials?: number],
  BetaBinomial
> => ({
  ...betaFamily,
  name,
  statistics(_prior, data) {
    const observations = observationsOf(name, data);
    if (observations === undefined) {
      const { successes, failures } = countsOf(name, data as object);
      return trials(successes + failures, successes, failures);
    }
    const { count, sum } = totalsOf(name, observations, binary);
    return trials(count, valueOf(sum), count - valueOf(sum));
  },
  predictive: ({ alpha, beta }, of = 1) => new BetaBinomial(requireCount(name, 'trials', of), alpha, beta),
});

/**
 * Bernoulli(p) with p ~ Beta(alpha, beta): after s ones and f zeros, Beta(alpha + s, beta + f). `update` takes zeros and
 * ones, or counts; `predictive(n)` is the number of ones among the next n (1 by default).
 *
 * @throws RangeError unless alpha and beta are > 0
 */
export function betaBernoulli({ alpha, beta }: BetaHyperparameters): BetaBernoulli {
  const prior = requirePositive(name, { alpha, beta }, ['alpha', 'beta']);
  return new UnivariatePosterior(family(), prior, betaFamily.nothing());
}

export type BetaBernoulli = UnivariatePosterior<
  BetaHyperparameters,
  Trials,
  BernoulliData,
  Beta,
  [trials?: number],
  BetaBinomial
>;
