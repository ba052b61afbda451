/** Laplace priors as penalties: where a log posterior has kinks, and how steep they are. */

import { fullInstance } from '../../backend/wasm';
import { compileProgram } from '../../compile';
import { div, expand, withGraph } from '../../expr';
import type { Posterior, PosteriorTerm } from '../../model/posterior';
import { isKnown } from '../../model/known';
import type { Penalties } from './newton';
import { stretchesOf } from './coordinates';

/** Priors `laplace(location, scale)` of known location and scale, of parameters without bounds. */
export function laplacePriors(posterior: Posterior): PosteriorTerm[] {
  const real = new Set(
    stretchesOf(posterior)
      .filter(({ isReal }) => isReal)
      .map(({ name }) => name),
  );
  return posterior.terms.filter(({ name, role, distribution }) => {
    if (role !== 'prior' || distribution?.name !== 'laplace' || !real.has(name)) return false;
    const { location, scale } = distribution.parameters;
    return isKnown(location.value) && isKnown(scale.value);
  });
}

/** λ = 1/scale and the location of each coordinate. */
export async function penaltiesOf(posterior: Posterior, terms: readonly PosteriorTerm[]): Promise<Penalties> {
  const { dimension, graph } = posterior;
  const penalties = { weights: new Float64Array(dimension), centres: new Float64Array(dimension) };
  const stretches = stretchesOf(posterior);
  for (const { name, distribution } of terms) {
    const k = stretches.findIndex((stretch) => stretch.name === name);
    const { start, size } = stretches[k];
    const { location, scale } = distribution!.parameters;
    const outputs = withGraph(graph, () => {
      const shape = posterior.inputs[k].shape;
      return [expand(div(1, scale.value), shape), expand(graph.expression(location.value), shape)];
    });
    // By the module's arithmetic, so that the same mode comes out everywhere.
    const program = compileProgram({ quantities: { inputs: [], outputs } });
    const instance = await fullInstance({ kind: 'program', dimension: 0, program });
    const values = instance.call(QUANTITIES, new Float64Array(0), 2 * size);
    penalties.weights.set(values.subarray(0, size), start);
    penalties.centres.set(values.subarray(size), start);
  }
  return penalties;
}

const QUANTITIES = 1;
