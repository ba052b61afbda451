/** The result of an optimiser: a point, how certain it is, and whether it is a maximum at all. */

import { timesTranspose } from '../../matrix';
import { scalars } from '../../report/names';
import { numeral } from '../../report/numerals';
import { alignedTable, wrap } from '../../report/table';
import type { Layout } from '../../target/target';
import { NamedDraws } from '../named-draws';
import type { Ranks } from '../posterior';
import type { AscentEnding } from './lbfgs';
import type { Objective } from './objective';

/** What became of one start. */
export interface StartReport {
  /** Where it ended; −∞ for a lost one. */
  readonly logDensity: number;
  /** As the optimiser says; `lost`: the worker that climbed from it died. */
  readonly ending: AscentEnding | 'lost';
  readonly iterations: number;
  readonly evaluations: number;
  /** Why it was lost. */
  readonly failure?: string;
}

/** How certain the quantities are, by the observed information. */
export interface Certainty {
  /** Standard error of every scalar, in the order of the layout. */
  readonly standardErrors: Float64Array;
  /** Rows g such that the covariance of scalars i and j is gᵢ·gⱼ: layout.size × dimension. */
  readonly roots: Float64Array;
  /** Where second derivatives come from: `exact`, or central `differences` of gradients. */
  readonly derivatives: 'exact' | 'differences';
}

export interface PointEstimateParts {
  readonly layout: Layout;
  readonly objective: Objective;
  readonly values: Float64Array;
  readonly position: Float64Array;
  readonly gradient: Float64Array;
  readonly logDensity: number;
  readonly problem: string | undefined;
  readonly certainty: Certainty | undefined;
  readonly starts: readonly StartReport[];
  readonly seed: number;
  readonly seconds: number;
}

/** The highest point of an objective; as draws, one chain of a single draw. R: ranks of the quantities. */
export class PointEstimate<R extends Ranks = Ranks> extends NamedDraws<R> {
  protected override readonly title: string = 'estimate';
  readonly layout: Layout;
  readonly drawsPerChain = 1;
  readonly chains: readonly number[] = [0];
  /** What was climbed: `likelihood`, `posterior` (constrained, without Jacobian) or `density` (with Jacobian). */
  readonly objective: Objective;
  /** Estimates of all scalars, parameters and derived quantities, in the order of the layout. */
  readonly values: Float64Array;
  /** The same point in the unconstrained space. */
  readonly position: Float64Array;
  /** Gradient there, in the unconstrained space. */
  readonly gradient: Float64Array;
  /** Value of the objective there. */
  readonly logDensity: number;
  /** Why the point is not to be relied on as a maximum, naming parameters; undefined where it is one. */
  readonly problem: string | undefined;
  /** Standard errors by the observed information; undefined where they were not asked for or do not exist. */
  readonly certainty: Certainty | undefined;
  /** What became of each start. */
  readonly starts: readonly StartReport[];
  readonly seed: number;
  readonly seconds: number;

  constructor(parts: PointEstimateParts) {
    super();
    this.layout = parts.layout;
    this.objective = parts.objective;
    this.values = parts.values;
    this.position = parts.position;
    this.gradient = parts.gradient;
    this.logDensity = parts.logDensity;
    this.problem = parts.problem;
    this.certainty = parts.certainty;
    this.starts = parts.starts;
    this.seed = parts.seed;
    this.seconds = parts.seconds;
  }

  /** Whether the point is a proper maximum, as far as can be told. */
  get converged(): boolean {
    return this.problem === undefined;
  }

  /** Evaluations of log density and gradient, all starts together. */
  get evaluations(): number {
    return this.starts.reduce((sum, { evaluations }) => sum + evaluations, 0);
  }

  override quantityDraws(index: number): Float64Array[] {
    return [this.values.subarray(index, index + 1)];
  }

  /**
   * Estimate of a quantity, row-major.
   *
   * @throws RangeError for a name that is not among them
   */
  estimate<N extends keyof R & string>(name: N): Float64Array {
    return this.draws(name).chain(0);
  }

  /**
   * Standard error of a quantity, row-major: from the observed information of the unconstrained parameters, carried over
   * by the gradients of the quantity (the delta method).
   *
   * @throws RangeError for a name that is not among them, or where there are no standard errors
   */
  standardError<N extends keyof R & string>(name: N): Float64Array {
    const { size } = this.draws(name);
    const { offset } = this.layout.quantities.find((quantity) => quantity.name === name)!;
    return this.known().standardErrors.slice(offset, offset + size);
  }

  /**
   * Covariance of all scalars by the observed information, in the order of the layout, row-major.
   *
   * @throws RangeError where there are no standard errors
   */
  override covariance(): Float64Array {
    return timesTranspose(this.known().roots, this.layout.size);
  }

  /**
   * A line per scalar: estimate, and standard error where there is one; then what is wrong, if anything.
   *
   * @param options.labels coordinate labels in place of indices; default false
   * @param options.maxRows rows shown before the rest is only counted; default 100
   * @param options.warning whether a problem is told below the table; default true
   */
  table(
    options: { readonly labels?: boolean; readonly maxRows?: number; readonly warning?: boolean } = {},
  ): string {
    const { labels = false, maxRows = 100 } = options;
    const all = scalars(this.layout);
    const errors = this.certainty?.standardErrors;
    const rows = all
      .slice(0, maxRows)
      .map(({ name, label, index }) => [
        labels ? label : name,
        numeral(this.values[index], undefined),
        ...(errors ? [numeral(errors[index], undefined)] : []),
      ]);
    const lines = alignedTable([['', 'estimate', ...(errors ? ['std error'] : [])], ...rows]);
    const more = all.length > maxRows ? `\n… and ${all.length - maxRows} more` : '';
    const silent = this.problem === undefined || options.warning === false;
    const warning = silent ? '' : `\n\n${wrap(`Warning: ${this.problem}`, 100, '  ')}`;
    return `${lines}${more}${warning}`;
  }

  override toString(): string {
    return this.table();
  }

  /** Estimates and standard errors by name, as plain data. */
  toJSON(): object {
    const errors = this.certainty?.standardErrors;
    const parameters = scalars(this.layout).map(({ name, index }) => [
      name,
      { estimate: this.values[index], ...(errors && { standardError: errors[index] }) },
    ]);
    return {
      objective: this.objective,
      logDensity: this.logDensity,
      converged: this.converged,
      ...(this.problem !== undefined && { problem: this.problem }),
      parameters: Object.fromEntries(parameters),
      seed: this.seed,
      seconds: this.seconds,
    };
  }

  private known(): Certainty {
    if (this.certainty !== undefined) return this.certainty;
    throw new RangeError(
      `estimate: there are no standard errors: ${this.problem ?? 'pass standardErrors: true to have them'}`,
    );
  }
}
