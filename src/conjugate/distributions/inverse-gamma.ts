/** The inverse gamma distribution: what is known of a variance. */
import type { RandomStream } from '../../random';
import { special } from '../engine';
import { gammaDivergence } from './gamma';
import { ContinuousDistribution, type Interval } from './univariate';

export class InverseGamma extends ContinuousDistribution {
  readonly name = 'inverseGamma';
  readonly support: Interval = [0, Infinity];

  constructor(
    readonly shape: number,
    readonly scale: number,
  ) {
    super();
  }

  get parameters() {
    return { shape: this.shape, scale: this.scale };
  }
  get mean(): number {
    return this.shape > 1 ? this.scale / (this.shape - 1) : Infinity;
  }
  get mode(): number {
    return this.scale / (this.shape + 1);
  }
  get variance(): number {
    return this.shape > 2 ? (this.mean * this.mean) / (this.shape - 2) : Infinity;
  }

  logDensity(x: number): number {
    if (!(x > 0 && x < Infinity)) return -Infinity;
    const { gammaLogDensity, log } = special();
    return gammaLogDensity(this.shape, this.scale / x) + log(this.scale) - 2 * log(x);
  }
  cdf(x: number): number {
    return x <= 0 ? 0 : special().gammaQ(this.shape, this.scale / x);
  }
  ccdf(x: number): number {
    return x <= 0 ? 1 : special().gammaP(this.shape, this.scale / x);
  }
  draws(stream: RandomStream, count: number): Float64Array {
    return stream.inverseGamma(count, this.shape, this.scale);
  }

  /** Kullback–Leibler divergence ∫ p log(p/q) of q = `other` from p = this, in nats. */
  klDivergence(other: InverseGamma): number {
    return gammaDivergence(this.shape, this.scale, other.shape, other.scale);
  }
}
