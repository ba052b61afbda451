/** The Pareto distribution: what is known of the upper end of a uniform one. */
import type { RandomStream } from '../../random';
import { special } from '../engine';
import { ContinuousDistribution, type Interval } from './univariate';

export class Pareto extends ContinuousDistribution {
  readonly name = 'pareto';

  constructor(
    readonly minimum: number,
    readonly shape: number,
  ) {
    super();
  }

  get support(): Interval {
    return [this.minimum, Infinity];
  }
  get parameters() {
    return { minimum: this.minimum, shape: this.shape };
  }
  get mean(): number {
    return this.shape > 1 ? this.minimum * (this.shape / (this.shape - 1)) : Infinity;
  }
  get mode(): number {
    return this.minimum;
  }
  get variance(): number {
    const { shape, minimum } = this;
    if (!(shape > 2)) return Infinity;
    const relative = minimum / (shape - 1);
    return (relative * relative * shape) / (shape - 2);
  }

  logDensity(x: number): number {
    if (!(x >= this.minimum)) return -Infinity;
    const { log } = special();
    return log(this.shape) - log(x) - this.shape * this.logRatio(x);
  }
  cdf(x: number): number {
    return x <= this.minimum ? 0 : -special().expm1(-this.shape * this.logRatio(x));
  }
  ccdf(x: number): number {
    return x <= this.minimum ? 1 : special().exp(-this.shape * this.logRatio(x));
  }
  draws(stream: RandomStream, count: number): Float64Array {
    const { exp } = special();
    return stream.exponential(count, this.shape).map((e) => this.minimum * exp(e));
  }

  /** Kullback–Leibler divergence ∫ p log(p/q) of q = `other` from p = this, in nats. */
  klDivergence(other: Pareto): number {
    if (this.minimum < other.minimum) return Infinity;
    const { log } = special();
    return (
      log(this.shape / other.shape) +
      other.shape * log(this.minimum / other.minimum) +
      (other.shape - this.shape) / this.shape
    );
  }

  /** log(x/minimum), also of what is hardly above it. */
  private logRatio(x: number): number {
    return special().log1p((x - this.minimum) / this.minimum);
  }
}
