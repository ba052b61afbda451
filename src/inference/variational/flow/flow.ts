/**
 * A normalizing flow: standard normal noise through layers of splines and autoregressions that start as the identity,
 * then through the best Gaussian's location and triangular factor.
 */

import { type Expression, matmul, total, triangularSolve, withGraph } from '../../../expr';
import type { Posterior } from '../../../model';
import type { Transformation } from '../objective';
import { logNoise } from '../noise';
import { ParameterList } from '../parameters';
import { autoregressiveLayer } from './autoregressive';
import type { Flowed, Layer } from './layer';
import { splineLayer } from './spline';

export interface FlowSettings {
  /** Layers in the order in which noise passes them. */
  readonly layers: readonly LayerKind[];
  /** Units of each layer's network. */
  readonly hidden: number;
}

export type LayerKind = 'spline' | 'autoregressive';

/** Where the flow starts: a Gaussian. */
export interface Base {
  readonly location: Float64Array;
  /** Lower triangle, row-major: dimension² values. */
  readonly factor: Float64Array;
}

/** The flow over a posterior's unconstrained space. Layers of one kind take turns: halves, or orders. */
export function flowTransformation(posterior: Posterior, base: Base, settings: FlowSettings): Transformation {
  const { graph, dimension: size } = posterior;
  return withGraph(graph, () => {
    const parameters = new ParameterList(graph);
    const noise = graph.slot('noise', new Float64Array(size), [size]);
    const middle = Math.floor(size / 2);
    const made = { spline: 0, autoregressive: 0 };
    const layers = settings.layers.map((kind, number): Layer => {
      const even = made[kind]++ % 2 === 0;
      const { hidden } = settings;
      const name = `layer ${number}`;
      return kind === 'autoregressive'
        ? autoregressiveLayer(graph, parameters, name, { size, hidden, reversed: !even })
        : splineLayer(graph, parameters, name, {
            size,
            hidden,
            from: even ? middle : 0,
            to: even || middle === 0 ? size : middle,
          });
    });
    const location = graph.constant(base.location);
    const factor = graph.constant(base.factor, [size, size]);
    const ofBase = logDiagonal(posterior, base.factor);
    const forward = through(layers, 'forward', noise);
    return {
      parameters,
      noise,
      position: matmul(factor, forward.value).add(location),
      // The triangle's own determinant is constant, but part of the bound.
      logDeterminant: forward.logDeterminant.add(ofBase) as Expression,
      logDensity: (position) => {
        const whitened = triangularSolve(factor, position.sub(location));
        const { value, logDeterminant } = through([...layers].reverse(), 'backward', whitened);
        return logNoise(value).sub(logDeterminant).sub(ofBase) as Expression;
      },
    };
  });
}

/** Layer after layer, in the order given. */
function through(layers: readonly Layer[], way: keyof Layer, from: Expression): Flowed {
  let value = from;
  const logDeterminants = layers.map((layer) => {
    const flowed = layer[way](value);
    value = flowed.value;
    return flowed.logDeterminant;
  });
  return { value, logDeterminant: total(logDeterminants) };
}

function logDiagonal({ graph, dimension }: Posterior, factor: Float64Array): Expression {
  const diagonal = Float64Array.from({ length: dimension }, (_, i) => factor[i * dimension + i]);
  return graph.functions.sum(graph.functions.log(graph.constant(diagonal)));
}
