/** Laplace priors as penalties: where a log posterior has kinks, and how steep they are. */

import { div, expand, withGraph } from '../../expr';
import type { Posterior, PosteriorTerm } from '../../model/posterior';
import { isKnown } from '../../model/known';
import { constantValues } from '../constant-values';
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
    const { start } = stretches[k];
    const { location, scale } = distribution!.parameters;
    const outputs = withGraph(graph, () => {
      const shape = posterior.inputs[k].shape;
      return [expand(div(1, scale.value), shape), expand(graph.expression(location.value), shape)];
    });
    const [weights, centres] = await constantValues(outputs);
    penalties.weights.set(weights, start);
    penalties.centres.set(centres, start);
  }
  return penalties;
}
