/** Horseshoe priors: normal distributions whose scales are parameters themselves, one shared and one for each element. */
import {
  add,
  div,
  mul,
  sqrt,
  square,
  type Broadcast,
  type MaxRank,
  type Operand,
  type RankOf,
} from '../expr';
import type { Distribution } from './distribution';
import { normal } from './normal';

/**
 * The horseshoe (Carvalho, Polson & Scott 2010): normal(0, global·local), where `global` is a parameter with a halfCauchy
 * prior and `local` one with `halfCauchy(1)` for each coefficient. A normal distribution, best sampled `noncentered`.
 *
 * @example
 * model({ … })
 *   .param('global', halfCauchy(0.1))
 *   .param('local', halfCauchy(1), { dims: ['predictor'] })
 *   .param('slope', ({ global, local }) => horseshoe(global, local), { noncentered: true })
 *
 * @param global scale of all coefficients, > 0; see `horseshoeScale`
 * @param local scale of each coefficient relative to it, > 0
 */
export function horseshoe<G extends Operand, L extends Operand>(
  global: G,
  local: L,
): Distribution<Broadcast<G, L>> {
  return normal(0, mul(global, local)) as Distribution<never>;
}

/**
 * The regularised horseshoe (Piironen & Vehtari 2017): large coefficients are held to normal(0, slab) as well. A normal
 * distribution of scale global·local·slab/√(slab² + global²·local²), best sampled `noncentered`.
 *
 * @param global scale of all coefficients, > 0; see `horseshoeScale`
 * @param local scale of each coefficient relative to it, > 0, with a `halfCauchy(1)` or `halfStudentT` prior
 * @param slab scale of the coefficients that are not shrunk, > 0: a number, or the root of an inverseGamma parameter
 */
export function regularizedHorseshoe<G extends Operand, L extends Operand, S extends Operand>(
  global: G,
  local: L,
  slab: S,
): Distribution<MaxRank<Broadcast<G, L>, RankOf<S>>> {
  const scale = mul(global, local);
  return normal(0, div(scale, sqrt(add(1, square(div(scale, slab)))))) as Distribution<never>;
}

/**
 * Scale for the prior of `global` that expects a number of coefficients away from 0 (Piironen & Vehtari 2017, equation
 * 3.12): expected/(predictors − expected)·σ/√observations.
 *
 * @param expected how many coefficients are thought to matter, between 0 and `predictors`
 * @param predictors number of coefficients
 * @param observations number of observations
 * @param sigma standard deviation of the residuals; 1 by default
 * @throws RangeError when `expected` is not between 0 and `predictors`, or there are no observations
 */
export function horseshoeScale(
  expected: number,
  predictors: number,
  observations: number,
  sigma = 1,
): number {
  if (!(expected > 0 && expected < predictors)) {
    throw new RangeError(
      `horseshoeScale: expected must be between 0 and the number of predictors ${predictors}, got ${expected}`,
    );
  }
  if (!(observations > 0)) {
    throw new RangeError(`horseshoeScale: observations must be > 0, got ${observations}`);
  }
  return ((expected / (predictors - expected)) * sigma) / Math.sqrt(observations);
}
