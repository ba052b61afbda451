/** A posterior with another prior in place of its model's. */
import { special } from '../conjugate/engine';
import { logDeterminant } from '../conjugate/matrix';
import {
  concat,
  logSumExp,
  matmul,
  reshape,
  square,
  sub,
  sum,
  total,
  withGraph,
  type Expression,
} from '../expr';
import { requireContinuous } from '../inference/continuous';
import { solveLower } from '../matrix';
import { Posterior, type PosteriorTerm } from '../model';
import type { DrawnPrior } from './as-prior';

const HALF_LOG_TWO_PI = 0.9189385332046728;

/**
 * The posterior of the same data with what `asPrior` has made of earlier draws as its prior: p(θ | new) ∝
 * p(new | θ) q(θ). The model's own prior no longer counts.
 *
 * @param posterior of the new data alone
 * @throws RangeError when the parameters are not those of the prior
 */
export function withPrior<P extends Posterior>(posterior: P, prior: DrawnPrior): P {
  requireContinuous('withPrior', posterior);
  checkParameters(posterior, prior);
  const { graph, inputs, terms, quantities, layout, origin } = posterior;
  const kept = terms.filter(({ role }) => role !== 'prior');
  const value = withGraph(graph, () => {
    // The density of the parameters themselves, as priors are: that of the position less the Jacobians.
    const jacobians = terms.filter(({ role }) => role === 'jacobian').map((term) => term.value);
    return sub(logDensity(prior, inputs), jacobians.length === 0 ? 0 : total(jacobians));
  });
  const own: PosteriorTerm = { name: 'earlier draws', role: 'prior', value };
  return new Posterior({
    graph,
    inputs,
    discrete: [],
    terms: [own, ...kept],
    quantities,
    coords: layout.coords,
    inverse: () => posterior.inverse,
    origin: { ...origin, replacedPrior: true },
    recondition: (data, coords) => withPrior(posterior.recondition(data, coords), prior),
  }) as P;
}

/** log q of an unconstrained position, normalised. */
function logDensity(
  { mean, factor, centers, bandwidth }: DrawnPrior,
  inputs: readonly Expression[],
): Expression<0> {
  const { graph } = inputs[0];
  const size = mean.length;
  const components = centers.length / size;
  const { log } = special();
  const whitening = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    const unit = new Float64Array(size);
    unit[j] = 1 / bandwidth;
    solveLower(factor, unit).forEach((x, i) => (whitening[i * size + j] = x));
  }
  const offset = solveLower(factor, mean).map((x) => x / bandwidth);
  const position = concat(inputs.map((input) => reshape(input, [input.size])));
  const white = sub(matmul(graph.constant(whitening, [size, size]), position), graph.constant(offset));
  const constant =
    -size * (HALF_LOG_TWO_PI + log(bandwidth)) - logDeterminant(factor, size) / 2 - log(components);
  if (components === 1) return square(white).sum().mul(-0.5).add(constant) as Expression<0>;
  const scaled = centers.map((x) => x / bandwidth);
  const apart = sub(graph.constant(scaled, [components, size]), white);
  return logSumExp(sum(square(apart), 1).mul(-0.5)).add(constant) as Expression<0>;
}

function checkParameters({ inputs }: Posterior, { parameters }: DrawnPrior): void {
  const describe = (list: readonly { readonly name?: string; readonly size: number }[]): string =>
    list.map(({ name, size }) => `${name}[${size}]`).join(', ');
  const [found, expected] = [describe(inputs), describe(parameters)];
  if (found === expected) return;
  throw new RangeError(`withPrior: the prior is one of ${expected}, the posterior's parameters are ${found}`);
}
