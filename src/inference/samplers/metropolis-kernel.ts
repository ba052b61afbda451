/** Metropolis–Hastings as the module has it: what a chain is told. */

import type { FullExports } from '../../backend/wasm';
import type { Configure } from '../chain';
import type { FurtherAlgorithm } from '../settings';
import type { Blocks } from './blocks';
import type { PreparedProposal } from './independence';
import { giveRoot } from './root';
import type { WholeMoves } from './whole';

/** Tables of a chain, by number. */
const MEAN = 0;
const ORDER = 1;
const INTEGER = 2;
const ENDS = 3;

/**
 * @param whole coordinates that take whole numbers
 * @param independent the proposal, where it is not a random walk
 */
export function metropolisKernel(
  dimension: number,
  blocks: Blocks,
  whole: WholeMoves,
  independent?: PreparedProposal,
): { readonly algorithm: FurtherAlgorithm; readonly configure: Configure<FullExports> } {
  const count = blocks.ends.length;
  return {
    algorithm: {
      kind: 'metropolis',
      proposal: independent ? 'independence' : 'random-walk',
      blocks: count,
      extraBytes: 64 + 24 * (dimension + 1) + 16 * count,
    },
    configure: (exports, chain, instance) => {
      exports.configureMetropolis(chain, independent ? 1 : 0, count, independent?.df ?? 0);
      const fill = (table: number, values: Int32Array | Float64Array): void => {
        const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
        instance.bytes(exports.metropolisTable(chain, table), bytes.length).set(bytes);
      };
      fill(ORDER, Int32Array.from(blocks.order));
      fill(
        INTEGER,
        Int32Array.from({ length: dimension }, (_, i) => whole.get(i) ?? 0),
      );
      fill(ENDS, Int32Array.from(blocks.ends));
      if (independent === undefined) return;
      fill(MEAN, independent.mean);
      giveRoot(instance, chain, independent.root);
    },
  };
}
