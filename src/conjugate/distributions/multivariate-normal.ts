/** The multivariate normal distribution, by mean and covariance. */
import { solveLower, squaredLength } from '../../matrix';
import type { RandomStream } from '../../random';
import { logDeterminant, requireCholesky, traceOfQuotient } from '../matrix';
import type { Numbers } from '../statistics/blocks';
import { HALF_LOG_TWO_PI } from './constants';
import { MultivariateDistribution } from './multivariate';
import { Normal } from './normal';

export class MultivariateNormal extends MultivariateDistribution {
  readonly name = 'multivariateNormal';
  private readonly factor: Float64Array;

  constructor(
    readonly mean: Float64Array,
    readonly covariance: Float64Array,
  ) {
    super();
    this.factor = requireCholesky(this.name, 'covariance', covariance, mean.length);
  }

  get size(): number {
    return this.mean.length;
  }
  get mode(): Float64Array {
    return this.mean;
  }

  logDensity(x: Numbers): number {
    this.check('logDensity', x.length);
    const { size, factor } = this;
    const whitened = solveLower(
      factor,
      this.mean.map((mean, i) => x[i] - mean),
    );
    return -squaredLength(whitened) / 2 - logDeterminant(factor, size) / 2 - size * HALF_LOG_TWO_PI;
  }
  draws(stream: RandomStream, count: number): Float64Array {
    return stream.multivariateNormalCholesky(count, this.mean, this.factor);
  }
  marginal(element: number): Normal {
    this.checkElement(element);
    return new Normal(this.mean[element], Math.sqrt(this.covariance[element * (this.size + 1)]));
  }

  /** Kullback–Leibler divergence ∫ p log(p/q) of q = `other` from p = this, in nats. */
  klDivergence(other: MultivariateNormal): number {
    this.check('klDivergence', other.size);
    const { size, factor } = this;
    const apart = solveLower(
      other.factor,
      this.mean.map((mean, i) => mean - other.mean[i]),
    );
    return (
      (traceOfQuotient(other.factor, factor, size) -
        size +
        squaredLength(apart) +
        logDeterminant(other.factor, size) -
        logDeterminant(factor, size)) /
      2
    );
  }
}
