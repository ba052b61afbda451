/** What each chain of a run starts from: given values, draws from the prior, uniform draws for the rest. */

import type { Posterior } from '../model/posterior';
import type { Samplable } from './posterior';
import type { InitialValues, Start } from './start';

/** The option `initial`: 'prior', values by parameter name, or an object of them for each chain. */
export type Initial = 'prior' | InitialValues | readonly InitialValues[];

/** A density that some samplers see in place of a model's. */
export interface Reduced {
  /** The model whose density it is. */
  readonly whole?: Posterior;
}

/**
 * Starts of so many chains: chain k's does not depend on their number. Discrete parameters that are not given are drawn
 * from their priors.
 *
 * @throws TypeError for 'prior' where there is no model
 * @throws ModelError for 'prior' where the prior cannot be drawn from, saying why
 */
export async function startsOf(
  posterior: Samplable & Reduced,
  initial: Initial | undefined,
  seed: number,
  count: number,
): Promise<readonly Start[]> {
  const whole = posterior.whole ?? ('origin' in posterior ? (posterior as unknown as Posterior) : undefined);
  if (initial === 'prior' || whole?.discrete.length) {
    const { priorStarts } = await import('./prior-starts');
    return priorStarts(whole, initial, seed, count);
  }
  return Array.from({ length: count }, (_, chain) => ({
    given: Array.isArray(initial) ? initial[chain] : (initial as InitialValues | undefined),
  }));
}
