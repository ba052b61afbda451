/** Colours of coordinates: those of one colour have no element of the Hessian in common, so one product gives them all. */

import { type Expression, gradient, total, withGraph } from '../../expr';
import type { Posterior } from '../../model/posterior';
import { dependenceOf } from './dependence';

/** More products than this are not made for a diagonal. */
export const MOST_COLOURS = 64;

/** A colour for each coordinate, from 0. */
export interface Coloring {
  readonly colours: Int32Array;
  readonly count: number;
}

/** A colouring that the graph of the log density proves; undefined where it takes more than 64 colours. */
export function coloringOf(posterior: Posterior): Coloring | undefined {
  const { graph, inputs, terms } = posterior;
  const slopes = withGraph(graph, () => gradient(total(terms.map(({ value }) => value)), inputs));
  return colorCoordinates(slopes, inputs);
}

/** Of the second derivatives of something with this gradient by these inputs. */
export function colorCoordinates(
  slopes: readonly Expression[],
  inputs: readonly Expression[],
): Coloring | undefined {
  const first = new Map<Expression, number>();
  let dimension = 0;
  for (const input of inputs) {
    first.set(input, dimension);
    dimension += input.size;
  }
  const dependences = dependenceOf(slopes, first);
  const colours = new Int32Array(dimension).fill(-1);
  // What meets all others gets a colour of its own.
  let count = 0;
  dependences.forEach((dependence, k) => {
    const start = first.get(inputs[k])!;
    for (let i = 0; i < inputs[k].size && count <= MOST_COLOURS; i++) {
      if (dependence !== undefined && dependence.row(i) === undefined) colours[start + i] = count++;
    }
  });
  if (count > MOST_COLOURS) return undefined;
  const alone = count;
  const taken = new Int32Array(MOST_COLOURS + 1).fill(-1);
  for (let k = 0; k < inputs.length; k++) {
    const start = first.get(inputs[k])!;
    for (let i = 0; i < inputs[k].size; i++) {
      const coordinate = start + i;
      if (colours[coordinate] >= 0) continue;
      // The Hessian is symmetric: two coordinates that meet know of one another, and the later one sees the earlier.
      for (const other of dependences[k]?.row(i) ?? []) {
        if (colours[other] >= alone) taken[colours[other]] = coordinate;
      }
      let colour = alone;
      while (taken[colour] === coordinate) colour++;
      if (colour >= MOST_COLOURS) return undefined;
      colours[coordinate] = colour;
      count = Math.max(count, colour + 1);
    }
  }
  return { colours, count };
}
