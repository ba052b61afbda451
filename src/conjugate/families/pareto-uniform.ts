/** Uniform numbers from 0 to an unknown end, which has a Pareto prior. */
import { Pareto } from '../distributions/pareto';
import { ParetoUniform } from '../distributions/pareto-uniform';
import { special } from '../engine';
import type { Family } from '../family';
import { requireCount, requirePositive } from '../hyperparameters';
import { UnivariatePosterior } from '../posterior';
import { observationsOf, type Batch } from '../statistics/batch';
import { atLeastZero, checkObservation, totalsOf } from '../statistics/totals';

export interface ParetoHyperparameters {
  /** The end is at least this, > 0. */
  readonly minimum: number;
  /** Index of the tail, > 0. */
  readonly shape: number;
}

export interface Range {
  readonly count: number;
  readonly greatest: number;
}

/** Observations, or how many there are and the greatest. */
export type UniformData = Batch | Range;

const name = 'paretoUniform';

const family: Family<ParetoHyperparameters, Range, UniformData, Pareto, [], ParetoUniform> = {
  name,
  nothing: () => ({ count: 0, greatest: 0 }),
  statistics(_prior, data) {
    const observations = observationsOf(name, data);
    if (observations !== undefined) {
      const { count, greatest } = totalsOf(name, observations, atLeastZero);
      return { count, greatest: Math.max(0, greatest) };
    }
    const { count, greatest } = data as Range;
    requireCount(name, 'count', count);
    checkObservation(name, greatest, atLeastZero, 'greatest');
    return { count, greatest };
  },
  join: (a, b) => ({ count: a.count + b.count, greatest: Math.max(a.greatest, b.greatest) }),
  observations: ({ count }) => count,
  posterior: ({ minimum, shape }, { count, greatest }) => ({
    minimum: Math.max(minimum, greatest),
    shape: shape + count,
  }),
  logEvidence({ minimum, shape }, { count, greatest }) {
    const { log } = special();
    const end = Math.max(minimum, greatest);
    return log(shape / (shape + count)) - count * log(end) - shape * log(end / minimum);
  },
  distribution: ({ minimum, shape }) => new Pareto(minimum, shape),
  predictive: ({ minimum, shape }) => new ParetoUniform(minimum, shape),
  strength: ({ shape }) => ({ mean: shape, mode: shape }),
};

/**
 * Uniform(0, θ) with θ ~ Pareto(minimum, shape): after n observations, Pareto(the greatest of them and `minimum`,
 * shape + n).
 *
 * @throws RangeError unless minimum and shape are > 0
 */
export function paretoUniform({ minimum, shape }: ParetoHyperparameters): ParetoUniformPosterior {
  const prior = requirePositive(name, { minimum, shape }, ['minimum', 'shape']);
  return new UnivariatePosterior(family, prior, family.nothing(prior));
}

export type ParetoUniformPosterior = UnivariatePosterior<
  ParetoHyperparameters,
  Range,
  UniformData,
  Pareto,
  [],
  ParetoUniform
>;
