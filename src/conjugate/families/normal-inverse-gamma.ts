/** Normal observations of unknown mean and variance, which have a normal-inverse-gamma prior. */
import { HALF_LOG_TWO_PI } from '../distributions/constants';
import { NormalInverseGamma } from '../distributions/normal-inverse-gamma';
import { StudentT } from '../distributions/student-t';
import { special } from '../engine';
import type { Family } from '../family';
import { requireFinite, requirePositive } from '../hyperparameters';
import { ExactPosterior } from '../posterior';
import { joinMoments, noMoments, type Moments } from '../statistics/moments';
import { normalStatistics, type NormalData } from './normal-statistics';

export interface NormalInverseGammaHyperparameters {
  /** What is known of the mean, worth `strength` observations. */
  readonly mean: number;
  readonly strength: number;
  /** variance ~ InverseGamma(shape, scale) */
  readonly shape: number;
  readonly scale: number;
}

const name = 'normalInverseGamma';

const family: Family<
  NormalInverseGammaHyperparameters,
  Moments,
  NormalData,
  NormalInverseGamma,
  [],
  StudentT
> = {
  name,
  nothing: () => noMoments,
  statistics: (_prior, data) => normalStatistics(name, data),
  join: joinMoments,
  observations: ({ count }) => count,
  posterior({ mean, strength, shape, scale }, data) {
    const total = strength + data.count;
    return {
      mean: mean + (data.mean - mean) * (data.count / total),
      strength: total,
      shape: shape + data.count / 2,
      scale: scale + misfit(mean, strength, data),
    };
  },
  logEvidence({ mean, strength, shape, scale }, data) {
    const { log, log1p, logRisingFactorial } = special();
    const { count } = data;
    const half = misfit(mean, strength, data);
    return (
      -count * HALF_LOG_TWO_PI +
      logRisingFactorial(shape, count / 2) -
      log1p(count / strength) / 2 -
      shape * log1p(half / scale) -
      (count / 2) * log(scale + half)
    );
  },
  distribution: ({ mean, strength, shape, scale }) => new NormalInverseGamma(mean, strength, shape, scale),
  predictive: ({ mean, strength, shape, scale }) =>
    new StudentT(2 * shape, mean, Math.sqrt((scale / shape) * (1 + 1 / strength))),
  strength: ({ strength }) => ({ mean: strength, mode: strength }),
};

/** What the data add to the scale: half their squares, and half the squared distance of their mean from the prior's. */
function misfit(mean: number, strength: number, { count, mean: center, squares }: Moments): number {
  const apart = center - mean;
  return (squares + apart * apart * strength * (count / (strength + count))) / 2;
}

/**
 * Normal(μ, σ) with σ² ~ InverseGamma(shape, scale) and μ ~ Normal(mean, σ/√strength) given it. The parameters are
 * `{ mean, variance }`; `distribution.marginals` are Student's t and inverse gamma.
 *
 * @throws RangeError unless mean is finite, and strength, shape and scale are > 0
 */
export function normalInverseGamma({
  mean,
  strength,
  shape,
  scale,
}: NormalInverseGammaHyperparameters): NormalInverseGammaPosterior {
  const prior = { mean, strength, shape, scale };
  requirePositive(name, requireFinite(name, prior, ['mean']), ['strength', 'shape', 'scale']);
  return new ExactPosterior(family, prior, noMoments);
}

export type NormalInverseGammaPosterior = ExactPosterior<
  NormalInverseGammaHyperparameters,
  Moments,
  NormalData,
  NormalInverseGamma,
  [],
  StudentT
>;
