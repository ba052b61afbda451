/** Names of scalar quantities: `mu`, `effect[0]`, `L[1,0]`, and the same with coordinate labels, `effect[Choate]`. */

import type { Layout, Quantity } from '../target/target';

/** One scalar of a layout. */
export interface Scalar {
  readonly quantity: Quantity;
  /** Where its value stands in the vector of all quantities. */
  readonly index: number;
  /** Its position in the quantity, one index per axis, from 0. */
  readonly position: readonly number[];
  /** Name with indices from 0. */
  readonly name: string;
  /** Name with the labels of the coordinates in place of indices, where there are any. */
  readonly label: string;
}

/** Every position of an array of the given shape, the last axis running fastest. */
export function* positions(shape: readonly number[]): Generator<number[]> {
  if (shape.some((size) => size === 0)) return;
  const position = shape.map(() => 0);
  for (;;) {
    yield position.slice();
    let axis = shape.length - 1;
    while (axis >= 0 && ++position[axis] === shape[axis]) position[axis--] = 0;
    if (axis < 0) return;
  }
}

/** The scalars of a layout, in its order. */
export function scalars(layout: Layout): Scalar[] {
  return layout.quantities.flatMap((quantity) =>
    Array.from(positions(quantity.shape), (position, i) => ({
      quantity,
      index: quantity.offset + i,
      position,
      name: subscripted(quantity.name, position),
      label: subscripted(
        quantity.name,
        position.map((at, axis) => layout.coords[quantity.dims[axis] ?? '']?.[at] ?? at),
      ),
    })),
  );
}

function subscripted(name: string, indices: readonly (string | number)[]): string {
  return indices.length === 0 ? name : `${name}[${indices.join(',')}]`;
}
