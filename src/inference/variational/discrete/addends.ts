/** A sum in addends as small as can be told apart. */

import { type Expression, mul, neg } from '../../../expr';

/** Expressions all of whose elements add up to `value`, a scalar. */
export function addendsIn(value: Expression): Expression[] {
  const { op, inputs } = value;
  const [a, b] = inputs;
  if (value.size !== 1 || value.isConstant) return [value];
  if (op.kind === 'view') return addendsIn(a);
  switch (op.name) {
    case 'total':
    case 'add':
      return inputs.flatMap(addendsIn);
    case 'sub':
      return [...addendsIn(a), ...addendsIn(b).map(negative)];
    case 'neg':
      return addendsIn(a).map(negative);
    case 'mul':
      if (a.isConstant) return addendsIn(b).map((addend) => mul(addend, a) as Expression);
      if (b.isConstant) return addendsIn(a).map((addend) => mul(addend, b) as Expression);
      return [value];
    case 'sum':
      return [a];
    case 'dot':
      return [mul(a, b) as Expression];
    default:
      return [value];
  }
}

function negative(x: Expression): Expression {
  return neg(x) as Expression;
}
