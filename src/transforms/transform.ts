/** What a transform is: a smooth bijection from free real numbers to the values that a support allows. */
import type { Expression, Shape } from '../expr';

export interface Transform {
  readonly name: string;
  /** Shape of the free numbers behind a value of the given shape. */
  readonly unconstrainedShape: (shape: Shape) => Shape;
  /** The value at free numbers `u`. */
  readonly constrain: (u: Expression) => Expression;
  /** log |det ∂constrain/∂u| at `u`, summed over all elements; undefined where it is 0 everywhere. */
  readonly logJacobian: (u: Expression) => Expression<0> | undefined;
  /** The free numbers behind the value `x`: the inverse of `constrain`. */
  readonly unconstrain: (x: Expression) => Expression;
}
