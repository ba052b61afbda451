/** Several runs side by side: their estimates, and how far apart these are. */

import { decimalsFor, numeral } from './numerals';
import type { Summary, SummaryRow } from './summary';
import { alignedTable } from './table';

/** A summary, and what to call its run. */
export interface NamedSummary {
  readonly name: string;
  readonly summary: Summary;
}

/** One scalar quantity in all runs that have it. */
export interface ComparedRow {
  readonly name: string;
  readonly label: string;
  /** In the order of the runs; undefined where a run does not have it. */
  readonly rows: readonly (SummaryRow | undefined)[];
  /**
   * The largest difference of means between two runs, in units of its Monte Carlo standard error; NaN where fewer than
   * two runs can be compared. Of two runs of the same posterior it exceeds 3 once in some 370 quantities.
   */
  readonly z: number;
}

export class Comparison {
  constructor(
    readonly names: readonly string[],
    readonly rows: readonly ComparedRow[],
  ) {}

  /** Mean and standard deviation of each run, and z. */
  table({ labels = false }: { readonly labels?: boolean } = {}): string {
    const header = ['', ...this.names.flatMap((name) => [`${name} mean`, 'sd']), 'z'];
    const lines = this.rows.map(({ name, label, rows, z }) => [
      labels ? label : name,
      ...rows.flatMap((row) => {
        if (row === undefined) return ['-', '-'];
        const decimals = decimalsFor(row.mcseMean);
        return [numeral(row.mean, decimals), numeral(row.sd, decimals)];
      }),
      numeral(z, 1),
    ]);
    return alignedTable([header, ...lines]);
  }

  /** z by quantity; null where there is nothing to compare. */
  toJSON(): Readonly<Record<string, { readonly z: number | null }>> {
    return Object.fromEntries(this.rows.map(({ name, z }) => [name, { z: Number.isFinite(z) ? z : null }]));
  }
}

/** Compares runs quantity by quantity, in the order in which they first appear. */
export function compareRuns(runs: readonly NamedSummary[]): Comparison {
  const tables = runs.map(({ summary }) => new Map(summary.rows.map((row) => [row.name, row])));
  const names = new Set(tables.flatMap((table) => [...table.keys()]));
  const rows = Array.from(names, (name): ComparedRow => {
    const found = tables.map((table) => table.get(name));
    const { label } = found.find((row) => row !== undefined)!;
    return { name, label, rows: found, z: largestDifference(found) };
  });
  return new Comparison(
    runs.map(({ name }) => name),
    rows,
  );
}

function largestDifference(rows: readonly (SummaryRow | undefined)[]): number {
  const there = rows.filter((row) => row !== undefined);
  let largest = NaN;
  there.forEach((a, i) => {
    for (const b of there.slice(i + 1)) {
      const z = Math.abs(a.mean - b.mean) / Math.hypot(a.mcseMean, b.mcseMean);
      if (!(z <= largest)) largest = z;
    }
  });
  return largest;
}
