/** Finds what a module exports. */

import type { DensityFunction } from '../target/target';

interface Source {
  readonly url: string;
  readonly exportName: string;
}

/** @throws Error when the module cannot be imported or exports no such function */
export async function loadFunction(source: Source): Promise<DensityFunction> {
  const density = await loadExport(source, 'function');
  return density as DensityFunction;
}

/**
 * @param kind what it must be, as `typeof` has it; default anything that is there
 * @throws Error when the module cannot be imported or exports no such thing
 */
export async function loadExport({ url, exportName }: Source, kind?: 'function'): Promise<unknown> {
  const module = (await import(/* @vite-ignore */ /* webpackIgnore: true */ url)) as Record<string, unknown>;
  const found = module[exportName];
  if (kind === undefined ? found === undefined : typeof found !== kind) {
    const names = Object.keys(module).sort().join(', ') || 'nothing';
    throw new Error(`${url} exports no ${kind ?? 'value'} '${exportName}' (it exports ${names})`);
  }
  return found;
}
