/** The summary of a fit: a row of estimates per scalar quantity, and warnings in words. */

import { Printed } from './printed';
import { type Chains, describe, type Description, ebfmi } from '../diagnostics';
import { allFinite } from '../diagnostics/chains';
import type { Layout } from '../target/target';
import { scalars } from './names';
import { decimalsFor, numeral } from './numerals';
import { alignedTable, wrap } from './table';
import { type Findings, hasConverged, type Warning, warningsOf } from './warnings';

/** What a summary needs of a fit. */
export interface Summarizable {
  readonly layout: Layout;
  /** Draws of the scalar at this position in the vector of all quantities: one array per chain. */
  quantityDraws(index: number): Chains;
  /** Statistics of the sampler, one array per chain, one value per draw; an approximation has none. */
  readonly stats?: {
    /** 1 where the transition diverged. */
    readonly divergent: readonly ArrayLike<number>[];
    readonly energy: readonly ArrayLike<number>[];
    /** Absent for samplers without a tree. */
    readonly treedepth?: readonly ArrayLike<number>[];
  };
  readonly maxTreeDepth?: number;
  readonly failures?: readonly { readonly chain: number; readonly message: string }[];
  readonly timing?: Timing;
  /** Gradients evaluated, warm-up included. */
  readonly gradientEvaluations?: number;
}

export interface Timing {
  readonly warmupSeconds: number;
  readonly samplingSeconds: number;
}

/** One scalar quantity. */
export interface SummaryRow extends Description {
  /** Name with indices from 0: `effect[0]`, `L[1,0]`. */
  readonly name: string;
  /** Name with labels of coordinates: `effect[Choate]`. */
  readonly label: string;
  /** Whether every draw is a finite number. */
  readonly finite: boolean;
}

/** What `JSON.stringify(summary)` writes; numbers that are not finite become null there. */
export interface SummaryJson {
  readonly parameters: Readonly<Record<string, Description>>;
  readonly diagnostics: {
    /** Divergent transitions after warm-up, all chains together. */
    readonly divergences: number;
    /** Transitions that reached the maximum tree depth. */
    readonly treedepthSaturated: number;
    /** E-BFMI of each chain. */
    readonly ebfmi: readonly number[];
  };
  readonly timing?: Timing;
  readonly gradientEvaluations?: number;
}

export interface SummaryOptions {
  /** Names of the quantities to describe, in this order; all by default. */
  readonly names?: readonly string[];
}

export interface TableOptions {
  /** Coordinate labels in place of indices; default false. */
  readonly labels?: boolean;
  /** Rows shown before the rest is only counted; default 100. */
  readonly maxRows?: number;
}

const HEADER = ['', 'mean', 'mcse', 'sd', '5%', '50%', '95%', 'ess bulk', 'ess tail', 'r-hat'];
const WIDTH = 100;

/**
 * Describes every scalar quantity of a fit and judges how sampling went.
 *
 * @param fit draws and sampler statistics; at least one chain and one draw
 * @param options which quantities
 * @throws Error when there are no draws, and for a name that the fit does not have
 */
export function summarize(fit: Summarizable, options: SummaryOptions = {}): Summary {
  if (lengthsOf(fit).draws === 0) throw new Error('summarize: the fit has no draws');
  const rows = scalars(selected(fit.layout, options.names)).map(({ name, label, index }) => {
    const chains = fit.quantityDraws(index);
    const description = describe(chains);
    const finite = !Number.isNaN(description.rhat) || allFinite(chains);
    return { name, label, ...description, finite };
  });
  return new Summary(findingsOf(fit, rows), fit.timing, fit.gradientEvaluations);
}

function selected(layout: Layout, names: readonly string[] | undefined): Layout {
  if (names === undefined) return layout;
  const quantities = names.map((name) => {
    const quantity = layout.quantities.find((q) => q.name === name);
    if (quantity === undefined) {
      const known = layout.quantities.map((q) => q.name).join(', ');
      throw new Error(`summarize: there is no quantity '${name}'; the fit has ${known}`);
    }
    return quantity;
  });
  return { ...layout, quantities };
}

function findingsOf(fit: Summarizable, rows: readonly SummaryRow[]): Findings {
  const { divergent = [], energy = [], treedepth = [] } = fit.stats ?? {};
  const { maxTreeDepth } = fit;
  return {
    rows,
    ...lengthsOf(fit),
    divergences: divergent.map((chain) => countWhere(chain, (flag) => flag !== 0)),
    saturated:
      maxTreeDepth === undefined
        ? []
        : treedepth.map((chain) => countWhere(chain, (depth) => depth >= maxTreeDepth)),
    maxTreeDepth,
    ebfmi: ebfmi(energy),
    failures: fit.failures ?? [],
  };
}

function lengthsOf(fit: Summarizable): { readonly chains: number; readonly draws: number } {
  const columns = fit.stats?.energy ?? (fit.layout.size > 0 ? fit.quantityDraws(0) : []);
  return { chains: columns.length, draws: columns.length === 0 ? 0 : columns[0].length };
}

function countWhere(values: ArrayLike<number>, test: (value: number) => boolean): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (test(values[i])) count++;
  return count;
}

/** Estimates and warnings; prints as a table. */
export class Summary extends Printed {
  readonly rows: readonly SummaryRow[];
  readonly warnings: readonly Warning[];
  /** No R-hat above 1.05 and no bulk or tail ESS below 100 per chain, constant quantities aside. */
  readonly converged: boolean;
  private readonly byName: ReadonlyMap<string, SummaryRow>;

  constructor(
    private readonly findings: Findings,
    private readonly timing: Timing | undefined,
    private readonly gradientEvaluations: number | undefined,
  ) {
    super();
    this.rows = findings.rows;
    this.warnings = warningsOf(findings);
    this.converged = hasConverged(findings);
    this.byName = new Map(findings.rows.map((row) => [row.name, row]));
  }

  /**
   * The row of a scalar quantity.
   *
   * @param name with indices from 0: `effect[0]`, `L[1,0]`
   * @throws Error when there is no such quantity
   */
  find(name: string): SummaryRow {
    const row = this.byName.get(name);
    if (row === undefined) {
      throw new Error(`summary: there is no scalar quantity '${name}' (of the form mu, effect[0] or L[1,0])`);
    }
    return row;
  }

  /** The table, then the warnings. */
  override toString(options: TableOptions = {}): string {
    const warnings = this.warnings.map(({ message }) => wrap(`Warning: ${message}`, WIDTH, '  '));
    return [this.table(options), ...warnings].join('\n\n');
  }

  /** The table alone: digits are shown as far as the Monte Carlo error lets them mean something. */
  table({ labels = false, maxRows = 100 }: TableOptions = {}): string {
    const shown = this.rows.slice(0, maxRows).map((row) => cells(row, labels));
    const table = alignedTable([HEADER, ...shown]);
    const hidden = this.rows.length - shown.length;
    return hidden === 0 ? table : `${table}\n… and ${hidden} more`;
  }

  /** How sampling went, all quantities aside. */
  get diagnostics(): SummaryJson['diagnostics'] {
    const { divergences, saturated, ebfmi } = this.findings;
    return {
      divergences: divergences.reduce((a, b) => a + b, 0),
      treedepthSaturated: saturated.reduce((a, b) => a + b, 0),
      ebfmi,
    };
  }

  toJSON(): SummaryJson {
    return {
      parameters: Object.fromEntries(
        this.rows.map(({ name, label: _label, finite: _finite, ...description }) => [name, description]),
      ),
      diagnostics: this.diagnostics,
      timing: this.timing && {
        warmupSeconds: this.timing.warmupSeconds,
        samplingSeconds: this.timing.samplingSeconds,
      },
      gradientEvaluations: this.gradientEvaluations,
    };
  }
}

function cells(row: SummaryRow, labels: boolean): string[] {
  const decimals = decimalsFor(row.mcseMean);
  const estimate = (value: number): string => numeral(value, decimals);
  const error = numeral(row.mcseMean, decimals === undefined ? undefined : decimals + 1);
  return [
    labels ? row.label : row.name,
    estimate(row.mean),
    error,
    ...[row.sd, row.q5, row.q50, row.q95].map(estimate),
    numeral(row.essBulk, 0),
    numeral(row.essTail, 0),
    numeral(row.rhat, 3),
  ];
}
