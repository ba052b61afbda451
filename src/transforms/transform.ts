/** What a transform is: a smooth map from free real numbers onto the values that a support allows. */
import type { Expression, Shape } from '../expr';

export interface Transform {
  readonly name: string;
  /** Axes of a value that are constrained together: 0 where every number stands alone. */
  readonly eventRank: number;
  /** Shape of the free numbers behind a value of the given shape; throws where no value has it. */
  readonly unconstrainedShape: (shape: Shape) => Shape;
  /** The value at free numbers `u`. */
  readonly constrain: (u: Expression) => Expression;
  /** log |det ∂constrain/∂u| at `u`, summed over all values; undefined where it is constant. */
  readonly logJacobian: (u: Expression) => Expression<0> | undefined;
  /** The free numbers behind the value `x`: the inverse of `constrain`. */
  readonly unconstrain: (x: Expression) => Expression;
}
