/** The normal-inverse-gamma distribution: what is known of the mean and the variance of a normal one. */
import type { RandomStream } from '../../random';
import { special } from '../engine';
import { InverseGamma } from './inverse-gamma';
import { Normal } from './normal';
import { StudentT } from './student-t';

/** A value of both parameters, or a property of each. */
export interface MeanAndVariance<T = number> {
  readonly mean: T;
  readonly variance: T;
}

export class NormalInverseGamma {
  readonly name = 'normalInverseGamma';

  /** variance ~ InverseGamma(shape, scale), location ~ Normal(location, √(variance/strength)) given it. */
  constructor(
    readonly location: number,
    readonly strength: number,
    readonly shape: number,
    readonly scale: number,
  ) {}

  /** The distribution of each parameter by itself. */
  get marginals(): { readonly mean: StudentT; readonly variance: InverseGamma } {
    const { location, strength, shape, scale } = this;
    return {
      mean: new StudentT(2 * shape, location, Math.sqrt(scale / shape / strength)),
      variance: new InverseGamma(shape, scale),
    };
  }
  get mean(): MeanAndVariance {
    const { mean, variance } = this.marginals;
    return { mean: mean.mean, variance: variance.mean };
  }
  /** Of both parameters together. */
  get mode(): MeanAndVariance {
    return { mean: this.location, variance: this.scale / (this.shape + 1.5) };
  }
  get variance(): MeanAndVariance {
    const { mean, variance } = this.marginals;
    return { mean: mean.variance, variance: variance.variance };
  }

  logDensity({ mean, variance }: MeanAndVariance): number {
    if (!(variance > 0)) return -Infinity;
    const given = new Normal(this.location, Math.sqrt(variance / this.strength));
    return this.marginals.variance.logDensity(variance) + given.logDensity(mean);
  }
  density(at: MeanAndVariance): number {
    return special().exp(this.logDensity(at));
  }
  draws(stream: RandomStream, count: number): MeanAndVariance<Float64Array> {
    const variance = stream.inverseGamma(count, this.shape, this.scale);
    const sds = variance.map((v) => Math.sqrt(v / this.strength));
    return { mean: stream.normal(count, this.location, sds), variance };
  }

  /** Kullback–Leibler divergence ∫ p log(p/q) of q = `other` from p = this, in nats. */
  klDivergence(other: NormalInverseGamma): number {
    const ratio = other.strength / this.strength;
    const apart = this.location - other.location;
    // The mean of 1/variance is shape/scale.
    const distance = other.strength * apart * apart * (this.shape / this.scale);
    return (
      (ratio - 1 - special().log(ratio) + distance) / 2 +
      this.marginals.variance.klDivergence(other.marginals.variance)
    );
  }
}
