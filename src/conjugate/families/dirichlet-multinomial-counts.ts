/** Vectors of counts of categories with unknown probabilities, which have a Dirichlet prior. */
import type { Dirichlet } from '../distributions/dirichlet';
import { DirichletMultinomial } from '../distributions/dirichlet-multinomial';
import { special } from '../engine';
import type { Family } from '../family';
import { requireCount } from '../hyperparameters';
import { ExactPosterior } from '../posterior';
import { flatRows, type Rows } from '../statistics/rows';
import {
  concentrationOf,
  counted,
  dirichletFamily,
  type Counts,
  type DirichletHyperparameters,
} from './dirichlet-hyperparameters';

const name = 'dirichletMultinomialCounts';

// Made by a function: bundlers leave out what is not called.
const family = (): Family<
  DirichletHyperparameters,
  Counts,
  Rows,
  Dirichlet,
  [trials: number],
  DirichletMultinomial
> => ({
  ...dirichletFamily,
  name,
  statistics({ concentration }, data) {
    const size = concentration.length;
    const { values, rows } = flatRows(name, data, size);
    const { lgamma } = special();
    const counts = new Float64Array(size);
    let ways = 0;
    for (let row = 0; row < rows; row++) {
      let trials = 0;
      for (let k = 0; k < size; k++) {
        const count = requireCount(name, `count [${row}, ${k}]`, values[row * size + k]);
        counts[k] += count;
        trials += count;
        ways -= lgamma(count + 1);
      }
      ways += lgamma(trials + 1);
    }
    return counted(rows, counts, ways);
  },
  predictive: ({ concentration }, of) =>
    new DirichletMultinomial(requireCount(name, 'trials', of), concentration),
});

/**
 * Multinomial(n, π) with π ~ Dirichlet(concentration). `update` takes rows of counts, nested or one after the other;
 * `predictive(n)` are the counts among the next n.
 *
 * @throws RangeError unless there are two concentrations or more, all > 0
 */
export function dirichletMultinomialCounts({
  concentration,
}: {
  readonly concentration: ArrayLike<number>;
}): DirichletMultinomialCounts {
  const prior = concentrationOf(name, concentration);
  return new ExactPosterior(family(), prior, dirichletFamily.nothing(prior));
}

export type DirichletMultinomialCounts = ExactPosterior<
  DirichletHyperparameters,
  Counts,
  Rows,
  Dirichlet,
  [trials: number],
  DirichletMultinomial
>;
