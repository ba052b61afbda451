/** A draw of a parameter from its prior, given those before it. */
import type { Expression } from '../expr';
import type { Dimensions } from '../model/dimensions';
import { ModelError } from '../model/error';
import { resolveDistribution, shapeOfParameter } from '../model/parameter';
import { titleOf, type ParameterStep, type TermStep } from '../model/step';
import type { Leaves } from './leaves';

/**
 * @throws ModelError for a prior that a constraint cuts off
 * @throws TypeError for a distribution that cannot be drawn from, such as `flat()`
 */
export function drawnFromPrior(
  step: ParameterStep,
  scope: Record<string, Expression>,
  leaves: Leaves,
  dimensions: Dimensions,
): Expression {
  if (step.constraint !== undefined) {
    throw new ModelError('a prior that a constraint cuts off cannot be drawn from');
  }
  const distribution = resolveDistribution(step.distribution, scope);
  const shape = shapeOfParameter(step, distribution, dimensions);
  return distribution.variate(leaves.of(titleOf(step), shape));
}

/** @throws ModelError for a term that makes the prior more than its parameters' distributions */
export function requireNoPriorTerm({ role }: TermStep): void {
  if (role === 'prior') throw new ModelError('a prior with such a term cannot be drawn from');
}
