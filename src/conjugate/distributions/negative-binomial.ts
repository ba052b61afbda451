/** The negative binomial distribution of any shape: a Poisson count whose rate has a gamma distribution. */
import type { RandomStream } from '../../random';
import { special } from '../engine';
import { logRepetitions } from './log-repetitions';
import { DiscreteDistribution, type Interval } from './univariate';

export class NegativeBinomial extends DiscreteDistribution {
  readonly name = 'negativeBinomial';
  readonly support: Interval = [0, Infinity];

  /** `shape` and `rate` of the gamma. */
  constructor(
    readonly shape: number,
    readonly rate: number,
  ) {
    super();
  }

  get parameters() {
    return { shape: this.shape, rate: this.rate };
  }
  get mean(): number {
    return this.shape / this.rate;
  }
  get mode(): number {
    return this.shape > 1 ? Math.max(0, Math.ceil((this.shape - 1) / this.rate) - 1) : 0;
  }
  get variance(): number {
    return this.mean * (1 + 1 / this.rate);
  }

  logDensity(y: number): number {
    if (!(Number.isInteger(y) && y >= 0)) return -Infinity;
    const { log1p } = special();
    const { shape, rate } = this;
    return logRepetitions(shape, y) - shape * log1p(1 / rate) - y * log1p(rate);
  }
  cdf(y: number): number {
    const count = Math.floor(y);
    if (count < 0) return 0;
    if (count === Infinity) return 1;
    const { rate } = this;
    return special().incBeta(this.shape, count + 1, rate / (1 + rate));
  }
  ccdf(y: number): number {
    const count = Math.floor(y);
    if (count < 0) return 1;
    if (count === Infinity) return 0;
    return special().incBeta(count + 1, this.shape, 1 / (1 + this.rate));
  }
  draws(stream: RandomStream, count: number): Float64Array {
    return stream.negativeBinomialShapeRate(count, this.shape, this.rate);
  }
}
