/** Guides: approximations that users write with the distributions of models. */

import type { AnyDistribution } from '../../../distributions/distribution';
import {
  concat,
  describeShape,
  exp,
  type Expression,
  reshape,
  type Shape,
  slice,
  square,
  sum,
  total,
  withGraph,
} from '../../../expr';
import { substitute } from '../../../expr/substitute';
import { didYouMean } from '../../../model/nearest';
import type { Posterior } from '../../../model';
import type { Ranks } from '../../posterior';
import type { Transformation } from '../objective';
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

const HALF_LOG_TAU = 0.9189385332046728;

/**
 * The guide as a transformation of noise to the unconstrained space.
 *
 * @throws RangeError where it draws something else than each parameter once; TypeError for a distribution without
 * derivatives of its draws
 */
export function guideTransformation(posterior: Posterior, guide: Guide): Transformation {
  const { graph, inverse } = posterior;
  return withGraph(graph, () => {
    const wanted = posterior.quantities.filter(({ kind }) => kind === 'parameter');
    const parameters = new ParameterList(graph);
    const noise = new Noise(graph);
    const drawn = new Map<string, Expression>();
    const logDensities: Expression[] = [];
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
        const value = distribution.variate(noise.of(name, shape));
        drawn.set(name, value);
        logDensities.push(distribution.logDensitySum(value, { inside: true }));
        return value;
      },
    });
    const missing = wanted.filter(({ name }) => !drawn.has(name)).map(({ name }) => `'${name}'`);
    if (missing.length > 0)
      throw new RangeError(`guide: it must draw every parameter; it does not draw ${missing.join(', ')}`);

    // From the model's scale to the unconstrained one, and what that costs: log |dx/du|.
    const values = new Map(inverse.inputs.map((input, i) => [input, drawn.get(wanted[i].name)!]));
    const segments = substitute(inverse.outputs, values);
    const jacobians = posterior.terms.flatMap(({ role, value, placed }) => {
      if (role === 'jacobian') return [value as Expression];
      return placed === undefined ? [] : [value.sub(placed()) as Expression];
    });
    const onto = new Map(
      posterior.inputs.map((input, i) => [input, reshape(segments[i], input.shape) as Expression]),
    );
    const logJacobian = jacobians.length === 0 ? [] : [total(substitute(jacobians, onto))];

    const position = concat(segments.map((segment) => reshape(segment, [segment.size])));
    const size = noise.places.reduce((count, place) => count + place.size, 0);
    const slot = graph.slot('noise', new Float64Array(size), [size]);
    let offset = 0;
    const filled = new Map(
      noise.places.map((place) => {
        const part = reshape(slice(slot, offset, offset + place.size), place.shape) as Expression;
        offset += place.size;
        return [place, part];
      }),
    );
    // The density of a draw is that of its noise over this determinant.
    const logNoise = sum(square(slot))
      .mul(-0.5)
      .sub(size * HALF_LOG_TAU);
    const [place, logDensity] = substitute([position, total([...logDensities, ...logJacobian])], filled);
    return { parameters, noise: slot, position: place, logDeterminant: logNoise.sub(logDensity) };
  });
}
