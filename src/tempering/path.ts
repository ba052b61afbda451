/** The way from a distribution that is easy to the posterior: log p_β = log reference + β (log posterior − log reference). */

import { fullInstance, type FullExports, type Instance } from '../backend/wasm';
import { type Samplable, targetOf } from '../inference/posterior';
import type { DensityFunction, ProgramTarget, Target } from '../target/target';

/** A conditioned model: its reference is the prior. */
interface Modelled {
  readonly temperedTarget: ProgramTarget;
  readonly valueTarget: ProgramTarget;
}

/** Number of the procedure that gives the log likelihood. */
const LOG_LIKELIHOOD = 4;

export interface Path {
  /** What chains along the path are started on: β = 1 at first. */
  readonly target: Target;
  readonly instance: Instance<FullExports>;
  /** Moves the instance's density to another β; chains must be evaluated anew. */
  setWeight(beta: number): void;
  /** log posterior − log reference at a position: of a model the log likelihood. −∞ where it is not finite. */
  gain(position: Float64Array): number;
}

/**
 * The path of a posterior.
 *
 * @param differentiated whether gradients are needed
 * @param reference for a density of one's own: log density (and gradient) to start from; default constant
 * @throws TypeError for a density that another module exports, and for a model with a reference of its own
 */
export async function pathOf(
  method: string,
  posterior: Samplable,
  differentiated: boolean,
  reference?: DensityFunction,
): Promise<Path> {
  if (isModelled(posterior)) {
    if (reference !== undefined) throw new TypeError(`${method}: a model's reference is its prior`);
    const target = differentiated ? posterior.temperedTarget : posterior.valueTarget;
    const instance = await fullInstance(target);
    return {
      target,
      instance,
      setWeight: (beta) => instance.setSlot(0, [beta]),
      gain: (position) => orNothing(instance.value(LOG_LIKELIHOOD, position)),
    };
  }
  const target = targetOf(posterior);
  if (target.kind !== 'function') {
    throw new TypeError(`${method}: needs a conditioned model or a density made by fromFunction`);
  }
  return functionPath(target.dimension, target, reference);
}

async function functionPath(
  dimension: number,
  target: Target & { readonly kind: 'function' },
  reference: DensityFunction = constant,
): Promise<Path> {
  let weight = 1;
  const slope = new Float64Array(dimension);
  const density: DensityFunction = (position, gradient) => {
    const start = reference(position, gradient);
    if (weight === 0) return start;
    const end = target.density(position, slope);
    for (let i = 0; i < dimension; i++) gradient[i] += weight * (slope[i] - gradient[i]);
    return start + weight * (end - start);
  };
  const instance = await fullInstance({ kind: 'function', dimension, density });
  const unread = new Float64Array(dimension);
  return {
    target: { ...target, density },
    instance,
    setWeight: (beta) => {
      weight = beta;
    },
    gain: (position) => orNothing(target.density(position, unread) - reference(position, unread)),
  };
}

const constant: DensityFunction = (_, gradient) => {
  gradient.fill(0);
  return 0;
};

function orNothing(value: number): number {
  return Number.isFinite(value) ? value : -Infinity;
}

export function isModelled(posterior: object): posterior is Modelled {
  return 'temperedTarget' in posterior;
}
