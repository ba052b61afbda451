/** Names of options that callers give. */

import { didYouMean } from './nearest';

/**
 * Refuses options under names that mean nothing, which would else be ignored.
 *
 * @param known all names there are
 * @throws TypeError that names the caller, the option and the nearest one there is
 */
export function requireKnownOptions(caller: string, options: object, known: readonly string[]): void {
  for (const name of Object.keys(options)) {
    if (!known.includes(name)) {
      throw new TypeError(`${caller}: there is no option '${name}'${didYouMean(name, known)}`);
    }
  }
}
