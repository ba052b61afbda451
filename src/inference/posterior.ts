/**
 * What can be sampled: anything with a target; its type may carry the names and ranks of what a draw holds.
 */

import type { Target } from '../target/target';

/** Number of axes of each quantity of a draw, by name. */
export type Ranks = Readonly<Record<string, number>>;

/** A density that samplers accept. `__quantities` exists for the compiler only. */
export interface Samplable<R extends Ranks = Ranks> {
  readonly target: Target;
  readonly __quantities?: R;
}
