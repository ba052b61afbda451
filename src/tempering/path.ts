/** The way from the prior, or a reference, to a posterior, loaded in the calling thread. */

import { fullInstance, loadFullModule } from '../backend/wasm';
import { loadExport, loadFunction } from '../inference/module-function';
import { type Samplable, targetOf } from '../inference/posterior';
import { functionPath, modulePath, type Path, programPath } from '../inference/tempered/path';
import type { DensityFunction, ModuleTarget, ProgramTarget, Target } from '../target/target';

/** A conditioned model: its reference is the prior. */
interface Modelled {
  readonly temperedTarget: ProgramTarget;
  readonly valueTarget: ProgramTarget;
}

export interface LoadedPath extends Path {
  /** What chains along the path are started on: β = 1 at first. */
  readonly target: Target;
}

/**
 * The path of a posterior.
 *
 * @param differentiated whether gradients are needed
 * @param reference for a density of one's own: log density (and gradient) to start from, or the name by which the density's
 *   module exports it; default constant
 * @throws TypeError for a model with a reference of its own, and for a name without a module
 */
export async function pathOf(
  method: string,
  posterior: Samplable,
  differentiated: boolean,
  reference?: DensityFunction | string,
): Promise<LoadedPath> {
  if (isModelled(posterior)) {
    if (reference !== undefined) throw new TypeError(`${method}: a model's reference is its prior`);
    const target = differentiated ? posterior.temperedTarget : posterior.valueTarget;
    return { target, ...programPath(await fullInstance(target)) };
  }
  const target = targetOf(posterior) as Exclude<Target, ProgramTarget>;
  const module = await loadFullModule();
  if (typeof reference !== 'string' && (target.kind === 'function' || reference !== undefined)) {
    // A reference of this thread keeps a module's density here too.
    const end = target.kind === 'function' ? target.density : await loadFunction(target);
    const { density, ...path } = await functionPath(module, target.dimension, end, reference);
    const { dimension, layout } = target;
    return { ...path, target: { kind: 'function', dimension, layout, density } };
  }
  const source = requireModule(method, target);
  return { target: source, ...(await modulePath(module, source, reference)) };
}

/** A value that the module of a density exports. */
export async function exportedBeside(method: string, posterior: Samplable, name: string): Promise<unknown> {
  const { url } = requireModule(method, targetOf(posterior));
  return loadExport({ url, exportName: name });
}

function requireModule(method: string, target: Target): ModuleTarget {
  if (target.kind === 'module') return target;
  throw new TypeError(`${method}: only a fromModule density has a reference that is given by its name`);
}

export function isModelled(posterior: object): posterior is Modelled {
  return 'temperedTarget' in posterior;
}
