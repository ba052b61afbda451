/**
 * What can be sampled: anything with a target; its type may carry the names and ranks of what a draw holds.
 */

import { shown } from '../arguments';
import type { Target } from '../target/target';

/** Number of axes of each quantity of a draw, by name. */
export type Ranks = Readonly<Record<string, number>>;

/**
 * The target of what is to be sampled.
 *
 * @throws TypeError for anything else, above all a model that was given no data
 */
export function targetOf(posterior: Samplable): Target {
  const given = posterior as Partial<Samplable> & { readonly condition?: unknown };
  const target = given?.target;
  if (target !== undefined) return target;
  const found =
    typeof given?.condition === 'function' ? 'a model without data: call its .condition(data)' : shown(given);
  throw new TypeError(`posterior must be a conditioned model, or what fromFunction returns, got ${found}`);
}

/** A density that samplers accept. `__quantities` exists for the compiler only. */
export interface Samplable<R extends Ranks = Ranks> {
  readonly target: Target;
  readonly __quantities?: R;
}
