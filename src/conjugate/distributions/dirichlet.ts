/** The Dirichlet distribution: what is known of probabilities that sum to 1. */
import type { RandomStream } from '../../random';
import { special } from '../engine';
import type { Numbers } from '../statistics/blocks';
import { Beta } from './beta';
import { MultivariateDistribution } from './multivariate';

export class Dirichlet extends MultivariateDistribution {
  readonly name = 'dirichlet';
  readonly total: number;

  constructor(readonly concentration: Float64Array) {
    super();
    this.total = concentration.reduce((a, b) => a + b, 0);
  }

  get size(): number {
    return this.concentration.length;
  }
  get mean(): Float64Array {
    return this.concentration.map((a) => a / this.total);
  }
  /** NaN where a concentration below 1 lets the density grow without bound. */
  get mode(): Float64Array {
    const inside = this.concentration.every((a) => a >= 1) && this.total > this.size;
    return this.concentration.map((a) => (inside ? (a - 1) / (this.total - this.size) : NaN));
  }
  get covariance(): Float64Array {
    const { mean, size, total } = this;
    return Float64Array.from({ length: size * size }, (_, at) => {
      const [i, j] = [Math.floor(at / size), at % size];
      return ((i === j ? mean[i] : 0) - mean[i] * mean[j]) / (total + 1);
    });
  }

  /** With respect to all elements but the last. */
  logDensity(x: Numbers): number {
    this.check('logDensity', x.length);
    const { lgamma, log } = special();
    let value = lgamma(this.total);
    let sum = 0;
    this.concentration.forEach((a, k) => {
      value += (a === 1 ? 0 : (a - 1) * log(x[k])) - lgamma(a);
      sum += x[k] < 0 ? NaN : x[k];
    });
    return Math.abs(sum - 1) <= 1e-9 ? value : -Infinity;
  }
  draws(stream: RandomStream, count: number): Float64Array {
    return stream.dirichlet(count, this.concentration);
  }
  marginal(element: number): Beta {
    this.checkElement(element);
    const rest = this.concentration.reduce((sum, a, k) => (k === element ? sum : sum + a), 0);
    return new Beta(this.concentration[element], rest);
  }

  /** Kullback–Leibler divergence ∫ p log(p/q) of q = `other` from p = this, in nats. */
  klDivergence(other: Dirichlet): number {
    this.check('klDivergence', other.size);
    const { lgamma, digammaDifference } = special();
    let value = lgamma(this.total) - lgamma(other.total);
    this.concentration.forEach((a, k) => {
      const b = other.concentration[k];
      value += lgamma(b) - lgamma(a);
      // ψ(total) − ψ(a)
      if (a !== this.total) value -= (a - b) * digammaDifference(a, this.total - a);
    });
    return value;
  }
}
