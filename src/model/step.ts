/** The steps of a model, as inert records in the order in which they were written. */
import type { AnyDistribution } from '../distributions/distribution';
import type { Expression, Operand } from '../expr';
import type { Transform } from '../transforms';
import type { Dimension } from './declaration';

/** A callback over the names so far. */
export type Callback<T> = (scope: Record<string, Expression>) => T;

export interface ParameterStep {
  readonly kind: 'parameter';
  readonly name: string;
  readonly distribution: AnyDistribution | Callback<AnyDistribution>;
  readonly constraint?: Transform | Callback<Transform>;
  readonly dims?: readonly Dimension[];
  readonly noncentered: boolean;
}

export interface ObserveStep {
  readonly kind: 'observe';
  readonly name: string;
  readonly distribution: AnyDistribution | Callback<AnyDistribution>;
}

export interface DeriveStep {
  readonly kind: 'derive';
  readonly name: string;
  readonly value: Callback<Operand>;
  readonly dims?: readonly Dimension[];
}

export interface TermStep {
  readonly kind: 'term';
  readonly name: string;
  readonly value: Callback<Operand>;
  readonly role: 'prior' | 'likelihood';
}

export type Step = ParameterStep | ObserveStep | DeriveStep | TermStep;

/** What messages call the kinds of steps. */
export const titles = {
  parameter: 'parameter',
  observe: 'observe',
  derive: 'derived',
  term: 'logDensity',
} as const;

/** How messages name a step: `parameter 'tau'`. */
export function titleOf(step: Step): string {
  return `${titles[step.kind]} '${step.name}'`;
}
