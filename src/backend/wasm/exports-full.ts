/** What the full build exports beyond the core; pointers are byte offsets into its memory. */

import type { Exports } from './exports';

/** Of assembly/approximation. */
interface ApproximationExports {
  /** Log density at each of `count` positions, which follow one another without padding. */
  logDensities(positions: number, count: number, results: number): void;
  /** Quantities of each position: rows of `size` values, with room for four more behind the last. */
  quantitiesOf(positions: number, count: number, size: number, results: number): void;
}

export interface FullExports extends Exports, ApproximationExports {}
