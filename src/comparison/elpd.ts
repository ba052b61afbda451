/** An estimate of how well a model predicts: the expected log pointwise predictive density. */

import { momentsOf, sum } from '../diagnostics/moments';
import { Printed } from '../report/printed';
import { alignedTable } from '../report/table';

export type ElpdMethod = 'PSIS-LOO' | 'WAIC' | 'K-fold' | 'leave-future-out';

/** What is known of each observation. */
export interface Pointwise {
  /** log p(y_i | the others): contributions to `elpd`. */
  readonly elpd: Float64Array;
  /** Contributions to the effective number of parameters. */
  readonly p?: Float64Array;
  /** Pareto k of the importance ratios that leave the observation out. */
  readonly paretoK?: Float64Array;
}

export interface ElpdParts {
  readonly method: ElpdMethod;
  readonly pointwise: Pointwise;
  readonly warnings: readonly string[];
}

/** Estimates of predictive accuracy, each a sum over observations; prints as a table. */
export class Elpd extends Printed {
  readonly method: ElpdMethod;
  readonly pointwise: Pointwise;
  /** Σ log p(y_i | the others), natural logarithm: higher is better. */
  readonly elpd: number;
  /** Standard error of `elpd` as a sum over a sample of observations. */
  readonly standardError: number;
  /** Effective number of parameters: by how much the model fits better than it predicts. */
  readonly p: number | undefined;
  /** What makes the estimate doubtful, in plain words; empty where nothing does. */
  readonly warnings: readonly string[];

  constructor({ method, pointwise, warnings }: ElpdParts) {
    super();
    this.method = method;
    this.pointwise = pointwise;
    this.warnings = warnings;
    this.elpd = sum(pointwise.elpd);
    this.standardError = standardErrorOfSum(pointwise.elpd);
    this.p = pointwise.p && sum(pointwise.p);
  }

  /** −2 · elpd, on the scale of a deviance. */
  get informationCriterion(): number {
    return -2 * this.elpd;
  }

  override toString(): string {
    const rows = [
      ['', this.method, 'se'],
      ['elpd', this.elpd.toFixed(1), this.standardError.toFixed(1)],
    ];
    if (this.pointwise.p !== undefined) {
      rows.push(['p', this.p!.toFixed(1), standardErrorOfSum(this.pointwise.p).toFixed(1)]);
    }
    rows.push(['−2 elpd', this.informationCriterion.toFixed(1), (2 * this.standardError).toFixed(1)]);
    return [alignedTable(rows), ...this.warnings.map((warning) => `Warning: ${warning}`)].join('\n\n');
  }
}

/** Of a sum over a sample: √(n · variance). */
export function standardErrorOfSum(values: Float64Array): number {
  return Math.sqrt(values.length * momentsOf(values).variance);
}
