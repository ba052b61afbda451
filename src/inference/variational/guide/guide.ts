/** Guides: approximations that users write with the distributions of models. */

import type { AnyDistribution } from '../../../distributions/distribution';
import { describeShape, exp, type Expression, type Shape, withGraph } from '../../../expr';
import { didYouMean } from '../../../model/nearest';
import type { Posterior } from '../../../model';
import type { Ranks } from '../../posterior';
import type { Transformation } from '../objective';
import { ParameterList } from '../parameters';
import { composed, type Drawn, drawOf, onModelScale } from './composition';
import { Noise } from './draws';

/** What a guide is written with. `N`: names of the model's parameters. */
export interface GuideScope<N extends string = string> {
  /** A variational parameter on the real line, a scalar unless a shape is given; it starts at `initial`, default 0. */
  real(name: string, initial?: number, shape?: Shape): Expression;
  /** A variational parameter above 0; it starts at `initial`, default 1. */
  positive(name: string, initial?: number, shape?: Shape): Expression;
  /**
   * Draws a parameter of the model, on the model's own scale, from a distribution with its support: a discrete parameter
   * from a discrete distribution. Later distributions may depend on the value. Every parameter of the model is drawn once.
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
    const isWhole = new Set(posterior.discrete.map(({ name }) => name));
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
        if (distribution.discrete !== isWhole.has(name)) {
          const [own, given] = isWhole.has(name) ? ['discrete', 'continuous'] : ['continuous', 'discrete'];
          throw new TypeError(
            `guide: '${name}' is ${own}, and ${distribution.name} is a ${given} distribution`,
          );
        }
        const { shape } = parameter.value;
        const own = distribution.shapeWith(shape);
        if (own.length !== shape.length || own.some((length, axis) => length !== shape[axis])) {
          throw new RangeError(
            `guide: '${name}' has shape ${describeShape(shape)}, its distribution ${describeShape(own)}`,
          );
        }
        const place = graph.input(name, shape);
        drawn.set(name, drawOf(name, place, distribution, noise));
        return place;
      },
    });
    const missing = wanted.filter(({ name }) => !drawn.has(name)).map(({ name }) => `'${name}'`);
    if (missing.length > 0)
      throw new RangeError(`guide: it must draw every parameter; it does not draw ${missing.join(', ')}`);

    return composed(posterior, parameters, noise, [...drawn.values()], onModelScale(posterior));
  });
}
