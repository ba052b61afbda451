/** Von Mises distribution of angles. */
import {
  add,
  div,
  less,
  log,
  log1p,
  logBesselI0,
  maximum,
  minimum,
  mul,
  neg,
  select,
  sin,
  square,
  sub,
  type Broadcast,
  type Expression,
  type Operand,
} from '../expr';
import { HALF_LOG_TWO_PI } from './constants';
import { Distribution } from './distribution';
import { atLeastZero, finite } from './requirement';

/** π rounded down: no number in the support is beyond it. */
const PI = 3.141592653589793;

/**
 * concentration·cos(x − location) − log 2π − log I₀(concentration) for −π ≤ x ≤ π. Its distribution function has no
 * closed form.
 *
 * @param location mean direction in radians, finite
 * @param concentration ≥ 0: 0 is uniform, a large one nearly a normal distribution of variance 1/concentration
 * @throws RangeError when a plain parameter is out of range
 */
export function vonMises<L extends Operand, K extends Operand>(
  location: L,
  concentration: K,
): Distribution<Broadcast<L, K>> {
  return new Distribution({
    name: 'vonMises',
    parameters: {
      location: { value: location, requirement: finite },
      concentration: { value: concentration, requirement: atLeastZero },
    },
    support: { integer: false, lower: -PI, upper: PI, open: false, interior: 0 },
    // The cosine less 1, and log I₀ less its argument, do not cancel where the concentration is large.
    terms: (x) => [
      mul(mul(-2, concentration), square(sin(mul(0.5, sub(x, location))))),
      neg(logScaledBesselI0(x.graph.expression(concentration))),
      -2 * HALF_LOG_TWO_PI,
    ],
  });
}

/** From here on the asymptotic series is exact to rounding (DLMF 10.40.1). */
const LARGE = 500;
/** Quotients of successive terms of the series, (2k − 1)²/(8k). */
const QUOTIENTS = [1 / 8, 9 / 16, 25 / 24, 49 / 32, 81 / 40, 121 / 48];

/** log(e⁻ᵏ·I₀(k)) for k ≥ 0. */
function logScaledBesselI0(k: Expression): Expression {
  const small = minimum(k, LARGE);
  const large = maximum(k, LARGE);
  let series: Operand = 0;
  for (const quotient of [...QUOTIENTS].reverse()) series = mul(div(quotient, large), add(1, series));
  const asymptotic = sub(sub(log1p(series), mul(0.5, log(large))), HALF_LOG_TWO_PI);
  return select(less(k, LARGE), sub(logBesselI0(small), small), asymptotic);
}
