/**
 * The scaled beta prime (compound gamma) distribution: a gamma whose rate has a gamma distribution. Of shape 1 it is
 * the Lomax distribution, an exponential of unknown rate.
 */
import type { RandomStream } from '../../random';
import { special } from '../engine';
import { ContinuousDistribution, type Interval } from './univariate';

export class BetaPrime extends ContinuousDistribution {
  readonly name = 'betaPrime';
  readonly support: Interval = [0, Infinity];

  /** `shape` of the gamma; `tail` and `scale` the shape and rate of what its rate is drawn from. */
  constructor(
    readonly shape: number,
    readonly tail: number,
    readonly scale: number,
  ) {
    super();
  }

  get parameters() {
    return { shape: this.shape, tail: this.tail, scale: this.scale };
  }
  get mean(): number {
    return this.tail > 1 ? (this.scale * this.shape) / (this.tail - 1) : Infinity;
  }
  get mode(): number {
    return (this.scale * Math.max(0, this.shape - 1)) / (this.tail + 1);
  }
  get variance(): number {
    const { shape, tail, mean } = this;
    return tail > 2 ? (mean * mean * (shape + tail - 1)) / (shape * (tail - 2)) : Infinity;
  }

  logDensity(x: number): number {
    if (!(x >= 0 && x < Infinity)) return -Infinity;
    const { lbeta, log, log1p } = special();
    const { shape, tail, scale } = this;
    const z = x / scale;
    const power = shape === 1 ? 0 : (shape - 1) * log(z);
    return power - (shape + tail) * log1p(z) - lbeta(shape, tail) - log(scale);
  }
  cdf(x: number): number {
    return this.share(x, true);
  }
  ccdf(x: number): number {
    return this.share(x, false);
  }
  draws(stream: RandomStream, count: number): Float64Array {
    const rates = stream.gamma(count, this.tail);
    return stream.gamma(count, this.shape).map((x, i) => (this.scale * x) / rates[i]);
  }

  private share(x: number, below: boolean): number {
    const { incBeta, expm1, logIncBeta } = special();
    const { shape, tail, scale } = this;
    if (x <= 0) return below ? 0 : 1;
    if (x === Infinity) return below ? 1 : 0;
    // The argument is taken on the side where it does not round to 1.
    if (x <= scale) {
      const part = x / (x + scale);
      return below ? incBeta(shape, tail, part) : -expm1(logIncBeta(shape, tail, part));
    }
    const part = scale / (x + scale);
    return below ? -expm1(logIncBeta(tail, shape, part)) : incBeta(tail, shape, part);
  }
}
