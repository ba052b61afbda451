/**
 * A normalizing flow: standard normal noise through layers of splines and autoregressions that start as the identity,
 * then through the best Gaussian's location and triangular factor.
 */

import { type Expression, matmul, total, withGraph } from '../../../expr';
import type { Posterior } from '../../../model';
import type { Transformation } from '../objective';
import { ParameterList } from '../parameters';
import { autoregressiveLayer } from './autoregressive';
import type { Layer } from './layer';
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
    let value: Expression = noise;
    const logDeterminants: Expression[] = [];
    settings.layers.forEach((kind, number) => {
      const even = made[kind]++ % 2 === 0;
      const { hidden } = settings;
      const name = `layer ${number}`;
      const layer: Layer =
        kind === 'autoregressive'
          ? autoregressiveLayer(graph, parameters, name, { size, hidden, reversed: !even })
          : splineLayer(graph, parameters, name, {
              size,
              hidden,
              from: even ? middle : 0,
              to: even || middle === 0 ? size : middle,
            });
      const flowed = layer(value);
      value = flowed.value;
      logDeterminants.push(flowed.logDeterminant);
    });
    const location = graph.constant(base.location);
    const factor = graph.constant(base.factor, [size, size]);
    return {
      parameters,
      noise,
      position: matmul(factor, value).add(location),
      // The triangle's own determinant is constant, but part of the bound.
      logDeterminant: total([...logDeterminants, ...logDiagonal(posterior, base.factor)]),
    };
  });
}

function logDiagonal({ graph, dimension }: Posterior, factor: Float64Array): Expression[] {
  const diagonal = Float64Array.from({ length: dimension }, (_, i) => factor[i * dimension + i]);
  return [graph.functions.sum(graph.functions.log(graph.constant(diagonal)))];
}
