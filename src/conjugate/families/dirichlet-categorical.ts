/** Categories with unknown probabilities, which have a Dirichlet prior. */
import { Categorical } from '../distributions/categorical';
import { Dirichlet } from '../distributions/dirichlet';
import type { Family } from '../family';
import { requireCount } from '../hyperparameters';
import { ExactPosterior } from '../posterior';
import { observationsOf, type Batch } from '../statistics/batch';
import { histogramOf } from '../statistics/histogram';
import type { Numbers } from '../statistics/blocks';
import {
  concentrationOf,
  counted,
  dirichletFamily,
  type Counts,
  type DirichletHyperparameters,
} from './dirichlet-hyperparameters';

/** Categories counted from 0, or how often each occurred. */
export type CategoricalData = Batch | { readonly counts: Numbers };

const name = 'dirichletCategorical';

// Made by a function: bundlers leave out what is not called.
const family = (): Family<DirichletHyperparameters, Counts, CategoricalData, Dirichlet, [], Categorical> => ({
  ...dirichletFamily,
  name,
  statistics({ concentration }, data) {
    const size = concentration.length;
    const observations = observationsOf(name, data);
    if (observations !== undefined)
      return counted(observations.length, histogramOf(name, observations, size));
    const { counts } = data as { counts: Numbers };
    if (counts?.length !== size)
      throw new RangeError(`${name}: expected ${size} counts, got ${counts?.length}`);
    const checked = Float64Array.from(counts, (count, k) => requireCount(name, `counts[${k}]`, count));
    return counted(
      checked.reduce((a, b) => a + b, 0),
      checked,
    );
  },
  predictive: ({ concentration }) => new Categorical(new Dirichlet(concentration).mean),
});

/**
 * Categorical(π) with π ~ Dirichlet(concentration): counts are added to pseudo-counts. `update` takes categories from 0,
 * or `{ counts }`.
 *
 * @throws RangeError unless there are two concentrations or more, all > 0
 */
export function dirichletCategorical({
  concentration,
}: {
  readonly concentration: ArrayLike<number>;
}): DirichletCategorical {
  const prior = concentrationOf(name, concentration);
  return new ExactPosterior(family(), prior, dirichletFamily.nothing(prior));
}

export type DirichletCategorical = ExactPosterior<
  DirichletHyperparameters,
  Counts,
  CategoricalData,
  Dirichlet,
  [],
  Categorical
>;
