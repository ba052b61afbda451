/**
 * Inverse autoregressive layers (Kingma et al. 2016): xᵢ ↦ mᵢ + xᵢ·exp(sᵢ), where m and s of one element depend on the
 * elements before it, through a masked network of one hidden layer (Germain et al. 2015).
 */

import { exp, type Expression, slice, sum, tanh } from '../../../expr';
import type { Graph } from '../../../expr/graph';
import { scan } from '../../../expr/scan/scan';
import type { ParameterList } from '../parameters';
import type { Layer } from './layer';
import { network } from './network';

/** Bound of log scales, so that no step of the optimiser makes a draw overflow. */
const STEEPEST = 3;

/**
 * @param reversed whether an element depends on those behind it instead
 */
export function autoregressiveLayer(
  graph: Graph,
  parameters: ParameterList,
  name: string,
  { size, hidden, reversed }: { size: number; hidden: number; reversed: boolean },
): Layer {
  const order = (i: number): number => (reversed ? size - i : i + 1);
  // Hidden units may see elements of order up to their degree, which runs through 1, …, size − 1.
  const degree = (unit: number): number => 1 + (unit % Math.max(1, size - 1));
  const mask = (
    rows: number,
    columns: number,
    allowed: (row: number, column: number) => boolean,
  ): Expression =>
    graph.constant(
      Float64Array.from({ length: rows * columns }, (_, at) =>
        allowed(Math.floor(at / columns), at % columns) ? 1 : 0,
      ),
      [rows, columns],
    );
  const enter = mask(hidden, size, (unit, i) => order(i) <= degree(unit));
  const leave = mask(2 * size, hidden, (row, unit) => degree(unit) < order(row % size));
  const shape = { inputs: size, hidden, outputs: 2 * size, masks: [enter, leave] as const };
  const net = network(parameters, name, shape);
  const coefficients = (x: Expression): { shift: Expression; logScale: Expression } => {
    const out = net(x);
    return {
      shift: slice(out, 0, size),
      logScale: tanh(slice(out, size, 2 * size).mul(1 / STEEPEST)).mul(STEEPEST),
    };
  };
  return {
    forward: (x) => {
      const { shift, logScale } = coefficients(x);
      return { value: shift.add(x.mul(exp(logScale))), logDeterminant: sum(logScale) };
    },
    backward: (y) => {
      // Each round makes one more element right, in the order in which they depend on one another.
      const { state } = scan({ initial: { x: graph.filled(0, [size]) }, length: size }, ({ x }) => {
        const { shift, logScale } = coefficients(x);
        return { state: { x: y.sub(shift).div(exp(logScale)) } };
      });
      return { value: state.x, logDeterminant: sum(coefficients(state.x).logScale) };
    },
  };
}
