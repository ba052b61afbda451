/** Loads a TypeScript or JavaScript module and takes the model, or the conditioned posterior, that it exports. */

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, extname, resolve } from 'node:path';
import type * as jitiModule from 'jiti';
import * as credence from '../index';
import type { Samplable } from '../inference';
import { readJsonObject } from './json-file';

/** What a module's default export may be. */
export type Loaded =
  | { readonly kind: 'model'; condition(data: Record<string, unknown>): Samplable }
  | { readonly kind: 'posterior'; readonly posterior: Samplable };

/** A module's name without folder and extension. */
export function modelName(path: string): string {
  return basename(path, extname(path));
}

/**
 * The default export of a module. The module may import 'credence' wherever it lies: it gets this very package.
 *
 * @throws Error naming the file, when it is missing, fails to load, or exports something else
 */
export async function loadModel(path: string): Promise<Loaded> {
  const absolute = resolve(path);
  if (!existsSync(absolute)) throw new Error(`there is no file '${path}'`);
  // Required, not imported: Node would read the whole of it for the names that it exports.
  const { createJiti } = createRequire(import.meta.url)('jiti') as typeof jitiModule;
  const jiti = createJiti(import.meta.url, { virtualModules: { credence }, interopDefault: false });
  let exported: unknown;
  try {
    exported = await ((await jiti.import(absolute)) as { default?: unknown }).default;
  } catch (error) {
    throw new Error(`${path} cannot be loaded: ${(error as Error)?.message ?? String(error)}`, {
      cause: error,
    });
  }
  return recognise(path, exported);
}

/**
 * The posterior that a module exports, or that its model becomes with the data of a file.
 *
 * @throws Error naming the file that is missing, does not load, or brings data to a posterior that has its own
 */
export async function loadPosterior(path: string, dataFile: string | undefined): Promise<Samplable> {
  const loaded = await loadModel(path);
  if (loaded.kind === 'posterior') {
    if (dataFile !== undefined) {
      throw new Error(
        `${path} exports a posterior that already has its data: leave --data out, or export the model`,
      );
    }
    return loaded.posterior;
  }
  return loaded.condition(dataFile === undefined ? {} : readJsonObject(dataFile));
}

function recognise(path: string, exported: unknown): Loaded {
  if (typeof exported === 'object' && exported !== null) {
    if ('target' in exported) return { kind: 'posterior', posterior: exported as Samplable };
    if ('condition' in exported && typeof exported.condition === 'function') {
      const model = exported as { condition(data: Record<string, unknown>): Samplable };
      return { kind: 'model', condition: (data) => model.condition(data) };
    }
  }
  throw new Error(
    `${path}: expected a model or a conditioned posterior as the default export, found ${kindOf(exported)}`,
  );
}

function kindOf(value: unknown): string {
  if (value === undefined) return "none (write 'export default …')";
  if (value === null) return 'null';
  if (typeof value !== 'object') return `a ${typeof value}`;
  return Array.isArray(value) ? 'an array' : 'another kind of object';
}
