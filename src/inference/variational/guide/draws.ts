/** Standard draws made of standard normal noise: what is drawn has derivatives by its parameters, or is a whole number. */

import type { ElementDraws, Variates } from '../../../distributions/variate';
import {
  add,
  div,
  exp,
  type Expression,
  expand,
  log,
  mul,
  neg,
  normalCdf,
  normalLogCdf,
  reshape,
  type Shape,
  slice,
  sub,
} from '../../../expr';
import type { Graph } from '../../../expr/graph';
import { wholeDraws } from '../discrete/whole-draws';

type Smooth = Pick<ElementDraws, 'normal' | 'logNormal' | 'uniform' | 'exponential' | 'logistic' | 'weibull'>;

/** Gathers the noise that a guide asks for: placeholders, of which one vector is made at the end. */
export class Noise {
  private readonly places: Expression[] = [];

  constructor(private readonly graph: Graph) {}

  /** One slot for all the noise, and its parts in place of the placeholders. */
  filled(): { slot: Expression; values: Map<Expression, Expression> } {
    const size = this.places.reduce((count, place) => count + place.size, 0);
    const slot = this.graph.slot('noise', new Float64Array(size), [size]);
    let offset = 0;
    const values = new Map(
      this.places.map((place) => {
        const part = reshape(slice(slot, offset, offset + place.size), place.shape) as Expression;
        offset += place.size;
        return [place, part];
      }),
    );
    return { slot, values };
  }

  /** Draws of values of this shape; of whole numbers only where `discrete`, as others would lose their derivatives. */
  of(owner: string, shape: Shape, discrete = false): Variates {
    const { graph } = this;
    const noise = (): Expression => {
      const place = graph.input(`noise ${this.places.length} of ${owner}`, shape);
      this.places.push(place);
      return place;
    };
    const over = (x: Parameters<typeof add>[0]): Expression => expand(x, shape) as Expression;
    // By inversion: Φ(ε) is uniform, and −log Φ(ε) a standard exponential draw.
    const smooth: Smooth = {
      normal: (location, scale) => add(over(location), mul(over(scale), noise())) as Expression,
      logNormal: (location, scale) => exp(add(over(location), mul(over(scale), noise()))) as Expression,
      uniform: (lower, upper) =>
        add(over(lower), mul(sub(over(upper), over(lower)), normalCdf(noise()))) as Expression,
      exponential: (rate) => div(neg(normalLogCdf(noise())), over(rate)) as Expression,
      logistic: (location, scale) => {
        const x = noise();
        return add(
          over(location),
          mul(over(scale), sub(normalLogCdf(x), normalLogCdf(neg(x)))),
        ) as Expression;
      },
      weibull: (form, scale) =>
        mul(over(scale), exp(div(log(neg(normalLogCdf(noise()))), over(form)))) as Expression,
    };
    const refuse = (kind: string) => (): never => {
      throw new TypeError(
        discrete
          ? `guide: '${owner}' cannot be drawn by inversion (${kind}); use bernoulli, binomial, categorical, ` +
              `discreteUniform, geometric, negativeBinomial or poisson`
          : `guide: draws of '${owner}' have no derivative by their parameters (${kind}); use a distribution made of ` +
              `normal, lognormal, uniform, exponential, logistic or Weibull draws`,
      );
    };
    const draws = {
      ...smooth,
      ...(discrete && wholeDraws(graph, shape, () => normalCdf(noise()) as Expression)),
      graph,
      shape,
      over: (other: Shape) => this.of(owner, other, discrete),
    };
    return new Proxy(draws as unknown as Variates, {
      get: (target, kind) => Reflect.get(target, kind) ?? refuse(String(kind)),
    });
  }
}
