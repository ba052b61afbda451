/** The logarithm of Mills' ratio Φ(u)/φ(u), which stays moderate where both underflow. */
import {
  div,
  less,
  log,
  log1p,
  maximum,
  minimum,
  mul,
  neg,
  normalLogCdfDerivative,
  select,
  square,
  sub,
  type Expression,
  type Operand,
} from '../expr';

/** Further out the asymptotic series is exact to rounding, and its derivative does not cancel. */
const FAR = -50;

/** log(Φ(u)/φ(u)) for u ≤ 0 (Abramowitz & Stegun 26.2.12 in the far tail). */
export function logMillsRatio(u: Expression): Expression {
  const near = neg(log(normalLogCdfDerivative(maximum(u, FAR))));
  const v = minimum(u, FAR);
  const t = div(1, square(v));
  let series: Operand = 1;
  for (const odd of [11, 9, 7, 5, 3]) series = sub(1, mul(odd, mul(t, series)));
  return select(less(u, FAR), sub(log1p(neg(mul(t, series))), log(neg(v))), near);
}
