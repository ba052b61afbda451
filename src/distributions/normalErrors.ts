/** Series with normal errors about what their past predicts. */
import { div, expand, log, mul, reshape, type Expression, type Operand } from '../expr';
import { gaussianOperation } from '../expr/operations/fused';
import { HALF_LOG_TWO_PI } from './constants';
import type { Distribution, Term } from './distribution';
import { alongEvent, sumTrailing } from './event';
import { fused } from './fused';

/** Σ over time of the log densities of normal(predicted, scale) at x, as terms; a scale for each series. */
export function normalErrors(x: Expression, predicted: Expression, scale: Operand): Term[] {
  const deviation = x.graph.expression(scale);
  const kernel = fused(gaussianOperation, x, predicted, div(1, alongEvent(deviation)));
  const length = x.shape.at(-1)!;
  return [
    { sum: kernel.sum, elementwise: () => sumTrailing(expand(kernel.elementwise(), x.shape), 1) },
    mul(-length, log(deviation)),
    -length * HALF_LOG_TWO_PI,
  ];
}

/** Σ of the log densities of the first values [..., p] of each series. */
export function startingTerm(initial: Distribution, first: Expression): Expression {
  const one = first.shape.at(-1) === 1 ? reshape(first, first.shape.slice(0, -1)) : undefined;
  return one === undefined ? sumTrailing(initial.logDensity(first), 1) : initial.logDensity(one);
}

/** Number of values in each series; throws for one that is too short. */
export function seriesLength(distribution: string, x: Expression, least: number): number {
  const length = x.shape.at(-1)!;
  if (length >= least) return length;
  throw new RangeError(`${distribution}: a series must have at least ${least} values, got ${length}`);
}
