/** CmdStan's columns: indices from 1 joined by dots, the first index running fastest. */

import { positions } from '../report/names';
import type { Layout, Quantity } from '../target/target';

/** A column of a CmdStan file: its name, and the index of its value in the vector of all quantities. */
export interface Column {
  readonly name: string;
  readonly index: number;
}

/** Columns in which a layout's values are written. */
export function cmdStanColumns(layout: Layout): Column[] {
  return layout.quantities.flatMap(({ name, shape, offset }) =>
    Array.from(positions(shape.toReversed()), (reversed) => {
      const position = reversed.toReversed();
      return {
        name: [name, ...position.map((at) => at + 1)].join('.'),
        index: offset + place(position, shape),
      };
    }),
  );
}

/** The layout that columns describe, and where each column's value stands in it. */
export interface ReadColumns {
  readonly layout: Layout;
  /** Index, in the vector of all quantities, of each column's value. */
  readonly indices: Int32Array;
}

/**
 * Gathers columns `a.1.2` into arrays.
 *
 * @throws Error naming the column: written twice, of another rank than its fellows, or missing
 */
export function layoutOfColumns(names: readonly string[]): ReadColumns {
  const groups = new Map<string, { column: number; position: number[] }[]>();
  names.forEach((column, i) => {
    const { name, position } = parted(column);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [{ column: i, position }]);
    else group.push({ column: i, position });
  });

  const indices = new Int32Array(names.length);
  const quantities: Quantity[] = [];
  let offset = 0;
  for (const [name, members] of groups) {
    const shape = members[0].position.map((_, axis) =>
      members.reduce((most, { position }) => Math.max(most, position[axis] + 1), 0),
    );
    const size = shape.reduce((product, length) => product * length, 1);
    const taken = new Set<number>();
    for (const { column, position } of members) {
      if (position.length !== shape.length) {
        const ranks = `${position.length} and ${shape.length}`;
        throw new Error(`column '${names[column]}': quantity '${name}' has columns of ${ranks} indices`);
      }
      const index = place(position, shape);
      if (taken.has(index)) throw new Error(`column '${names[column]}' is there twice`);
      taken.add(index);
      indices[column] = offset + index;
    }
    if (taken.size < size) {
      const missing = cmdStanColumns({
        quantities: [{ name, shape, offset: 0, dims: [], kind: 'parameter' }],
        size,
        coords: {},
      }).find(({ index }) => !taken.has(index))!;
      throw new Error(`column '${missing.name}' is missing beside the other columns of '${name}'`);
    }
    quantities.push({ name, shape, offset, dims: shape.map(() => undefined), kind: 'parameter' });
    offset += size;
  }
  return { layout: { quantities, size: offset, coords: {} }, indices };
}

/** `a.1.2` is element (0, 1) of a; whatever else a name holds, such as `z.real`, belongs to the name. */
function parted(column: string): { name: string; position: number[] } {
  const [, name, subscripts] = /^(.*?)((?:\.[1-9]\d*)*)$/.exec(column)!;
  return {
    name,
    position: subscripts
      .split('.')
      .slice(1)
      .map((index) => Number(index) - 1),
  };
}

function place(position: readonly number[], shape: readonly number[]): number {
  return position.reduce((index, at, axis) => index * shape[axis] + at, 0);
}
