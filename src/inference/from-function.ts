/** Densities written in JavaScript as posteriors: a function of this thread, or one that a module exports. */

import type { DensityFunction, FunctionTarget, Layout, ModuleTarget, Quantity } from '../target/target';
import type { Samplable } from './posterior';

/** Shapes of the parameters by name: [] for a scalar. */
export type Shapes = Readonly<Record<string, readonly number[]>>;

/**
 * What is unknown: named parameters, laid out one after another in row-major order, or just so many numbers,
 * called `x`.
 */
export type Unknowns<S extends Shapes> =
  | { readonly parameters: S; readonly dimension?: undefined }
  | { readonly dimension: number; readonly parameters?: undefined };

type RanksOf<S extends Shapes> = { [N in keyof S]: S[N]['length'] };

/**
 * A log density of unconstrained parameters as a posterior; its chains run in the calling thread.
 *
 * @param definition names and shapes of the parameters (or their number), and `density(position,
 *   gradient)`: it returns the log density and writes all partial derivatives into `gradient`. Once sampling
 *   has begun an exception counts as a log density of −∞.
 * @throws RangeError for shapes that make no sense
 */
export function fromFunction<const S extends Shapes = { x: readonly [number] }>(
  definition: Unknowns<S> & { readonly density: DensityFunction },
): Samplable<RanksOf<S>> & { readonly target: FunctionTarget } {
  if (typeof definition.density !== 'function') {
    throw new TypeError(`fromFunction: density must be a function, got ${typeof definition.density}`);
  }
  const layout = layoutOf('fromFunction', definition);
  return { target: { kind: 'function', dimension: layout.size, density: definition.density, layout } };
}

/**
 * A log density that a module exports as a posterior; its chains run in workers, each of which imports the
 * module.
 *
 * @param url absolute URL of an ECMAScript module (`new URL('./density.js', import.meta.url).href`)
 * @param exportName name of the exported function `density(position, gradient)`, see `fromFunction`
 * @param unknowns names and shapes of the parameters, or their number
 * @throws RangeError for shapes that make no sense; TypeError for a URL that is not absolute
 */
export function fromModule<const S extends Shapes = { x: readonly [number] }>(
  url: string | URL,
  exportName: string,
  unknowns: Unknowns<S>,
): Samplable<RanksOf<S>> & { readonly target: ModuleTarget } {
  const absolute = new URL(url).href;
  const layout = layoutOf('fromModule', unknowns);
  return { target: { kind: 'module', dimension: layout.size, url: absolute, exportName, layout } };
}

function layoutOf(where: string, { parameters, dimension }: Unknowns<Shapes>): Layout {
  const shapes: Shapes = parameters ?? { x: [dimension] };
  const quantities: Quantity[] = [];
  let size = 0;
  for (const [name, shape] of Object.entries(shapes)) {
    const lengths = [...shape];
    const bad = lengths.find((length) => !(Number.isSafeInteger(length) && length >= 1));
    if (bad !== undefined) {
      const what = parameters === undefined ? 'dimension' : `the lengths of '${name}'`;
      throw new RangeError(`${where}: ${what} must be integers ≥ 1, got ${String(bad)}`);
    }
    quantities.push({
      name,
      shape: lengths,
      dims: lengths.map(() => undefined),
      offset: size,
      kind: 'parameter',
    });
    size += lengths.reduce((product, length) => product * length, 1);
  }
  if (size === 0) throw new RangeError(`${where}: there must be at least one parameter, got none`);
  return { quantities, size, coords: {} };
}
