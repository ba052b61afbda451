/** Normal vectors of unknown mean and covariance, which have a normal-inverse-Wishart prior. */
import { LOG_PI } from '../distributions/constants';
import { multivariateLogGamma } from '../distributions/inverse-wishart';
import { MultivariateStudentT } from '../distributions/multivariate-student-t';
import { NormalInverseWishart } from '../distributions/normal-inverse-wishart';
import { special } from '../engine';
import type { Family } from '../family';
import { requirePositive } from '../hyperparameters';
import { logDeterminant, requireCholesky } from '../matrix';
import { ExactPosterior } from '../posterior';
import type { Rows } from '../statistics/rows';
import { joinScatter, noScatter, scatterOf, type Scatter } from '../statistics/scatter';
import { covarianceOf, vectorOf } from './vector-arguments';

export interface NormalInverseWishartHyperparameters {
  /** What is known of the mean, worth `strength` observations. */
  readonly mean: Float64Array;
  readonly strength: number;
  /** covariance ~ InverseWishart(df, scale), with mean scale/(df − d − 1) in d dimensions. */
  readonly df: number;
  readonly scale: Float64Array;
}

const name = 'normalInverseWishart';

type Hyperparameters = NormalInverseWishartHyperparameters;

const family: Family<Hyperparameters, Scatter, Rows, NormalInverseWishart, [], MultivariateStudentT> = {
  name,
  nothing: ({ mean }) => noScatter(mean.length),
  statistics: ({ mean }, data) => scatterOf(name, data, mean.length),
  join: joinScatter,
  observations: ({ count }) => count,
  posterior({ mean, strength, df, scale }, data) {
    const size = mean.length;
    const total = strength + data.count;
    const apart = data.mean.map((x, i) => x - mean[i]);
    const weight = strength * (data.count / total);
    return {
      mean: mean.map((m, i) => m + apart[i] * (data.count / total)),
      strength: total,
      df: df + data.count,
      scale: scale.map((x, at) => {
        const between = apart[Math.floor(at / size)] * apart[at % size] * weight;
        return x + data.products[at] + between;
      }),
    };
  },
  logEvidence(prior, data) {
    const size = prior.mean.length;
    const after = family.posterior(prior, data);
    const volume = (scale: Float64Array): number =>
      logDeterminant(requireCholesky(name, 'scale', scale, size), size);
    return (
      (-data.count * size * LOG_PI) / 2 +
      multivariateLogGamma(after.df / 2, size) -
      multivariateLogGamma(prior.df / 2, size) +
      (prior.df * volume(prior.scale) - after.df * volume(after.scale)) / 2 -
      (size * special().log1p(data.count / prior.strength)) / 2
    );
  },
  distribution: ({ mean, strength, df, scale }) => new NormalInverseWishart(mean, strength, df, scale),
  predictive({ mean, strength, df, scale }) {
    const freedom = df - mean.length + 1;
    const factor = (1 + 1 / strength) / freedom;
    return new MultivariateStudentT(
      freedom,
      mean,
      scale.map((x) => x * factor),
    );
  },
  strength: ({ strength }) => ({ mean: strength, mode: strength }),
};

/**
 * Multivariate normal with covariance Σ ~ InverseWishart(df, scale) and mean ~ Normal(mean, Σ/strength) given it. The
 * parameters are `{ mean, covariance }`; `update` takes rows, nested or one after the other.
 *
 * @throws RangeError unless strength is > 0, df > d − 1, and scale symmetric positive definite
 */
export function normalInverseWishart(given: {
  readonly mean: ArrayLike<number>;
  readonly strength: number;
  readonly df: number;
  readonly scale: Rows;
}): NormalInverseWishartPosterior {
  const mean = vectorOf(name, 'mean', given.mean);
  const { strength, df } = requirePositive(name, given, ['strength', 'df']);
  if (!(df > mean.length - 1))
    throw new RangeError(`${name}: df must be above ${mean.length - 1}, got ${df}`);
  const prior = { mean, strength, df, scale: covarianceOf(name, 'scale', given.scale, mean.length) };
  return new ExactPosterior(family, prior, family.nothing(prior));
}

export type NormalInverseWishartPosterior = ExactPosterior<
  Hyperparameters,
  Scatter,
  Rows,
  NormalInverseWishart,
  [],
  MultivariateStudentT
>;
