/** Student's t distribution: a normal whose variance is not known. */
import type { RandomStream } from '../../random';
import { special } from '../engine';
import { ContinuousDistribution, type Interval } from './univariate';

export class StudentT extends ContinuousDistribution {
  readonly name = 'studentT';
  readonly support: Interval = [-Infinity, Infinity];

  constructor(
    readonly df: number,
    readonly location: number,
    readonly scale: number,
  ) {
    super();
  }

  get parameters() {
    return { df: this.df, location: this.location, scale: this.scale };
  }
  get mean(): number {
    return this.df > 1 ? this.location : NaN;
  }
  get mode(): number {
    return this.location;
  }
  get variance(): number {
    if (!(this.df > 1)) return NaN;
    return this.df > 2 ? this.scale * this.scale * (this.df / (this.df - 2)) : Infinity;
  }

  logDensity(x: number): number {
    const { lbeta, log, log1p } = special();
    const z = (x - this.location) / this.scale;
    const { df } = this;
    return -((df + 1) / 2) * log1p((z * z) / df) - lbeta(df / 2, 0.5) - log(df) / 2 - log(this.scale);
  }
  cdf(x: number): number {
    return this.below((x - this.location) / this.scale);
  }
  ccdf(x: number): number {
    return this.below((this.location - x) / this.scale);
  }
  draws(stream: RandomStream, count: number): Float64Array {
    return stream.studentT(count, this.df, this.location, this.scale);
  }

  protected override shortest(mass: number): Interval {
    return this.interval(mass);
  }

  /** Of the standard one. */
  private below(z: number): number {
    const { incBeta } = special();
    const { df } = this;
    const square = z * z;
    if (square === Infinity) return z < 0 ? 0 : 1;
    // Of the two forms the one whose argument is not near 1, where it would round.
    const half =
      square < df
        ? (1 - incBeta(0.5, df / 2, square / (df + square))) / 2
        : incBeta(df / 2, 0.5, df / (df + square)) / 2;
    return z < 0 ? half : 1 - half;
  }
}
