/** The Dirichlet-multinomial distribution: counts of categories whose probabilities have a Dirichlet distribution. */
import type { RandomStream } from '../../random';
import { special } from '../engine';
import type { Numbers } from '../statistics/blocks';
import { BetaBinomial } from './beta-binomial';
import { Dirichlet } from './dirichlet';
import { MultivariateDistribution } from './multivariate';

export class DirichletMultinomial extends MultivariateDistribution {
  readonly name = 'dirichletMultinomial';
  private readonly probabilities: Dirichlet;

  constructor(
    readonly trials: number,
    concentration: Float64Array,
  ) {
    super();
    this.probabilities = new Dirichlet(concentration);
  }

  get size(): number {
    return this.probabilities.size;
  }
  get mean(): Float64Array {
    return this.probabilities.mean.map((p) => p * this.trials);
  }
  /** The most probable counts: each trial goes where it gains most. NaN where a concentration is below 1. */
  get mode(): Float64Array {
    const { concentration } = this.probabilities;
    const counts = new Float64Array(this.size);
    if (concentration.some((a) => a < 1)) return counts.fill(NaN);
    const gain = (k: number): number => (concentration[k] + counts[k]) / (counts[k] + 1);
    for (let trial = 0; trial < this.trials; trial++) {
      let best = 0;
      for (let k = 1; k < this.size; k++) if (gain(k) > gain(best)) best = k;
      counts[best]++;
    }
    return counts;
  }
  get covariance(): Float64Array {
    const factor = this.trials * (this.trials + this.probabilities.total);
    return this.probabilities.covariance.map((c) => c * factor);
  }

  logDensity(x: Numbers): number {
    this.check('logDensity', x.length);
    const { lgamma, logRisingFactorial } = special();
    const { concentration, total } = this.probabilities;
    let value = lgamma(this.trials + 1) - logRisingFactorial(total, this.trials);
    let sum = 0;
    for (let k = 0; k < x.length; k++) {
      if (!(Number.isInteger(x[k]) && x[k] >= 0)) return -Infinity;
      value += logRisingFactorial(concentration[k], x[k]) - lgamma(x[k] + 1);
      sum += x[k];
    }
    return sum === this.trials ? value : -Infinity;
  }
  draws(stream: RandomStream, count: number): Float64Array {
    return stream.multinomial(count, this.trials, this.probabilities.draws(stream, count), this.size);
  }
  marginal(element: number): BetaBinomial {
    const { alpha, beta } = this.probabilities.marginal(element);
    return new BetaBinomial(this.trials, alpha, beta);
  }
}
