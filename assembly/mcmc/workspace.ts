/** Scratch vectors shared by all chains of an instance. */

import { allocate } from "../memory";
import { vectorBytes } from "../dynamics/space";

let gradient_: usize = 0;

/** A vector for the plain gradient. */
// @ts-ignore: decorator
@inline
export function gradientBuffer(): usize {
  if (!gradient_) gradient_ = allocate(vectorBytes());
  return gradient_;
}
