/** The way from a distribution that is easy to the posterior: log p_β = log reference + β (log posterior − log reference). */

import type { FullExports } from '../../backend/wasm/exports-full';
import { Instance } from '../../backend/wasm/instance';
import type { DensityFunction } from '../../target/target';
import { loadExport, loadFunction } from '../module-function';

/** Number of the procedure that gives the log likelihood. */
const LOG_LIKELIHOOD = 4;

/** A density that can be moved along the way, in an instance of its own. */
export interface Path {
  readonly instance: Instance<FullExports>;
  /** Moves the instance's density to another β; chains must be evaluated anew. */
  setWeight(beta: number): void;
  /** log posterior − log reference at a position: of a model the log likelihood. −∞ where it is not finite. */
  gain(position: Float64Array): number;
}

/** Where a density comes from that a module exports. */
interface Exported {
  readonly url: string;
  readonly exportName: string;
  readonly dimension: number;
}

/** The path of a model, from its prior: of a program whose likelihood has a weight. */
export function programPath(instance: Instance<FullExports>): Path {
  return {
    instance,
    setWeight: (beta) => instance.setSlot(0, [beta]),
    gain: (position) => orNothing(instance.value(LOG_LIKELIHOOD, position)),
  };
}

/**
 * The path of a density of one's own.
 *
 * @param module the full one
 * @param reference log density and gradient to start from; default constant
 */
export async function functionPath(
  module: WebAssembly.Module,
  dimension: number,
  end: DensityFunction,
  reference: DensityFunction = constant,
): Promise<Path & { readonly density: DensityFunction }> {
  let weight = 1;
  const slope = new Float64Array(dimension);
  const density: DensityFunction = (position, gradient) => {
    const start = reference(position, gradient);
    if (weight === 0) return start;
    const value = end(position, slope);
    for (let i = 0; i < dimension; i++) gradient[i] += weight * (slope[i] - gradient[i]);
    return start + weight * (value - start);
  };
  const instance = await Instance.create<FullExports>(module, { kind: 'function', dimension, density });
  const unread = new Float64Array(dimension);
  return {
    density,
    instance,
    setWeight: (beta) => {
      weight = beta;
    },
    gain: (position) => orNothing(end(position, unread) - reference(position, unread)),
  };
}

/**
 * The path of a density that a module exports, from a reference that the same module exports by this name.
 *
 * @throws Error when the module has no such exports
 */
export async function modulePath(
  module: WebAssembly.Module,
  source: Exported,
  reference: string | undefined,
): Promise<Path> {
  const end = await loadFunction(source);
  const start = reference === undefined ? undefined : await loadReference(source.url, reference);
  return functionPath(module, source.dimension, end, start);
}

/** A log density that a module exports, by itself or with draws beside it. */
async function loadReference(url: string, exportName: string): Promise<DensityFunction> {
  const exported = await loadExport({ url, exportName });
  const density = (exported as { density?: unknown } | undefined)?.density ?? exported;
  if (typeof density === 'function') return density as DensityFunction;
  throw new Error(`${url}: the reference '${exportName}' must be a log density, or have one as its density`);
}

const constant: DensityFunction = (_, gradient) => {
  gradient.fill(0);
  return 0;
};

function orNothing(value: number): number {
  return Number.isFinite(value) ? value : -Infinity;
}
