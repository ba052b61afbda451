/** Fit of the generalised Pareto distribution to exceedances (Zhang and Stephens 2009, Technometrics 51(3)). */

import { logSumExp } from './log-sum-exp';
import { sum } from './moments';

/** A generalised Pareto distribution on [0, ∞), or on [0, −scale/shape] where the shape is negative. */
export interface GeneralizedPareto {
  /** Tail index k: the mean is infinite from 1 on, the variance from ½ on. ∞ where the values do not say. */
  readonly shape: number;
  readonly scale: number;
}

/** Grid points of the quadrature, beyond √n. */
const LEAST_GRID = 30;
/** Width of the prior on the inverse scale, in quartiles of the sample. */
const PRIOR = 3;
/** The shape is drawn towards ½ as by this many observations (Vehtari, Simpson, Gelman, Yao and Gabry 2024, appendix G). */
const PSEUDO_OBSERVATIONS = 10;

/**
 * Posterior mean of the generalised Pareto distribution under Zhang and Stephens's weak prior, the shape drawn towards ½
 * as by ten observations.
 *
 * @param exceedances n ≥ 5 values above 0, ascending
 * @returns shape and scale
 */
export function fitGeneralizedPareto(exceedances: Float64Array): GeneralizedPareto {
  const n = exceedances.length;
  const largest = exceedances[n - 1];
  const quartile = exceedances[Math.floor(n / 4 + 0.5) - 1];
  const points = LEAST_GRID + Math.floor(Math.sqrt(n));
  const inverseScales = Float64Array.from(
    { length: points },
    (_, j) => 1 / largest + (1 - Math.sqrt(points / (j + 0.5))) / (PRIOR * quartile),
  );
  const logWeights = inverseScales.map((theta) => profile(theta, exceedances));
  const total = logSumExp(logWeights);
  let theta = 0;
  for (let j = 0; j < points; j++) theta += inverseScales[j] * Math.exp(logWeights[j] - total);
  const shape = shapeAt(theta, exceedances);
  const regularised = (n * shape + PSEUDO_OBSERVATIONS / 2) / (n + PSEUDO_OBSERVATIONS);
  return { shape: Number.isNaN(regularised) ? Infinity : regularised, scale: -shape / theta };
}

/** The shape of greatest likelihood at θ = −shape/scale. */
function shapeAt(theta: number, values: Float64Array): number {
  const logs = values.map((x) => Math.log1p(-theta * x));
  return sum(logs, 0, logs.length) / logs.length;
}

/** Log likelihood at θ, maximised over the shape. */
function profile(theta: number, values: Float64Array): number {
  const shape = shapeAt(theta, values);
  return values.length * (Math.log(-theta / shape) - shape - 1);
}

/** Quantile of a generalised Pareto distribution, probability in [0, 1). */
export function generalizedParetoQuantile({ shape, scale }: GeneralizedPareto, probability: number): number {
  const exponential = -Math.log1p(-probability);
  return scale * (shape === 0 ? exponential : Math.expm1(shape * exponential) / shape);
}
