/** What is known of a parameter after data, in closed form: a prior and the statistics of the data seen since. */
import type { RandomStream } from '../random';
import type { Family } from './family';
import { sameValues } from './same-values';
import type { Interval, UnivariateDistribution } from './distributions/univariate';

/** What a distribution of one or several parameters offers to a posterior. */
export interface ParameterDistribution {
  readonly mean: unknown;
  readonly mode: unknown;
  readonly variance: unknown;
  logDensity(x: never): number;
  density(x: never): number;
  draws(stream: RandomStream, count: number): unknown;
  klDivergence(other: never): number;
}

/** What a call of update may bring: a batch, one by one or summed up. */
type Chunks<D> = AsyncIterable<D> | Iterable<D>;

/**
 * An immutable posterior: `update` gives another one.
 *
 * `H`: hyperparameters, `S`: sufficient statistics, `D`: data, `P`: distribution of the parameter, `A` and `Q`: what
 * the predictive distribution needs to know, and what it is.
 */
export class ExactPosterior<H, S, D, P extends ParameterDistribution, A extends readonly unknown[], Q> {
  private known?: H;

  constructor(
    protected readonly family: Family<H, S, D, P, A, Q>,
    /** Hyperparameters before any data. */
    readonly prior: H,
    /** Sufficient statistics of all data since. */
    readonly statistics: S,
  ) {}

  /** Name of the family, as of the function that makes it. */
  get name(): string {
    return this.family.name;
  }

  /** Hyperparameters with the data taken in. */
  get hyperparameters(): H {
    return (this.known ??= this.family.posterior(this.prior, this.statistics));
  }

  /** Number of observations taken in. */
  get observations(): number {
    return this.family.observations(this.statistics);
  }

  /** The distribution of the parameter. */
  get distribution(): P {
    return this.family.distribution(this.hyperparameters);
  }

  get mean(): P['mean'] {
    return this.distribution.mean;
  }
  get mode(): P['mode'] {
    return this.distribution.mode;
  }
  get variance(): P['variance'] {
    return this.distribution.variance;
  }
  logDensity(...at: Parameters<P['logDensity']>): number {
    return this.distribution.logDensity(...(at as [never]));
  }
  density(...at: Parameters<P['density']>): number {
    return this.distribution.density(...(at as [never]));
  }

  /**
   * Independent draws of the parameter.
   *
   * @param stream where randomness comes from: `await random(seed)`
   */
  draws(stream: RandomStream, count: number): ReturnType<P['draws']> {
    return this.distribution.draws(stream, count) as ReturnType<P['draws']>;
  }

  /**
   * The posterior with further observations, which are independent of those before given the parameter.
   *
   * @throws RangeError naming the first observation that the likelihood cannot have produced
   */
  update(data: D): this {
    const { family, prior, statistics } = this;
    return this.with(prior, family.join(statistics, family.statistics(prior, data)));
  }

  /**
   * The posterior with the observations of a stream: one chunk at a time is in memory.
   *
   * @param chunks what `update` takes, one after the other
   */
  async updateFrom(chunks: Chunks<D>): Promise<this> {
    const { family, prior } = this;
    let statistics = this.statistics;
    for await (const chunk of chunks) statistics = family.join(statistics, family.statistics(prior, chunk));
    return this.with(prior, statistics);
  }

  /**
   * Joins what two posteriors from the same prior have learnt from different data, such as shards of one data set.
   *
   * @throws RangeError for another family or prior
   */
  merge(other: this): this {
    const { family, prior, statistics } = this;
    if (other.name !== family.name || !sameValues(other.prior, prior)) {
      throw new RangeError(
        `${family.name}: merge needs a posterior from the same prior, got ${other.name} from ${JSON.stringify(other.prior)} for ${JSON.stringify(prior)}`,
      );
    }
    return this.with(prior, family.join(statistics, other.statistics));
  }

  /** This posterior as the prior of what comes next: the evidence starts anew. */
  asPrior(): this {
    return this.with(this.hyperparameters, this.family.nothing(this.hyperparameters));
  }

  /** The distribution of a further observation, the parameter integrated out. */
  predictive(...of: A): Q {
    return this.family.predictive(this.hyperparameters, ...of);
  }

  /**
   * log p(data) of all data since the prior.
   *
   * @throws RangeError when statistics were given without what the evidence needs of them
   */
  get logEvidence(): number {
    const value = this.observations === 0 ? 0 : this.family.logEvidence(this.prior, this.statistics);
    if (!Number.isNaN(value)) return value;
    throw new RangeError(
      `${this.name}: the evidence needs ${this.family.evidenceNeeds ?? 'more'} of the data, which the statistics given to update left out`,
    );
  }

  /**
   * log p(data | this model) − log p(data | the other one): above 0 speaks for this one.
   *
   * @throws RangeError when the two have not seen as many observations
   */
  logBayesFactor(other: { readonly observations: number; readonly logEvidence: number }): number {
    if (other.observations !== this.observations) {
      throw new RangeError(
        `logBayesFactor: both models must have seen the same data, got ${this.observations} and ${other.observations} observations`,
      );
    }
    return this.logEvidence - other.logEvidence;
  }

  /** Kullback–Leibler divergence ∫ p log(p/q) of q = `other` from p = this, in nats. */
  klDivergence(other: this): number {
    return this.distribution.klDivergence(other.distribution as never);
  }

  /**
   * How many observations the prior is worth: its weight where the posterior mean (or mode) is the average of the
   * prior's and the data's. For Beta(α, β): α + β by the mean, α + β − 2 by the mode.
   */
  get priorStrength(): { readonly mean: number; readonly mode: number } {
    return this.family.strength(this.prior);
  }

  protected with(prior: H, statistics: S): this {
    return new (this.constructor as typeof ExactPosterior)(this.family as never, prior, statistics) as this;
  }
}

/** A posterior of one number. */
export class UnivariatePosterior<
  H,
  S,
  D,
  P extends UnivariateDistribution & ParameterDistribution,
  A extends readonly unknown[],
  Q,
> extends ExactPosterior<H, S, D, P, A, Q> {
  get sd(): number {
    return this.distribution.sd;
  }
  cdf(x: number): number {
    return this.distribution.cdf(x);
  }
  quantile(p: number): number {
    return this.distribution.quantile(p);
  }
  /** The equal-tailed credible interval. */
  interval(mass = 0.95): Interval {
    return this.distribution.interval(mass);
  }
  /** The shortest credible interval. */
  highestDensityInterval(mass = 0.95): Interval {
    return this.distribution.highestDensityInterval(mass);
  }
}
