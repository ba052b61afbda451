/** Generalised Pareto distribution of what exceeds a high threshold. */
import {
  add,
  div,
  equal,
  expm1,
  less,
  lessEqual,
  log,
  log1mExp,
  log1p,
  mul,
  neg,
  select,
  square,
  sub,
  type Broadcast,
  type Expression,
  type MaxRank,
  type Operand,
  type RankOf,
} from '../expr';
import { Distribution } from './distribution';
import { finite, strictlyPositive } from './requirement';
import type { Support } from './support';

/**
 * −log scale − log(1 + shape·z) − log(1 + shape·z)/shape for z = (x − location)/scale ≥ 0; the exponential distribution
 * where shape is 0, smoothly. Where shape is negative, x ends at location − scale/shape.
 *
 * @param location threshold, finite
 * @param scale scale, > 0
 * @param shape heaviness of the tail, finite
 * @throws RangeError when a plain parameter is out of range
 */
export function generalizedPareto<L extends Operand, S extends Operand, A extends Operand>(
  location: L,
  scale: S,
  shape: A,
): Distribution<MaxRank<Broadcast<L, S>, RankOf<A>>> {
  const standard = (x: Expression): Expression => div(sub(x, location), scale);
  const logSurvival = (z: Expression): Expression => neg(mul(z, log1pRatio(mul(shape, z))));
  const isInside = (z: Expression): Expression => less(-1, mul(shape, z));
  const logCcdf = (x: Expression): Expression => {
    const z = standard(x);
    return select(isInside(z), logSurvival(z), -Infinity);
  };
  return new Distribution({
    name: 'generalizedPareto',
    parameters: {
      location: { value: location, requirement: finite },
      scale: { value: scale, requirement: strictlyPositive },
      shape: { value: shape, requirement: finite },
    },
    support: supportOf(location, scale, shape),
    variate: (draw) => add(location, mul(scale, excess(shape, draw.exponential(1)))),
    terms: (x) => {
      const z = standard(x);
      const inside = isInside(z);
      const density = sub(logSurvival(z), log1p(select(inside, mul(shape, z), 0)));
      return [select(inside, density, -Infinity), neg(log(scale))];
    },
    cumulative: {
      logCdf: (x) => log1mExp(logCcdf(x)),
      logCcdf,
    },
    standardise: () => ({ location, scale, standard: generalizedPareto(0, 1, shape) }),
  });
}

/** The upper end is known beforehand where all parameters are plain numbers; elsewhere the density falls to 0 there. */
function supportOf(location: Operand, scale: Operand, shape: Operand): Support {
  const known = typeof location === 'number' && typeof scale === 'number' && typeof shape === 'number';
  return {
    integer: false,
    lower: location,
    ...(known && shape < 0 && { upper: location - scale / shape }),
    open: false,
    interior: () => add(location, scale),
  };
}

/** (e^(shape·t) − 1)/shape, t where shape is 0. */
function excess(shape: Operand, t: Expression): Expression {
  const isFlat = equal(shape, 0);
  const divisor = select(isFlat, 1, shape);
  return select(isFlat, t, div(expm1(mul(divisor, t)), divisor));
}

/** Within this of 0, ten terms of the series of log(1 + t)/t are exact to rounding, and so is their derivative. */
const SERIES_WITHIN = 0.02;

/** log(1 + t)/t, 1 at 0, for t > −1; anything finite elsewhere. */
function log1pRatio(t: Expression): Expression {
  const near = lessEqual(square(t), SERIES_WITHIN * SERIES_WITHIN);
  const small = select(near, t, 0);
  let series: Operand = 1 / 10;
  for (let k = 9; k >= 1; k--) series = sub(1 / k, mul(small, series));
  const apart = select(near, 1, select(less(-1, t), t, 1));
  return select(near, series, div(log1p(apart), apart));
}
