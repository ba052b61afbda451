/** Normal observations of known mean and unknown variance, which has an inverse gamma prior. */
import { HALF_LOG_TWO_PI } from '../distributions/constants';
import { InverseGamma } from '../distributions/inverse-gamma';
import { StudentT } from '../distributions/student-t';
import { special } from '../engine';
import type { Family } from '../family';
import { requireFinite, requirePositive } from '../hyperparameters';
import { UnivariatePosterior } from '../posterior';
import { joinMoments, noMoments, type Moments } from '../statistics/moments';
import { normalStatistics, type NormalData } from './normal-statistics';

export interface InverseGammaHyperparameters {
  readonly shape: number;
  readonly scale: number;
  /** Mean of the observations, known. */
  readonly mean: number;
}

const name = 'inverseGammaNormal';

const family: Family<InverseGammaHyperparameters, Moments, NormalData, InverseGamma, [], StudentT> = {
  name,
  nothing: () => noMoments,
  statistics: (_prior, data) => normalStatistics(name, data),
  join: joinMoments,
  observations: ({ count }) => count,
  posterior: ({ shape, scale, mean }, data) => ({
    shape: shape + data.count / 2,
    scale: scale + squaresAround(mean, data) / 2,
    mean,
  }),
  logEvidence({ shape, scale, mean }, data) {
    const { log, log1p, logRisingFactorial } = special();
    const half = squaresAround(mean, data) / 2;
    const count = data.count;
    return (
      -count * HALF_LOG_TWO_PI +
      logRisingFactorial(shape, count / 2) -
      shape * log1p(half / scale) -
      (count / 2) * log(scale + half)
    );
  },
  distribution: ({ shape, scale }) => new InverseGamma(shape, scale),
  predictive: ({ shape, scale, mean }) => new StudentT(2 * shape, mean, Math.sqrt(scale / shape)),
  strength: ({ shape }) => ({ mean: 2 * (shape - 1), mode: 2 * (shape + 1) }),
};

function squaresAround(mean: number, data: Moments): number {
  return data.squares + data.count * (data.mean - mean) * (data.mean - mean);
}

/**
 * Normal(mean, σ) with known mean and σ² ~ InverseGamma(shape, scale): after n observations,
 * InverseGamma(shape + n/2, scale + ½ Σ (x − mean)²). The parameter is the variance σ².
 *
 * @throws RangeError unless shape and scale are > 0, and mean is finite
 */
export function inverseGammaNormal({ shape, scale, mean }: InverseGammaHyperparameters): InverseGammaNormal {
  const prior = requirePositive(name, requireFinite(name, { shape, scale, mean }, ['mean']), [
    'shape',
    'scale',
  ]);
  return new UnivariatePosterior(family, prior, noMoments);
}

export type InverseGammaNormal = UnivariatePosterior<
  InverseGammaHyperparameters,
  Moments,
  NormalData,
  InverseGamma,
  [],
  StudentT
>;
