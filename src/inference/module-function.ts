/** Finds a density function that a module exports. */

import type { DensityFunction } from '../target/target';

/** @throws Error when the module cannot be imported or exports no such function */
export async function loadFunction(source: { url: string; exportName: string }): Promise<DensityFunction> {
  const module = (await import(/* @vite-ignore */ /* webpackIgnore: true */ source.url)) as Record<
    string,
    unknown
  >;
  const density = module[source.exportName];
  if (typeof density !== 'function') {
    const names = Object.keys(module).sort().join(', ') || 'nothing';
    throw new Error(`${source.url} exports no function '${source.exportName}' (it exports ${names})`);
  }
  return density as DensityFunction;
}
