/** Particles of a model's prior, as unconstrained positions. */

import type { Instance } from '../backend/wasm';
import { ModelError, type Posterior } from '../model';
import { priorPredictive } from '../predictive';

/** Number of the procedure that takes constrained parameters to a position. */
const UNCONSTRAIN = 3;

/**
 * @returns positions, particle after particle
 * @throws ModelError, TypeError for a prior that cannot be drawn from
 */
export async function priorParticles(
  posterior: Posterior,
  instance: Instance,
  count: number,
  seed: number,
): Promise<Float64Array> {
  const { model, data, coords, replacedPrior } = posterior.origin;
  if (replacedPrior) {
    throw new ModelError('sequentialMonteCarlo: a prior of earlier draws (withPrior) cannot be drawn from');
  }
  const parameters = posterior.layout.quantities.filter(({ kind }) => kind === 'parameter');
  const names = parameters.map(({ name }) => name);
  const draws = await priorPredictive(model as never, data as never, { draws: count, seed, coords, names });
  const columns = parameters.flatMap(({ name, shape }) => {
    const { offset } = draws.layout.quantities.find((quantity) => quantity.name === name)!;
    const size = shape.reduce((product, length) => product * length, 1);
    return Array.from({ length: size }, (_, i) => draws.quantityDraws(offset + i)[0]);
  });
  const { dimension } = instance;
  const positions = new Float64Array(count * dimension);
  const constrained = new Float64Array(columns.length);
  for (let particle = 0; particle < count; particle++) {
    columns.forEach((column, i) => (constrained[i] = column[particle]));
    positions.set(instance.call(UNCONSTRAIN, constrained, dimension), particle * dimension);
  }
  return positions;
}
