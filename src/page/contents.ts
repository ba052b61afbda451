/** What a report page carries: plain JSON, written by the command and read by the page's own script. */

import type { Layout } from '../target/target';
import type { PackedDraws } from './packed-draws';

/** A row of the summary; null where a number is not finite. */
export interface Row {
  readonly name: string;
  readonly label: string;
  readonly mean: number | null;
  readonly mcseMean: number | null;
  readonly sd: number | null;
  readonly q5: number | null;
  readonly q50: number | null;
  readonly q95: number | null;
  readonly essBulk: number | null;
  readonly essTail: number | null;
  /** May be infinite: then each chain is stuck at its own value. */
  readonly rhat: number | null;
}

/** Draws of some quantities, and where they stand. */
export interface Sample {
  readonly layout: Layout;
  /** In the order of the layout's scalars. */
  readonly draws: readonly PackedDraws[];
}

/** Observed data beside data drawn from the posterior predictive distribution. */
export interface Check {
  readonly name: string;
  readonly observed: readonly number[];
  readonly replications: readonly (readonly number[])[];
}

export interface Contents {
  readonly rows: readonly Row[];
  readonly chains: number;
  readonly posterior: Sample;
  /** Divergent draws as [chain, draw], among the draws that the page carries. */
  readonly divergent: readonly (readonly [number, number])[];
  /** Energies, one entry per chain; absent where they are unknown. */
  readonly energy?: PackedDraws;
  readonly prior?: Sample;
  readonly checks: readonly Check[];
}

/** JSON has no infinite numbers. */
const INFINITE = 'infinite';

/** The text of contents. */
export function written(contents: Contents): string {
  return JSON.stringify(contents, (key, value: unknown) =>
    key === 'rhat' && value === Infinity ? INFINITE : value,
  );
}

/** Contents from their text. */
export function read(text: string): Contents {
  return JSON.parse(text, (key, value: unknown) =>
    key === 'rhat' && value === INFINITE ? Infinity : value,
  ) as Contents;
}
