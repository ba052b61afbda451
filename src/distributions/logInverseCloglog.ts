/** The logarithm of 1 − exp(−eᵗ), a probability by its complementary log-log, exact in both tails. */
import { exp, less, log1mExp, maximum, minimum, neg, select, type Expression, type Operand } from '../expr';

/** Below, 1 − exp(−eᵗ) is eᵗ to rounding. */
const LINEAR = -37;
/** Above, exp(−eᵗ) underflows; stopping there keeps 0·∞ out of the derivative. */
const CERTAIN = 6.6;

/** log(1 − exp(−eᵗ)) */
export function logInverseCloglog(t: Operand): Expression {
  const inner = log1mExp(neg(exp(minimum(maximum(t, LINEAR), CERTAIN))));
  return select(less(t, LINEAR), t, inner);
}
