/** CmdStan's columns: indices from 1 joined by dots, the first index running fastest. */

import { positions } from '../report/names';
import type { Layout } from '../target/target';

/** A column of a CmdStan file: its name, and the index of its value in the vector of all quantities. */
export interface Column {
  readonly name: string;
  readonly index: number;
}

export function cmdStanColumns(layout: Layout): Column[] {
  return layout.quantities.flatMap(({ name, shape, offset }) =>
    Array.from(positions(shape.toReversed()), (reversed) => {
      const position = reversed.toReversed();
      const rowMajor = position.reduce((index, at, axis) => index * shape[axis] + at, 0);
      return { name: [name, ...position.map((at) => at + 1)].join('.'), index: offset + rowMajor };
    }),
  );
}
