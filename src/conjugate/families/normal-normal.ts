/** Normal observations of known scale and unknown mean, which has a normal prior. */
import { HALF_LOG_TWO_PI } from '../distributions/constants';
import { Normal } from '../distributions/normal';
import { special } from '../engine';
import type { Family } from '../family';
import { requireFinite, requirePositive } from '../hyperparameters';
import { UnivariatePosterior } from '../posterior';
import { joinMoments, noMoments, type Moments } from '../statistics/moments';
import { normalStatistics, type NormalData } from './normal-statistics';

export interface NormalHyperparameters {
  /** Mean and standard deviation of what is known of the mean. */
  readonly mean: number;
  readonly sd: number;
  /** Standard deviation of an observation, known. */
  readonly scale: number;
}

const name = 'normalNormal';

const family: Family<NormalHyperparameters, Moments, NormalData, Normal, [], Normal> = {
  name,
  nothing: () => noMoments,
  statistics: (_prior, data) => normalStatistics(name, data),
  join: joinMoments,
  observations: ({ count }) => count,
  posterior({ mean, sd, scale }, data) {
    if (data.count === 0) return { mean, sd, scale };
    // Variances as multiples of the observations': the weight of the data is what the prior's variance is of both.
    const ratio = (sd / scale) * (sd / scale) * data.count;
    return {
      mean: mean + (data.mean - mean) * (ratio / (1 + ratio)),
      sd: sd / Math.sqrt(1 + ratio),
      scale,
    };
  },
  logEvidence({ mean, sd, scale }, data) {
    const { log, log1p } = special();
    const ratio = (sd / scale) * (sd / scale) * data.count;
    const apart = (data.mean - mean) / scale;
    return (
      -data.count * (HALF_LOG_TWO_PI + log(scale)) -
      data.squares / scale / scale / 2 -
      log1p(ratio) / 2 -
      (data.count * apart * apart) / (1 + ratio) / 2
    );
  },
  distribution: ({ mean, sd }) => new Normal(mean, sd),
  predictive: ({ mean, sd, scale }) => new Normal(mean, Math.sqrt(sd * sd + scale * scale)),
  strength({ sd, scale }) {
    const worth = (scale / sd) * (scale / sd);
    return { mean: worth, mode: worth };
  },
};

/**
 * Normal(μ, scale) with known scale and μ ~ Normal(mean, sd), scales being standard deviations: precisions add up, and
 * the mean is weighted by them.
 *
 * @throws RangeError unless mean is finite, and sd and scale are > 0
 */
export function normalNormal({ mean, sd, scale }: NormalHyperparameters): NormalNormal {
  const prior = requirePositive(name, requireFinite(name, { mean, sd, scale }, ['mean']), ['sd', 'scale']);
  return new UnivariatePosterior(family, prior, noMoments);
}

export type NormalNormal = UnivariatePosterior<
  NormalHyperparameters,
  Moments,
  NormalData,
  Normal,
  [],
  Normal
>;
