/** The beta-binomial distribution: successes among trials whose probability has a beta distribution. */
import type { RandomStream } from '../../random';
import { special } from '../engine';
import { Beta } from './beta';
import { DiscreteDistribution, type Interval } from './univariate';

/** Up to so many terms are summed one by one; beyond, the mean over the probability is taken by quadrature. */
const SUMMED = 1000;

export class BetaBinomial extends DiscreteDistribution {
  readonly name = 'betaBinomial';

  constructor(
    readonly trials: number,
    readonly alpha: number,
    readonly beta: number,
  ) {
    super();
  }

  get support(): Interval {
    return [0, this.trials];
  }
  get parameters() {
    return { trials: this.trials, alpha: this.alpha, beta: this.beta };
  }
  get mean(): number {
    return this.trials * this.probability.mean;
  }
  get mode(): number {
    const { alpha, beta, trials } = this;
    if (alpha <= 1 || beta <= 1) return alpha > beta && beta <= 1 ? trials : 0;
    // P(y + 1) > P(y) below this.
    return Math.max(0, Math.ceil(((trials + 1) * (alpha - 1)) / (alpha + beta - 2)) - 1);
  }
  get variance(): number {
    const { trials, probability } = this;
    const total = this.alpha + this.beta;
    return trials * (probability.variance * (total + trials));
  }

  logDensity(y: number): number {
    const { trials, alpha, beta } = this;
    if (!(Number.isInteger(y) && y >= 0 && y <= trials)) return -Infinity;
    const { lbeta, logRisingFactorial, log } = special();
    const choose = -log(trials + 1) - lbeta(y + 1, trials - y + 1);
    return (
      choose +
      logRisingFactorial(alpha, y) +
      logRisingFactorial(beta, trials - y) -
      logRisingFactorial(alpha + beta, trials)
    );
  }
  cdf(y: number): number {
    return this.tail(Math.floor(y), true);
  }
  ccdf(y: number): number {
    return this.tail(Math.floor(y), false);
  }
  draws(stream: RandomStream, count: number): Float64Array {
    return stream.binomial(count, this.trials, stream.beta(count, this.alpha, this.beta));
  }

  private get probability(): Beta {
    return new Beta(this.alpha, this.beta);
  }

  private tail(y: number, below: boolean): number {
    const { trials } = this;
    if (y < 0) return below ? 0 : 1;
    if (y >= trials) return below ? 1 : 0;
    if (trials > SUMMED) {
      const { incBeta } = special();
      return this.probability.meanOf((p, q) =>
        below ? incBeta(trials - y, y + 1, q) : incBeta(y + 1, trials - y, p),
      );
    }
    let sum = 0;
    if (below) for (let x = 0; x <= y; x++) sum += this.density(x);
    else for (let x = trials; x > y; x--) sum += this.density(x);
    return Math.min(sum, 1);
  }
}
