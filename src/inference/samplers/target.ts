/** What the further samplers need of a posterior: cheaper forms of its density, and which coordinates are whose. */

import { didYouMean } from '../../model/nearest';
import type { Posterior } from '../../model';
import { type Ranks, type Samplable, targetOf } from '../posterior';
import type { Reduced } from '../starts';

/** A conditioned model, as opposed to a density of one's own. */
export function isModelled(posterior: Samplable): posterior is Posterior {
  return posterior instanceof Object && 'valueTarget' in posterior && 'inputs' in posterior;
}

/** Number of coordinates; of a model without compiling its gradient. */
export function dimensionOf(posterior: Samplable): number {
  return isModelled(posterior) ? posterior.dimension : targetOf(posterior).dimension;
}

/** The posterior with a density that spares the gradient, where it can. */
export function withoutGradient<R extends Ranks>(posterior: Samplable<R>): Samplable<R> & Reduced {
  return isModelled(posterior) ? { target: posterior.valueTarget, whole: posterior } : posterior;
}

/** Unconstrained coordinates of each parameter: the first, and the one behind the last. */
export function coordinatesOf(posterior: Samplable): ReadonlyMap<string, readonly [number, number]> {
  const segments = isModelled(posterior)
    ? posterior.inputs.map(({ name, size }) => ({ name: name!, size }))
    : posterior.target.layout.quantities.map(({ name, shape }) => ({
        name,
        size: shape.reduce((product, length) => product * length, 1),
      }));
  let at = 0;
  return new Map(segments.map(({ name, size }) => [name, [at, (at += size)] as const]));
}

/** The coordinates of one parameter; `option` is where the name comes from. */
export function coordinatesNamed(posterior: Samplable, option: string, name: string): number[] {
  const all = coordinatesOf(posterior);
  const range = all.get(name);
  if (range === undefined) {
    throw new RangeError(`${option}: there is no parameter '${name}'${didYouMean(name, [...all.keys()])}`);
  }
  return Array.from({ length: range[1] - range[0] }, (_, i) => range[0] + i);
}
