/** Coordinates that take whole numbers only. */

import type { Samplable } from '../inference';
import { coordinatesNamed } from '../inference/samplers/target';

/**
 * The coordinates of the parameters under these names.
 *
 * @throws TypeError for a kernel that follows gradients, which whole numbers do not have
 */
export function integerCoordinates(
  method: string,
  posterior: Samplable,
  names: readonly string[],
  kernel: string,
): Set<number> {
  if (names.length > 0 && kernel !== 'metropolis') {
    throw new TypeError(`${method}: integers need kernel: 'metropolis'`);
  }
  return new Set(names.flatMap((name) => coordinatesNamed(posterior, 'integers', name)));
}
