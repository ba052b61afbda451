/** One layer of a normalizing flow: a bijection of vectors with parameters of its own, and its inverse. */

import type { Expression } from '../../../expr';

/** What a layer makes of a vector. */
export interface Flowed {
  readonly value: Expression;
  /** log |det| of the layer's derivative, at the vector that the layer takes. */
  readonly logDeterminant: Expression;
}

export interface Layer {
  readonly forward: (x: Expression) => Flowed;
  /** The vector that the layer takes to `y`. */
  readonly backward: (y: Expression) => Flowed;
}
