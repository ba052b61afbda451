/** A term of counts and shared parameters: counts that are data repeat, and each value needs computing once only. */
import { broadcastShapes, dot, sameShape, type Expression, type Operand } from '../expr';
import type { Term } from './distribution';

/**
 * The term f(y) of a log density, f elementwise in y with numbers that all elements share. Where y is data, its sum is
 * Σ nᵥ·f(v) over the distinct values v of y, which come nᵥ times.
 *
 * @param shared what f takes besides y
 * @param others the other parameters of the distribution: where they repeat y, the sum is left to broadcasting
 */
export function perValue(
  y: Expression,
  f: (y: Expression) => Expression,
  shared: Operand,
  others: Operand,
): Term {
  const { graph, values } = y;
  if (values === undefined || graph.expression(shared).size > 1 || !fills(y, others)) return f(y);
  const sum = (): Expression<0> => {
    const counts = new Map<number, number>();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    return dot(graph.constant([...counts.values()]), f(graph.constant([...counts.keys()])));
  };
  return { sum, elementwise: () => f(y) };
}

/** Whether y has the shape of all observations, none repeated by broadcasting against a parameter. */
export function fills(y: Expression, parameter: Operand): boolean {
  const { shape } = y.graph.expression(parameter);
  return sameShape(broadcastShapes('sum', [y.shape, shape]), y.shape);
}
