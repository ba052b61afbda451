/** One layer of a normalizing flow: a bijection of vectors with parameters of its own. */

import type { Expression } from '../../../expr';

/** What a layer makes of a vector. */
export interface Flowed {
  readonly value: Expression;
  /** log |det| of the layer's derivative. */
  readonly logDeterminant: Expression;
}

export type Layer = (x: Expression) => Flowed;
