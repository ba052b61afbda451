/** The gamma distribution: what is known of a rate. */
import type { RandomStream } from '../../random';
import { special } from '../engine';
import { integrateLine } from './integrate';
import { ContinuousDistribution, type Interval } from './univariate';

export class Gamma extends ContinuousDistribution {
  readonly name = 'gamma';
  readonly support: Interval = [0, Infinity];

  constructor(
    readonly shape: number,
    readonly rate: number,
  ) {
    super();
  }

  get parameters() {
    return { shape: this.shape, rate: this.rate };
  }
  override get withoutPoles(): Gamma {
    return new Gamma(Math.max(this.shape, 1), this.rate);
  }
  get mean(): number {
    return this.shape / this.rate;
  }
  get mode(): number {
    return Math.max(0, this.shape - 1) / this.rate;
  }
  get variance(): number {
    return this.shape / this.rate / this.rate;
  }

  logDensity(x: number): number {
    const { gammaLogDensity, log } = special();
    return x >= 0 && x < Infinity ? gammaLogDensity(this.shape, this.rate * x) + log(this.rate) : -Infinity;
  }
  cdf(x: number): number {
    return x <= 0 ? 0 : special().gammaP(this.shape, this.rate * x);
  }
  ccdf(x: number): number {
    return x <= 0 ? 1 : special().gammaQ(this.shape, this.rate * x);
  }
  draws(stream: RandomStream, count: number): Float64Array {
    return stream.gamma(count, this.shape, this.rate);
  }

  /** The mean of f(x), by quadrature over log x. */
  meanOf(f: (x: number) => number): number {
    const { exp, lgamma, trigamma, digamma } = special();
    const { shape, rate } = this;
    const constant = lgamma(shape);
    const integrand = (logged: number): number => {
      const x = exp(logged);
      const weight = exp(shape * logged - x - constant);
      return weight === 0 ? 0 : weight * f(x / rate);
    };
    const bulk = this.withoutPoles.shape;
    return integrateLine(integrand, digamma(bulk), Math.sqrt(trigamma(bulk)));
  }

  /** Kullback–Leibler divergence ∫ p log(p/q) of q = `other` from p = this, in nats. */
  klDivergence(other: Gamma): number {
    return gammaDivergence(this.shape, this.rate, other.shape, other.rate);
  }
}

/** Of gamma distributions, and of inverse gamma distributions with scales instead of rates. */
export function gammaDivergence(shape: number, rate: number, otherShape: number, otherRate: number): number {
  const { digamma, lgamma, log } = special();
  return (
    (shape - otherShape) * digamma(shape) -
    lgamma(shape) +
    lgamma(otherShape) +
    otherShape * log(rate / otherRate) +
    shape * ((otherRate - rate) / rate)
  );
}
