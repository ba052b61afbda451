/** What folding tells of a density. */
import type { Expression } from '../expr';

export interface Folded {
  /** The same value as the density's, of less data. */
  readonly value: Expression;
  /** Rows that there were. */
  readonly rows: number;
  readonly into: Remainder;
}

/** What is left of the rows. */
export type Remainder =
  /** A triangle, with a row for each unknown that all rows share and one for what none explains; and rows of groups. */
  | {
      readonly kind: 'triangle';
      /** All of this for each of so many scales. */
      readonly scales: number;
      readonly unknowns: number;
      readonly groups: number;
      readonly rowsOfGroup: number;
    }
  /** Two rows for each cell of equal means and scales. */
  | { readonly kind: 'cells'; readonly cells: number }
  /** Rows that differ. */
  | { readonly kind: 'distinct'; readonly rows: number };
