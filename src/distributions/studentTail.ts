/** How much of Student's t distribution lies within and beyond a distance from its centre. */
import {
  add,
  div,
  exp,
  less,
  log,
  log1mExp,
  log1p,
  logIncBeta,
  logRisingFactorial,
  mul,
  neg,
  select,
  square,
  sub,
  type Expression,
  type Operand,
} from '../expr';
import { LOG_PI, LOG_TWO } from './constants';

/** Nearer to the centre the density is flat, and what follows would divide by the distance. */
const NEAR = 1e-8;
/** Above, the share beyond is not left to a difference from 1. */
const MOST = -0.01;

/**
 * log P(|Z| ≤ z) and log P(|Z| > z) at z ≥ 0, by the incomplete beta functions of z²/(df + z²) and of what is left of 1
 * (Abramowitz & Stegun 26.7.1). The error of the second in the tail grows like df·1e−16.
 */
export function studentTail(df: Operand, z: Expression): { within: Expression; beyond: Expression } {
  const half = mul(0.5, df);
  const isNear = less(z, NEAR);
  const squared = square(select(isNear, 1, z));
  const inner = logIncBeta(0.5, half, div(squared, add(df, squared)));
  const outer = logIncBeta(half, 0.5, div(df, add(df, squared)));
  const isMost = less(MOST, inner);
  const logSlope = add(sub(logRisingFactorial(half, 0.5), mul(0.5, log(df))), LOG_TWO - 0.5 * LOG_PI);
  const within = select(isMost, log1mExp(select(isMost, outer, -1)), inner);
  const beyond = select(isMost, outer, log1mExp(select(isMost, -1, inner)));
  return {
    within: select(isNear, add(logSlope, log(select(isNear, z, 1))), within),
    beyond: select(isNear, log1p(neg(mul(exp(logSlope), select(isNear, z, 0)))), beyond),
  };
}

/** log P(Z ≤ z) of the standard form. */
export function studentLogCdf(df: Operand, z: Expression): Expression {
  const isLow = less(z, 0);
  const { beyond } = studentTail(df, select(isLow, neg(z), z));
  return select(isLow, sub(beyond, LOG_TWO), log1p(mul(-0.5, exp(beyond))));
}
