/** Sees through a link function: a probability that is sigmoid(η), a rate that is exp(η). */
import { Expression, type Operand } from '../expr';

/**
 * The argument of `link` when that is what `value` is, so that the stable form on the linear predictor applies, where
 * log p and log(1 − p) lose nothing; otherwise undefined.
 */
export function argumentOf(link: 'sigmoid' | 'exp', value: Operand): Expression | undefined {
  return value instanceof Expression && value.op.name === link ? value.inputs[0] : undefined;
}
