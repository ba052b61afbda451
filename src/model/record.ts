/** A model as plain records, and what a posterior was made of. */
import type { Label } from './declaration';
import type { Step } from './step';
import type { Declarations } from './types';

/** All that a model is once its types have done their work. */
export interface ModelRecord {
  readonly data: Declarations;
  readonly steps: readonly Step[];
  /** Sizes or labels given to dimensions by name. */
  readonly dimensions: ReadonlyMap<string, number | readonly Label[]>;
}

/** What was conditioned on what. */
export interface Origin {
  readonly model: ModelRecord;
  readonly data: Readonly<Record<string, unknown>>;
  readonly coords: Readonly<Record<string, readonly Label[]>>;
  /** Another prior stands in for the model's own. */
  readonly replacedPrior?: boolean;
}
