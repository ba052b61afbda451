/** Methods that move through continuous space refuse whole numbers, all in the same words. */

import type { Layout } from '../target/target';
import { type Samplable, targetOf } from './posterior';

/**
 * @param method the name that the complaint begins with
 * @throws TypeError for a posterior with discrete parameters, naming the first
 */
export function requireContinuous(method: string, posterior: Samplable & { readonly layout?: Layout }): void {
  // A posterior has its layout before it is compiled.
  const { quantities } = posterior?.layout ?? targetOf(posterior).layout;
  const whole = quantities.find(({ discrete }) => discrete);
  if (whole === undefined) return;
  throw new TypeError(
    `${method}: '${whole.name}' is discrete; sum it out (mixture, hmmMarginal), or sample with metropolis, or ` +
      "parallelTempering/sequentialMonteCarlo with kernel 'metropolis'",
  );
}
