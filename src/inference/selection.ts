/** Which quantities of a draw are kept: their layout, and how their values are taken out of whole records. */

import { didYouMean } from '../model/nearest';
import type { Layout, Quantity } from '../target/target';
import { STATISTICS } from './chain';

export interface Selection {
  /** Layout of what is kept. */
  readonly layout: Layout;
  /** Places, in a whole record, of the values that are kept; undefined: all are. */
  readonly columns: Int32Array | undefined;
}

/**
 * The quantities of these names, in the layout's order; all when there are no names.
 *
 * @throws RangeError for a name that the layout does not have
 */
export function selectionOf(layout: Layout, names: readonly string[] | undefined): Selection {
  if (names === undefined) return { layout, columns: undefined };
  const known = layout.quantities.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new RangeError(`keep: there is no quantity '${unknown}'${didYouMean(unknown, known)}`);
  }
  const columns: number[] = STATISTICS.map((_, i) => i);
  const quantities: Quantity[] = [];
  for (const quantity of layout.quantities) {
    if (!names.includes(quantity.name)) continue;
    quantities.push({ ...quantity, offset: columns.length - STATISTICS.length });
    const size = quantity.shape.reduce((product, length) => product * length, 1);
    for (let i = 0; i < size; i++) columns.push(STATISTICS.length + quantity.offset + i);
  }
  const size = columns.length - STATISTICS.length;
  return { layout: { quantities, size, coords: layout.coords }, columns: Int32Array.from(columns) };
}
