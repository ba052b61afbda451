/** What the coordinates of the unconstrained space are called. */

import type { Expression } from '../../expr';
import { Posterior } from '../../model/posterior';
import { scalars } from '../../report/names';
import type { Layout } from '../../target/target';
import { type Samplable, targetOf } from '../posterior';

/** Number of unconstrained parameters, and layout of a draw, without compiling anything. */
export function outlineOf(posterior: Samplable): { readonly dimension: number; readonly layout: Layout } {
  return posterior instanceof Posterior ? posterior : targetOf(posterior);
}

/** A parameter's stretch of the unconstrained position. */
export interface Stretch {
  readonly name: string;
  readonly start: number;
  readonly size: number;
  /** Whether its coordinates are the parameter's own values. */
  readonly isReal: boolean;
}

/** The parameters' stretches, in order. */
export function stretchesOf(posterior: Samplable): Stretch[] {
  let start = 0;
  const place = (name: string, size: number, isReal: boolean): Stretch => {
    const stretch = { name, start, size, isReal };
    start += size;
    return stretch;
  };
  if (posterior instanceof Posterior) {
    return posterior.inputs.map((input, k) =>
      place(input.name!, input.size, reaches(posterior.quantities[k].value, input)),
    );
  }
  return outlineOf(posterior).layout.quantities.map(({ name, shape }) =>
    place(
      name,
      shape.reduce((product, length) => product * length, 1),
      true,
    ),
  );
}

/** Whether a quantity is an input as it stands. */
function reaches(quantity: Expression, input: Expression): boolean {
  return quantity === input || (quantity.op.kind === 'view' && reaches(quantity.inputs[0], input));
}

/** Name of a coordinate: of the scalar it belongs to where each scalar has one, else with its number among the free ones. */
export function coordinateName(posterior: Samplable, index: number): string {
  const { name, start, size } = stretchesOf(posterior).find(
    (stretch) => index < stretch.start + stretch.size,
  )!;
  const { layout } = outlineOf(posterior);
  const own = layout.quantities.filter((quantity) => quantity.name === name);
  const elements = scalars({ ...layout, quantities: own });
  return elements.length === size ? elements[index - start].name : `${name} (free number ${index - start})`;
}
