/** A conjugate pair of prior and likelihood, as a plain record of what makes it one. */

/**
 * `H`: hyperparameters, `S`: sufficient statistics, `D`: data, `P`: distribution of the parameter, `A` and `Q`: what
 * the predictive distribution needs to know, and what it is.
 */
export interface Family<H, S, D, P, A extends readonly unknown[], Q> {
  readonly name: string;
  /** Statistics of no data. */
  nothing(prior: H): S;
  /** Statistics of some data, checked. */
  statistics(prior: H, data: D): S;
  /** Statistics of both, the same in either order up to rounding. */
  join(a: S, b: S): S;
  observations(statistics: S): number;
  posterior(prior: H, statistics: S): H;
  /** NaN where the statistics do not tell. */
  logEvidence(prior: H, statistics: S): number;
  /** What that needs beyond the counts and sums, for the error. */
  readonly evidenceNeeds?: string;
  distribution(hyperparameters: H): P;
  predictive(hyperparameters: H, ...of: A): Q;
  /** The prior's weight in observations, by the mean and by the mode. */
  strength(prior: H): { readonly mean: number; readonly mode: number };
}
