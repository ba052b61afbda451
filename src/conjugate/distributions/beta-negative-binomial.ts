/**
 * The beta negative binomial distribution: failures before so many successes, whose probability has a beta
 * distribution. For one success it is the beta-geometric.
 */
import type { RandomStream } from '../../random';
import { special } from '../engine';
import { Beta } from './beta';
import { logRepetitions } from './log-repetitions';
import { DiscreteDistribution, type Interval } from './univariate';

/** Up to so many terms are summed one by one; beyond, the mean over the probability is taken by quadrature. */
const SUMMED = 300;
/** Rates beyond these draw what no floating-point number counts anyway. */
const EXTREME = 1e300;

export class BetaNegativeBinomial extends DiscreteDistribution {
  readonly name = 'betaNegativeBinomial';
  readonly support: Interval = [0, Infinity];

  constructor(
    readonly successes: number,
    readonly alpha: number,
    readonly beta: number,
  ) {
    super();
  }

  get parameters() {
    return { successes: this.successes, alpha: this.alpha, beta: this.beta };
  }
  get mean(): number {
    return this.alpha > 1 ? (this.successes * this.beta) / (this.alpha - 1) : Infinity;
  }
  get mode(): number {
    const { successes, alpha, beta } = this;
    if (successes <= 1 || beta <= 1) return 0;
    // P(y + 1) > P(y) below this.
    return Math.max(0, Math.ceil((successes * (beta - 1) - alpha - beta) / (alpha + 1)));
  }
  get variance(): number {
    const { successes, alpha, beta } = this;
    if (!(alpha > 2)) return Infinity;
    return (
      (((successes * (alpha + successes - 1)) / (alpha - 2)) * (beta * (alpha + beta - 1))) /
      ((alpha - 1) * (alpha - 1))
    );
  }

  logDensity(y: number): number {
    if (!(Number.isInteger(y) && y >= 0)) return -Infinity;
    const { logRisingFactorial } = special();
    const { successes, alpha, beta } = this;
    // B(α + r, β + y)/B(α, β) with C(y + r − 1, y).
    return (
      logRepetitions(successes, y) +
      logRisingFactorial(alpha, successes) +
      logRisingFactorial(beta, y) -
      logRisingFactorial(alpha + beta, successes + y)
    );
  }
  cdf(y: number): number {
    return this.tail(Math.floor(y), true);
  }
  ccdf(y: number): number {
    return this.tail(Math.floor(y), false);
  }
  draws(stream: RandomStream, count: number): Float64Array {
    const failures = stream.gamma(count, this.beta);
    const odds = stream
      .gamma(count, this.alpha)
      .map((a, i) => Math.min(Math.max(a / failures[i], 1 / EXTREME), EXTREME));
    return stream.negativeBinomialShapeRate(count, this.successes, odds);
  }

  private tail(y: number, below: boolean): number {
    if (y < 0) return below ? 0 : 1;
    if (y === Infinity) return below ? 1 : 0;
    if (below && y <= SUMMED) {
      let sum = 0;
      for (let x = 0; x <= y; x++) sum += this.density(x);
      return Math.min(sum, 1);
    }
    const { incBeta } = special();
    const { successes, alpha, beta } = this;
    return new Beta(alpha, beta).meanOf((p, q) =>
      below ? incBeta(successes, y + 1, p) : incBeta(y + 1, successes, q),
    );
  }
}
