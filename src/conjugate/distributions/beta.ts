/** The beta distribution: what is known of a probability. */
import type { RandomStream } from '../../random';
import { special } from '../engine';
import { integrateLine } from './integrate';
import { ContinuousDistribution, type Interval } from './univariate';

/** Logits beyond are those of probabilities near the least that a number can be. */
const FAR = 650;

export class Beta extends ContinuousDistribution {
  readonly name = 'beta';
  readonly support: Interval = [0, 1];

  constructor(
    readonly alpha: number,
    readonly beta: number,
  ) {
    super();
  }

  get parameters() {
    return { alpha: this.alpha, beta: this.beta };
  }
  override get withoutPoles(): Beta {
    return new Beta(Math.max(this.alpha, 1), Math.max(this.beta, 1));
  }
  get mean(): number {
    return this.alpha / (this.alpha + this.beta);
  }
  get mode(): number {
    const { alpha, beta } = this;
    if (alpha > 1 && beta > 1) return (alpha - 1) / (alpha + beta - 2);
    return alpha > beta && beta <= 1 ? 1 : 0;
  }
  get variance(): number {
    const total = this.alpha + this.beta;
    return ((this.alpha / total) * (this.beta / total)) / (total + 1);
  }
  override get unimodal(): boolean {
    return this.alpha >= 1 || this.beta >= 1;
  }

  logDensity(x: number): number {
    return x >= 0 && x <= 1 ? special().betaLogDensity(this.alpha, this.beta, x) : -Infinity;
  }
  cdf(x: number): number {
    return x <= 0 ? 0 : x >= 1 ? 1 : special().incBeta(this.alpha, this.beta, x);
  }
  ccdf(x: number): number {
    return x <= 0 ? 1 : x >= 1 ? 0 : this.above(x);
  }
  /** P(X ≤ x) by the logit of x, also where x itself or 1 − x underflows. */
  cdfOfLogit(logit: number): number {
    const { exp, expm1, log, lbeta } = special();
    const { alpha, beta } = this;
    // There only the first term of the power series counts.
    if (logit < -FAR) return exp(alpha * logit - log(alpha) - lbeta(alpha, beta));
    if (logit > FAR) return -expm1(-beta * logit - log(beta) - lbeta(alpha, beta));
    const size = exp(-Math.abs(logit));
    return logit < 0 ? this.cdf(size / (1 + size)) : 1 - special().incBeta(beta, alpha, size / (1 + size));
  }
  draws(stream: RandomStream, count: number): Float64Array {
    return stream.beta(count, this.alpha, this.beta);
  }

  /** Kullback–Leibler divergence ∫ p log(p/q) of q = `other` from p = this, in nats. */
  klDivergence(other: Beta): number {
    const { lbeta, digammaDifference } = special();
    const { alpha, beta } = this;
    return (
      lbeta(other.alpha, other.beta) -
      lbeta(alpha, beta) +
      (other.alpha - alpha) * digammaDifference(alpha, beta) +
      (other.beta - beta) * digammaDifference(beta, alpha)
    );
  }

  /** The mean of f(p, 1 − p, logit p), by quadrature over the logit of p. */
  meanOf(f: (p: number, q: number, logit: number) => number): number {
    const { exp, log1p, lbeta, trigamma, digamma } = special();
    const { alpha, beta } = this;
    const constant = lbeta(alpha, beta);
    const integrand = (logit: number): number => {
      const size = exp(-Math.abs(logit));
      const softplus = Math.max(logit, 0) + log1p(size);
      const larger = 1 / (1 + size);
      const smaller = size * larger;
      const weight = exp(alpha * (logit - softplus) - beta * softplus - constant);
      return weight === 0 ? 0 : weight * (logit > 0 ? f(larger, smaller, logit) : f(smaller, larger, logit));
    };
    const bulk = this.withoutPoles;
    const width = Math.sqrt(trigamma(bulk.alpha) + trigamma(bulk.beta));
    return integrateLine(integrand, digamma(bulk.alpha) - digamma(bulk.beta), width);
  }

  private above(x: number): number {
    const { incBeta, logIncBeta, expm1 } = special();
    // Below one half 1 − x rounds; what is left of 1 is in the logarithm.
    if (x < 0.5) return -expm1(logIncBeta(this.alpha, this.beta, x));
    return incBeta(this.beta, this.alpha, 1 - x);
  }
}
