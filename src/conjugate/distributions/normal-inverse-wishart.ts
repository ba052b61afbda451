/** The normal-inverse-Wishart distribution: what is known of the mean and the covariance of a multivariate normal. */
import { solveLower, squaredLength } from '../../matrix';
import type { RandomStream } from '../../random';
import { special } from '../engine';
import { requireCholesky } from '../matrix';
import { InverseWishart } from './inverse-wishart';
import { MultivariateNormal } from './multivariate-normal';
import { MultivariateStudentT } from './multivariate-student-t';

/** A vector and a matrix, row by row, or several of them one after the other. */
export interface MeanAndCovariance {
  readonly mean: Float64Array;
  readonly covariance: Float64Array;
}

export class NormalInverseWishart {
  readonly name = 'normalInverseWishart';

  /** covariance ~ InverseWishart(df, scale), mean ~ Normal(location, covariance/strength) given it. */
  constructor(
    readonly location: Float64Array,
    readonly strength: number,
    readonly df: number,
    readonly scale: Float64Array,
  ) {}

  get size(): number {
    return this.location.length;
  }
  /** The distribution of each parameter by itself. */
  get marginals(): { readonly mean: MultivariateStudentT; readonly covariance: InverseWishart } {
    const { location, strength, df, scale, size } = this;
    const freedom = df - size + 1;
    return {
      mean: new MultivariateStudentT(
        freedom,
        location,
        scale.map((x) => x / freedom / strength),
      ),
      covariance: new InverseWishart(df, scale, size),
    };
  }
  get mean(): MeanAndCovariance {
    const { mean, covariance } = this.marginals;
    return { mean: mean.mean, covariance: covariance.mean };
  }
  /** Of both parameters together. */
  get mode(): MeanAndCovariance {
    return { mean: this.location, covariance: this.scale.map((x) => x / (this.df + this.size + 2)) };
  }
  /** Of each element. */
  get variance(): MeanAndCovariance {
    const { mean, covariance } = this.marginals;
    return { mean: mean.variance, covariance: covariance.variance };
  }

  logDensity({ mean, covariance }: MeanAndCovariance): number {
    const own = this.marginals.covariance.logDensity(covariance);
    if (own === -Infinity) return own;
    const given = new MultivariateNormal(
      this.location,
      covariance.map((x) => x / this.strength),
    );
    return own + given.logDensity(mean);
  }
  density(at: MeanAndCovariance): number {
    return special().exp(this.logDensity(at));
  }
  draws(stream: RandomStream, count: number): MeanAndCovariance {
    const { size, location, strength } = this;
    const covariance = this.marginals.covariance.draws(stream, count);
    const mean = stream.normal(count * size);
    for (let draw = 0; draw < count; draw++) {
      const at = draw * size;
      const matrix = covariance.subarray(at * size, (at + size) * size);
      const factor = requireCholesky(this.name, 'draw', matrix, size);
      // From the last element up, so that what is overwritten is no longer needed.
      for (let i = size - 1; i >= 0; i--) {
        let sum = 0;
        for (let k = 0; k <= i; k++) sum += factor[i * size + k] * mean[at + k];
        mean[at + i] = location[i] + sum / Math.sqrt(strength);
      }
    }
    return { mean, covariance };
  }

  /** Kullback–Leibler divergence ∫ p log(p/q) of q = `other` from p = this, in nats. */
  klDivergence(other: NormalInverseWishart): number {
    const { size, df, scale } = this;
    const ratio = other.strength / this.strength;
    const apart = this.location.map((x, i) => x - other.location[i]);
    const factor = requireCholesky(this.name, 'scale', scale, size);
    // The mean of the precision is df·scale⁻¹.
    const distance = other.strength * df * squaredLength(solveLower(factor, apart));
    return (
      (size * (ratio - 1 - special().log(ratio)) + distance) / 2 +
      this.marginals.covariance.klDivergence(other.marginals.covariance)
    );
  }
}
