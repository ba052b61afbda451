/** The normal distribution, by mean and standard deviation. */
import type { RandomStream } from '../../random';
import { special } from '../engine';
import { HALF_LOG_TWO_PI } from './constants';
import { ContinuousDistribution, type Interval } from './univariate';

export class Normal extends ContinuousDistribution {
  readonly name = 'normal';
  readonly support: Interval = [-Infinity, Infinity];

  constructor(
    readonly location: number,
    readonly scale: number,
  ) {
    super();
  }

  get parameters() {
    return { location: this.location, scale: this.scale };
  }
  get mean(): number {
    return this.location;
  }
  get mode(): number {
    return this.location;
  }
  get variance(): number {
    return this.scale * this.scale;
  }

  logDensity(x: number): number {
    const z = this.standard(x);
    return -z * z * 0.5 - special().log(this.scale) - HALF_LOG_TWO_PI;
  }
  cdf(x: number): number {
    return special().normalCdf(this.standard(x));
  }
  ccdf(x: number): number {
    return special().normalCdf(-this.standard(x));
  }
  override quantile(p: number): number {
    if (!(p >= 0 && p <= 1)) return super.quantile(p);
    return this.location + this.scale * special().normalQuantile(p);
  }
  draws(stream: RandomStream, count: number): Float64Array {
    return stream.normal(count, this.location, this.scale);
  }

  /** Kullback–Leibler divergence ∫ p log(p/q) of q = `other` from p = this, in nats. */
  klDivergence(other: Normal): number {
    const ratio = this.scale / other.scale;
    const apart = (this.location - other.location) / other.scale;
    return (ratio * ratio - 1 + apart * apart) / 2 - special().log(ratio);
  }

  protected override shortest(mass: number): Interval {
    return this.interval(mass);
  }

  private standard(x: number): number {
    return (x - this.location) / this.scale;
  }
}
