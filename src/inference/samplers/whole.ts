/** Coordinates that take whole numbers only, and how Metropolis–Hastings moves them. */

import { boundsOf } from '../../model/discrete';
import type { SamplerOptions } from '../options';
import type { Samplable } from '../posterior';
import { coordinatesNamed, isModelled } from './target';

/** By coordinate: 1 for steps up and down, −K for such among K values, K ≥ 2 for another of the categories 0 … K − 1. */
export type WholeMoves = ReadonlyMap<number, number>;

const STEPS = 1;
/** What fits into a table of the module. */
const MOST_VALUES = 0x7fffffff;

/**
 * Of a model, its discrete parameters: steps for counts, flips for binaries, other categories for categories. Of a density
 * of one's own, those that are named.
 *
 * @throws TypeError for names beside a model
 * @throws RangeError for unknown names
 */
export function wholeMoves(method: string, posterior: Samplable, names: readonly string[]): WholeMoves {
  if (!isModelled(posterior)) {
    return new Map(
      names.flatMap((name) => coordinatesNamed(posterior, 'integers', name)).map((i) => [i, STEPS]),
    );
  }
  if (names.length > 0) {
    throw new TypeError(
      `${method}: integers is for a density of one's own; a model says by its distributions what is discrete`,
    );
  }
  const moves = posterior.discrete.flatMap((parameter) => {
    const { lower, upper } = boundsOf(parameter);
    const { nominal = false } = parameter.distribution.support;
    return Array.from(upper, (most, i) => {
      const values = most - lower[i] + 1;
      if (!(values > 1 && values <= MOST_VALUES)) return STEPS;
      return lower[i] === 0 && (nominal || values === 2) ? values : -values;
    });
  });
  return new Map(posterior.integers.map((coordinate, k) => [coordinate, moves[k]]));
}

/**
 * Whole numbers of a density of one's own cannot be drawn like the other starting values.
 *
 * @throws RangeError naming the one that is not given
 */
export function requireInitial(
  method: string,
  initial: SamplerOptions['initial'],
  integers: readonly string[],
): void {
  const all = Array.isArray(initial) ? initial : [initial ?? {}];
  for (const name of integers) {
    for (const values of all as readonly Readonly<Record<string, unknown>>[]) {
      const given = values[name];
      const flat =
        typeof given === 'number'
          ? [given]
          : given === undefined
            ? []
            : Array.from(given as number[]).flat(8);
      if (flat.length === 0 || !flat.every(Number.isInteger)) {
        throw new RangeError(
          `${method}: integers need whole initial values, and '${name}' has ${flat.length === 0 ? 'none' : 'others'}`,
        );
      }
    }
  }
}
