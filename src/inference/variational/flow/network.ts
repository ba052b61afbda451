/** The networks of a flow's layers: one hidden layer, whose output starts as zeros. */

import { type Expression, tanh } from '../../../expr';
import type { ParameterList } from '../parameters';

export interface NetworkShape {
  readonly inputs: number;
  readonly hidden: number;
  readonly outputs: number;
  /** Ones and zeros [hidden, inputs] and [outputs, hidden]: what may depend on what. */
  readonly masks?: readonly [Expression, Expression];
}

/** Bound of the hidden units' first biases: with none, they would all be odd functions, and even ones out of reach. */
const BIAS = 2;

export function network(
  parameters: ParameterList,
  name: string,
  { inputs, hidden, outputs, masks }: NetworkShape,
): (x: Expression) => Expression {
  const first = parameters.scattered(`${name}.first`, [hidden, inputs], 1 / Math.sqrt(inputs));
  const firstBias = parameters.scattered(`${name}.firstBias`, [hidden], BIAS);
  const second = parameters.filled(`${name}.second`, [outputs, hidden]);
  const secondBias = parameters.filled(`${name}.secondBias`, [outputs]);
  const enter = masks ? first.mul(masks[0]) : first;
  const leave = masks ? second.mul(masks[1]) : second;
  return (x) => leave.matmul(tanh(enter.matmul(x).add(firstBias))).add(secondBias);
}
