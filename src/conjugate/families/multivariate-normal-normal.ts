/** Normal vectors of known covariance and unknown mean, which has a normal prior. */
import { inverseOf, solveLower, squaredLength, times } from '../../matrix';
import { HALF_LOG_TWO_PI } from '../distributions/constants';
import { MultivariateNormal } from '../distributions/multivariate-normal';
import type { Family } from '../family';
import { logDeterminant, requireCholesky, traceOfQuotient } from '../matrix';
import { ExactPosterior } from '../posterior';
import type { Rows } from '../statistics/rows';
import { joinScatter, noScatter, scatterOf, type Scatter } from '../statistics/scatter';
import { covarianceOf, vectorOf } from './vector-arguments';

export interface MultivariateNormalHyperparameters {
  /** Mean and covariance of what is known of the mean. */
  readonly mean: Float64Array;
  readonly covariance: Float64Array;
  /** Covariance of an observation, known. */
  readonly noise: Float64Array;
}

const name = 'multivariateNormalNormal';

type Hyperparameters = MultivariateNormalHyperparameters;

const family: Family<Hyperparameters, Scatter, Rows, MultivariateNormal, [], MultivariateNormal> = {
  name,
  nothing: ({ mean }) => noScatter(mean.length),
  statistics: ({ mean }, data) => scatterOf(name, data, mean.length),
  join: joinScatter,
  observations: ({ count }) => count,
  posterior(prior, data) {
    const { mean, covariance, noise } = prior;
    if (data.count === 0) return prior;
    const size = mean.length;
    // With S = covariance + noise/n: mean + covariance S⁻¹ (x̄ − mean), covariance S⁻¹ noise/n.
    const factor = requireCholesky(name, 'covariance', sum(covariance, noise, 1 / data.count), size);
    const gain = inverseOf(factor, size);
    const apart = data.mean.map((x, i) => x - mean[i]);
    const shift = times(covariance, times(gain, apart));
    const next = new Float64Array(size * size);
    for (let j = 0; j < size; j++) {
      const column = Float64Array.from({ length: size }, (_, i) => noise[i * size + j] / data.count);
      times(covariance, times(gain, column)).forEach((x, i) => {
        if (i >= j) next[i * size + j] = next[j * size + i] = x;
      });
    }
    return { mean: mean.map((m, i) => m + shift[i]), covariance: next, noise };
  },
  logEvidence({ mean, covariance, noise }, data) {
    const size = mean.length;
    const { count } = data;
    const noiseFactor = requireCholesky(name, 'noise', noise, size);
    // The mean of the data is Normal(mean, covariance + noise/n); what is around it does not know the mean.
    const meanFactor = requireCholesky(name, 'covariance', sum(covariance, noise, 1 / count), size);
    const apart = data.mean.map((x, i) => x - mean[i]);
    const between = squaredLength(solveLower(meanFactor, apart));
    const within = traceOfProducts(noiseFactor, data.products, size);
    const volumes =
      count * logDeterminant(noiseFactor, size) +
      logDeterminant(meanFactor, size) -
      logDeterminant(
        noiseFactor.map((x) => x / Math.sqrt(count)),
        size,
      );
    return -count * size * HALF_LOG_TWO_PI - (between + within + volumes) / 2;
  },
  distribution: ({ mean, covariance }) => new MultivariateNormal(mean, covariance),
  predictive: ({ mean, covariance, noise }) => new MultivariateNormal(mean, sum(covariance, noise, 1)),
  strength({ mean, covariance, noise }) {
    const size = mean.length;
    const factor = requireCholesky(name, 'covariance', covariance, size);
    // The mean of the eigenvalues of noise·covariance⁻¹.
    const worth = traceOfQuotient(factor, requireCholesky(name, 'noise', noise, size), size) / size;
    return { mean: worth, mode: worth };
  },
};

function sum(a: Float64Array, b: Float64Array, weight: number): Float64Array {
  return a.map((x, i) => x + b[i] * weight);
}

/** tr((LLᵀ)⁻¹ B) of any symmetric B. */
function traceOfProducts(lower: Float64Array, products: Float64Array, size: number): number {
  const inverse = inverseOf(lower, size);
  return inverse.reduce((total, x, at) => total + x * products[at], 0);
}

/**
 * Multivariate normal with known covariance `noise`, and mean ~ Normal(mean, covariance). `update` takes rows, nested or
 * one after the other. The prior's strength is the mean of that along the axes.
 *
 * @throws RangeError unless covariance and noise are symmetric positive definite
 */
export function multivariateNormalNormal(given: {
  readonly mean: ArrayLike<number>;
  readonly covariance: Rows;
  readonly noise: Rows;
}): MultivariateNormalNormal {
  const mean = vectorOf(name, 'mean', given.mean);
  const covariance = covarianceOf(name, 'covariance', given.covariance, mean.length);
  const noise = covarianceOf(name, 'noise', given.noise, mean.length);
  const prior = { mean, covariance, noise };
  return new ExactPosterior(family, prior, family.nothing(prior));
}

export type MultivariateNormalNormal = ExactPosterior<
  Hyperparameters,
  Scatter,
  Rows,
  MultivariateNormal,
  [],
  MultivariateNormal
>;
