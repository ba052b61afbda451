/** Which scalar quantities of a fit a picture shows. */

import type { Chains } from '../diagnostics';
import { pool } from '../diagnostics/chains';
import { type Scalar, scalars } from '../report/names';
import type { Summarizable } from '../report';

/** Draws and sampler statistics: a `Fit`, or a run read from files. */
export type Plottable = Pick<Summarizable, 'layout' | 'quantityDraws' | 'stats'>;

/** A scalar quantity with its draws, one array per chain. */
export interface Shown extends Scalar {
  readonly chains: Chains;
}

/**
 * The scalars that names stand for: `mu`, all of `effect`, or `effect[0]`; indices count from 0, and labels of coordinates
 * may stand in their place.
 *
 * @param names undefined for all
 * @throws RangeError for a name that the fit does not have
 */
export function chosen(
  caller: string,
  { layout }: Plottable,
  names: string | readonly string[] | undefined,
): Scalar[] {
  const all = scalars(layout);
  if (names === undefined) return all;
  return [names].flat().flatMap((name) => {
    const found = all.filter(
      (scalar) => scalar.quantity.name === name || scalar.name === name || scalar.label === name,
    );
    if (found.length > 0) return found;
    const known = layout.quantities.map((quantity) => quantity.name).join(', ');
    throw new RangeError(`${caller}: there is no quantity '${name}'; the fit has ${known}`);
  });
}

/** The scalars that names stand for, the first `limit` of them, with their draws. */
export function shown(
  caller: string,
  fit: Plottable,
  names: string | readonly string[] | undefined,
  limit = Infinity,
): Shown[] {
  return chosen(caller, fit, names)
    .slice(0, limit)
    .map((scalar) => ({ ...scalar, chains: fit.quantityDraws(scalar.index) }));
}

/**
 * The one scalar that a name stands for.
 *
 * @throws RangeError for a name of none or of several
 */
export function shownOne(caller: string, fit: Plottable, name: string): Shown {
  const found = shown(caller, fit, name);
  if (found.length > 1) {
    throw new RangeError(
      `${caller}: '${name}' has ${found.length} elements, choose one, such as '${found[0].name}'`,
    );
  }
  return found[0];
}

/** Every how many-th of n items to take for at most `most` of them. */
export function stride(n: number, most: number): number {
  return Math.max(1, Math.ceil(n / most));
}

/** Where a draw stands in a fit. */
export interface Place {
  readonly chain: number;
  readonly draw: number;
  /** Its number among the draws of all chains. */
  readonly number: number;
}

/** The draws of a fit that diverged, and at most `most` others, evenly spread. */
export function places(
  { stats }: Plottable,
  chains: Chains,
  most: number,
): Record<'diverged' | 'others', Place[]> {
  const [{ length }] = chains;
  const step = stride(chains.length * length, most);
  const diverged: Place[] = [];
  const others: Place[] = [];
  for (let number = 0; number < chains.length * length; number++) {
    const place = { chain: Math.floor(number / length), draw: number % length, number };
    if (stats !== undefined && stats.divergent[place.chain][place.draw] !== 0) diverged.push(place);
    else if (number % step === 0) others.push(place);
  }
  return { diverged, others };
}

/** All draws of the one scalar that a name stands for, chain after chain. */
export function only(fit: Plottable, name: string): Float64Array {
  return pool(shownOne('plot', fit, name).chains);
}
