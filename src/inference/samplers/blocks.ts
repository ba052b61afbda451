/** Coordinates that Metropolis–Hastings proposes together. */

import type { Samplable } from '../posterior';
import { coordinatesNamed, dimensionOf } from './target';
import type { WholeMoves } from './whole';

export interface Blocks {
  /** Coordinates, block after block. */
  readonly order: readonly number[];
  /** Where each block ends in the order. */
  readonly ends: readonly number[];
}

/**
 * Blocks of named parameters; what is not named makes one more, and whole numbers have a block each.
 *
 * @throws RangeError for unknown names, and for parameters in two blocks
 */
export function planBlocks(
  posterior: Samplable,
  named: readonly (readonly string[])[],
  whole: WholeMoves,
): Blocks {
  const taken = new Set<number>();
  const groups = named.map((names) => {
    if (!Array.isArray(names)) throw new TypeError('metropolis: blocks must be arrays of parameter names');
    return names.flatMap((name) => {
      const coordinates = coordinatesNamed(posterior, 'blocks', name);
      if (coordinates.some((i) => taken.has(i))) {
        throw new RangeError(`blocks: '${name}' is in two blocks`);
      }
      for (const i of coordinates) taken.add(i);
      return coordinates;
    });
  });
  const all = Array.from({ length: dimensionOf(posterior) }, (_, i) => i);
  groups.push(all.filter((i) => !taken.has(i)));
  const blocks = [
    ...groups.map((group) => group.filter((i) => !whole.has(i))),
    ...[...whole.keys()].map((i) => [i]),
  ].filter((block) => block.length > 0);
  let end = 0;
  return { order: blocks.flat(), ends: blocks.map((block) => (end += block.length)) };
}
