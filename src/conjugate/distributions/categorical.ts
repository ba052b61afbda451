/** The categorical distribution, by probabilities. */
import type { RandomStream } from '../../random';
import { special } from '../engine';
import { DiscreteDistribution, type Interval } from './univariate';

export class Categorical extends DiscreteDistribution {
  readonly name = 'categorical';

  /** They sum to 1. */
  constructor(readonly probabilities: Float64Array) {
    super();
  }

  get support(): Interval {
    return [0, this.probabilities.length - 1];
  }
  get parameters() {
    return Object.fromEntries(Array.from(this.probabilities, (p, k) => [`probability ${k}`, p]));
  }
  get mean(): number {
    return this.probabilities.reduce((sum, p, k) => sum + p * k, 0);
  }
  get mode(): number {
    return this.probabilities.indexOf(Math.max(...this.probabilities));
  }
  get variance(): number {
    const { mean } = this;
    return this.probabilities.reduce((sum, p, k) => sum + p * (k - mean) * (k - mean), 0);
  }

  logDensity(k: number): number {
    return special().log(this.probabilities[k] ?? 0);
  }
  cdf(k: number): number {
    return Math.min(1, this.sum(0, Math.floor(k) + 1));
  }
  ccdf(k: number): number {
    return this.sum(Math.floor(k) + 1, this.probabilities.length);
  }
  draws(stream: RandomStream, count: number): Float64Array {
    return stream.categorical(count, this.probabilities);
  }

  private sum(from: number, to: number): number {
    let sum = 0;
    for (let k = Math.max(0, from); k < Math.min(to, this.probabilities.length); k++)
      sum += this.probabilities[k];
    return sum;
  }
}
