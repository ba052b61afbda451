/** Guides: approximations that users write with the distributions of models. */

import type { AnyDistribution } from '../../../distributions/distribution';
import {
  concat,
  describeShape,
  exp,
  type Expression,
  gradient,
  reshape,
  type Shape,
  total,
  withGraph,
} from '../../../expr';
import { substitute } from '../../../expr/substitute';
import { didYouMean } from '../../../model/nearest';
import type { Posterior } from '../../../model';
import type { Ranks } from '../../posterior';
import { logNoise } from '../noise';
import { segmentsOf, type Transformation } from '../objective';
import { ParameterList } from '../parameters';
import { Noise } from './draws';

/** What a guide is written with. `N`: names of the model's parameters. */
export interface GuideScope<N extends string = string> {
  /** A variational parameter on the real line, a scalar unless a shape is given; it starts at `initial`, default 0. */
  real(name: string, initial?: number, shape?: Shape): Expression;
  /** A variational parameter above 0; it starts at `initial`, default 1. */
  positive(name: string, initial?: number, shape?: Shape): Expression;
  /**
   * Draws a parameter of the model, on the model's own scale, from a distribution with its support. Later distributions
   * may depend on the value. Every parameter of the model is drawn once.
   */
  draw(name: N, distribution: AnyDistribution): Expression;
}

/** Draws every parameter of a model. */
export type Guide<R extends Ranks = Ranks> = (scope: GuideScope<keyof R & string>) => void;

/**
 * The guide as a transformation of noise to the unconstrained space.
 *
 * @throws RangeError where it draws something else than each parameter once; TypeError for a distribution without
 * derivatives of its draws
 */
export function guideTransformation(posterior: Posterior, guide: Guide): Transformation {
  const { graph } = posterior;
  return withGraph(graph, () => {
    const wanted = posterior.quantities.filter(({ kind }) => kind === 'parameter');
    const parameters = new ParameterList(graph);
    const noise = new Noise(graph);
    const drawn = new Map<string, Drawn>();
    guide({
      real: (name, initial = 0, shape = []) => parameters.filled(name, shape, initial),
      positive: (name, initial = 1, shape = []) => {
        if (!(initial > 0)) throw new RangeError(`guide: '${name}' must start above 0, got ${initial}`);
        return exp(parameters.filled(name, shape)).mul(initial) as Expression;
      },
      draw: (name, distribution) => {
        const parameter = wanted.find((candidate) => candidate.name === name);
        if (parameter === undefined) {
          const names = wanted.map((candidate) => candidate.name);
          throw new RangeError(`guide: there is no parameter '${name}'${didYouMean(name, names)}`);
        }
        if (drawn.has(name)) throw new RangeError(`guide: '${name}' is drawn twice`);
        const { shape } = parameter.value;
        const own = distribution.shapeWith(shape);
        if (own.length !== shape.length || own.some((length, axis) => length !== shape[axis])) {
          throw new RangeError(
            `guide: '${name}' has shape ${describeShape(shape)}, its distribution ${describeShape(own)}`,
          );
        }
        const place = graph.input(name, shape);
        drawn.set(name, {
          name,
          place,
          value: distribution.variate(noise.of(name, shape)),
          logDensity: distribution.logDensitySum(place, { inside: true }),
          anywhere: distribution.logDensitySum(place),
        });
        return place;
      },
    });
    const missing = wanted.filter(({ name }) => !drawn.has(name)).map(({ name }) => `'${name}'`);
    if (missing.length > 0)
      throw new RangeError(`guide: it must draw every parameter; it does not draw ${missing.join(', ')}`);

    return composed(posterior, parameters, noise, [...drawn.values()]);
  });
}

/** What a guide draws of one parameter of the model, on the model's own scale. */
interface Drawn {
  readonly name: string;
  /** Stands for the value, in the densities and in later draws. */
  readonly place: Expression;
  /** The value, of noise and of places before. */
  readonly value: Expression;
  /** Log density at the place, if that is known to lie in the support, and in any case. */
  readonly logDensity: Expression;
  readonly anywhere: Expression;
}

/** @param drawn every parameter, in the order of the draws */
function composed(
  posterior: Posterior,
  parameters: ParameterList,
  noise: Noise,
  drawn: readonly Drawn[],
): Transformation {
  const { graph, inverse } = posterior;
  const wanted = posterior.quantities.filter(({ kind }) => kind === 'parameter');
  const placeOf = new Map(drawn.map(({ name, place }) => [name, place]));
  const places = wanted.map(({ name }) => placeOf.get(name)!);
  const logDensities = total(drawn.map(({ logDensity }) => logDensity));

  // From the model's scale to the unconstrained one, and what that costs: log |dx/du|.
  const segments = substitute(inverse.outputs, new Map(inverse.inputs.map((input, i) => [input, places[i]])));
  const jacobians = posterior.terms.flatMap(({ role, value, placed }) => {
    if (role === 'jacobian') return [value as Expression];
    return placed === undefined ? [] : [value.sub(placed()) as Expression];
  });
  const logJacobian = jacobians.length === 0 ? graph.scalar(0) : total(jacobians);
  const onto = new Map(
    posterior.inputs.map((input, i) => [input, reshape(segments[i], input.shape) as Expression]),
  );
  const position = concat(segments.map((segment) => reshape(segment, [segment.size])));

  const { slot, values } = noise.filled();
  for (const { place, value } of drawn) values.set(place, substitute([value], values)[0]);
  const [at, logDensity] = substitute(
    [position, logDensities.add(substitute([logJacobian], onto)[0]) as Expression],
    values,
  );
  return {
    parameters,
    noise: slot,
    position: at,
    // The density of a draw is that of its noise over this determinant.
    logDeterminant: logNoise(slot).sub(logDensity) as Expression,
    logDensity: (position) => {
      const unconstrained = segmentsOf(posterior, position);
      const constrained = substitute(
        wanted.map(({ value }) => value),
        unconstrained,
      );
      const [density, jacobian] = [
        substitute(
          [total(drawn.map(({ anywhere }) => anywhere))],
          new Map(places.map((place, i) => [place, constrained[i]])),
        )[0],
        substitute([logJacobian], unconstrained)[0],
      ];
      return density.add(jacobian) as Expression;
    },
    score: () => substitute(gradient(logDensities, parameters.inputs), values),
  };
}
