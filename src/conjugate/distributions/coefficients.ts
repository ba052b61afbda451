/** What is known of the coefficients of a regression and the variance around it. */
import {
  inverseOf,
  solveLower,
  solveLowerTransposed,
  squaredLength,
  timesLowerTransposed,
} from '../../matrix';
import type { RandomStream } from '../../random';
import { special } from '../engine';
import { logDeterminant, traceOfQuotient } from '../matrix';
import type { Numbers } from '../statistics/blocks';
import { HALF_LOG_TWO_PI } from './constants';
import { InverseGamma } from './inverse-gamma';
import { MultivariateStudentT } from './multivariate-student-t';
import { StudentT } from './student-t';

/** Coefficients (several vectors one after the other) and variance. */
export interface CoefficientsAndVariance<V = number> {
  readonly coefficients: Float64Array;
  readonly variance: V;
}

export class Coefficients {
  readonly name = 'coefficients';

  /**
   * variance ~ InverseGamma(shape, scale); coefficients ~ Normal(location, variance·(LLᵀ)⁻¹) given it, with L = `lower`.
   */
  constructor(
    readonly location: Float64Array,
    readonly lower: Float64Array,
    readonly shape: number,
    readonly scale: number,
  ) {}

  get size(): number {
    return this.location.length;
  }
  /** The distribution of the coefficients and of the variance by themselves. */
  get marginals(): { readonly coefficients: MultivariateStudentT; readonly variance: InverseGamma } {
    const { location, lower, shape, scale, size } = this;
    const spread = inverseOf(lower, size).map((x) => x * (scale / shape));
    return {
      coefficients: new MultivariateStudentT(2 * shape, location, spread),
      variance: new InverseGamma(shape, scale),
    };
  }
  /** The distribution of x·coefficients. */
  linear(x: Numbers): StudentT {
    return this.along(x, 0);
  }
  /** The distribution of x·coefficients + noise: an observation. */
  observation(x: Numbers): StudentT {
    return this.along(x, 1);
  }
  get mean(): CoefficientsAndVariance {
    const { shape, location } = this;
    return {
      coefficients: shape > 0.5 ? location : location.map(() => NaN),
      variance: new InverseGamma(shape, this.scale).mean,
    };
  }
  /** Of all parameters together. */
  get mode(): CoefficientsAndVariance {
    return { coefficients: this.location, variance: this.scale / (this.shape + 1 + this.size / 2) };
  }
  /** Of each. */
  get variance(): CoefficientsAndVariance {
    const { coefficients, variance } = this.marginals;
    return { coefficients: coefficients.variance, variance: variance.variance };
  }

  logDensity({ coefficients, variance }: CoefficientsAndVariance): number {
    if (!(variance > 0)) return -Infinity;
    const { lower, size } = this;
    const apart = this.location.map((x, i) => coefficients[i] - x);
    return (
      new InverseGamma(this.shape, this.scale).logDensity(variance) +
      logDeterminant(lower, size) / 2 -
      size * (HALF_LOG_TWO_PI + special().log(variance) / 2) -
      squaredLength(timesLowerTransposed(lower, apart)) / variance / 2
    );
  }
  density(at: CoefficientsAndVariance): number {
    return special().exp(this.logDensity(at));
  }
  draws(stream: RandomStream, count: number): CoefficientsAndVariance<Float64Array> {
    const { size, lower, location } = this;
    const variance = stream.inverseGamma(count, this.shape, this.scale);
    const coefficients = stream.normal(count * size);
    for (let draw = 0; draw < count; draw++) {
      const z = coefficients.subarray(draw * size, (draw + 1) * size);
      const sd = Math.sqrt(variance[draw]);
      solveLowerTransposed(lower, z).forEach((x, i) => (z[i] = location[i] + sd * x));
    }
    return { coefficients, variance };
  }

  /** Kullback–Leibler divergence ∫ p log(p/q) of q = `other` from p = this, in nats. */
  klDivergence(other: Coefficients): number {
    const { size, lower } = this;
    const apart = this.location.map((x, i) => x - other.location[i]);
    // The mean of 1/variance is shape/scale.
    const distance = squaredLength(timesLowerTransposed(other.lower, apart)) * (this.shape / this.scale);
    const volumes = logDeterminant(lower, size) - logDeterminant(other.lower, size);
    return (
      (traceOfQuotient(lower, other.lower, size) - size + volumes + distance) / 2 +
      new InverseGamma(this.shape, this.scale).klDivergence(new InverseGamma(other.shape, other.scale))
    );
  }

  private along(x: Numbers, noise: number): StudentT {
    const { location, size, shape, scale } = this;
    if (x.length !== size) throw new RangeError(`regression: a row has ${size} numbers, got ${x.length}`);
    let middle = 0;
    for (let i = 0; i < size; i++) middle += x[i] * location[i];
    const spread = squaredLength(solveLower(this.lower, x)) + noise;
    return new StudentT(2 * shape, middle, Math.sqrt((scale / shape) * spread));
  }
}

/** Lᵀx */
