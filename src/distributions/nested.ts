/** Distributions made of others: their parameters, under names that tell whose they are. */
import type { AnyDistribution, Parameter } from './distribution';

/** The parameters of `inner`, each named as `scale of normal`. */
export function parametersOf(inner: AnyDistribution, called = inner.name): Record<string, Parameter> {
  return Object.fromEntries(
    Object.entries(inner.parameters).map(([name, parameter]) => [`${name} of ${called}`, parameter]),
  );
}
