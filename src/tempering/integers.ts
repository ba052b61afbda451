/** Coordinates that take whole numbers only. */

import type { Samplable } from '../inference';
import { type WholeMoves, wholeMoves } from '../inference/samplers/whole';

/**
 * The coordinates that take whole numbers: those of a model's discrete parameters, or of the parameters under these names.
 *
 * @throws TypeError for a kernel that follows gradients, which whole numbers do not have
 */
export function integerCoordinates(
  method: string,
  posterior: Samplable,
  names: readonly string[],
  kernel: string,
): WholeMoves {
  if (names.length > 0 && kernel !== 'metropolis') {
    throw new TypeError(`${method}: integers need kernel: 'metropolis'`);
  }
  return wholeMoves(method, posterior, names);
}
