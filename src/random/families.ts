/** Families of numbers: what fills an array with their draws, and what their parameters must satisfy. */
import {
  atLeastZero,
  betweenZeroAndOne,
  count,
  finite,
  integer,
  positive,
  positiveProbability,
  type Requirement,
} from './check';
import type { Exports, Fill } from './exports';

/** A function of the module that fills an array. */
export type Sampler = { [K in keyof Exports]: Exports[K] extends Fill ? K : never }[keyof Exports];

export interface Family {
  /** By name, in the order in which the module takes them. */
  readonly parameters: Readonly<Record<string, Requirement>>;
  /** What they must satisfy together, and how an error says it. */
  readonly together?: { readonly text: string; readonly holds: (...values: number[]) => boolean };
}

const locationAndScale = { location: finite, scale: positive };
const shapeAndRate = { shape: positive, rate: positive };
const alphaAndBeta = { alpha: positive, beta: positive };

/** Families that the module draws from. */
export const FAMILIES = {
  uniform: {
    fill: 'fillUniform',
    parameters: { lower: finite, upper: finite },
    together: {
      text: 'lower must be below upper, by a finite difference',
      holds: (lower, upper) => lower < upper && upper - lower <= Number.MAX_VALUE,
    },
  },
  normal: { fill: 'fillNormal', parameters: { mean: finite, sd: atLeastZero } },
  exponential: { fill: 'fillExponential', parameters: { rate: positive } },
  gamma: { fill: 'fillGamma', parameters: shapeAndRate },
  logGamma: { fill: 'fillLogGamma', parameters: shapeAndRate },
  inverseGamma: { fill: 'fillInverseGamma', parameters: { shape: positive, scale: positive } },
  beta: { fill: 'fillBeta', parameters: alphaAndBeta },
  logBeta: { fill: 'fillLogBeta', parameters: alphaAndBeta },
  chiSquared: { fill: 'fillChiSquared', parameters: { df: positive } },
  studentT: { fill: 'fillStudentT', parameters: { df: positive, location: finite, scale: positive } },
  cauchy: { fill: 'fillCauchy', parameters: locationAndScale },
  logNormal: { fill: 'fillLogNormal', parameters: { location: finite, scale: atLeastZero } },
  weibull: { fill: 'fillWeibull', parameters: { shape: positive, scale: positive } },
  laplace: { fill: 'fillLaplace', parameters: locationAndScale },
  logistic: { fill: 'fillLogistic', parameters: locationAndScale },
  inverseGaussian: {
    fill: 'fillInverseGaussian',
    parameters: { mean: positive, shape: positive },
    together: { text: 'mean / shape must be finite', holds: (mean, shape) => mean / shape < Infinity },
  },
  vonMises: { fill: 'fillVonMises', parameters: { mean: finite, concentration: atLeastZero } },
  poisson: { fill: 'fillPoisson', parameters: { mean: atLeastZero } },
  binomial: { fill: 'fillBinomial', parameters: { trials: count, probability: betweenZeroAndOne } },
  negativeBinomialShapeRate: { fill: 'fillNegativeBinomial', parameters: shapeAndRate },
  geometric: { fill: 'fillGeometric', parameters: { probability: positiveProbability } },
  hypergeometric: {
    fill: 'fillHypergeometric',
    parameters: { successes: count, failures: count, draws: count },
    together: {
      text: 'draws must be at most successes + failures, which must stay below 2⁵³',
      holds: (good, bad, draws) => draws <= good + bad && Number.isSafeInteger(good + bad),
    },
  },
} as const satisfies Readonly<Record<string, Family & { readonly fill: Sampler }>>;

/** Families that are made of draws from others. */
export const DERIVED = {
  negativeBinomial: { parameters: { mean: positive, dispersion: positive } },
  discreteUniform: {
    parameters: { lower: integer, upper: integer },
    together: {
      text: 'lower must not be above upper, nor 2⁵³ or more below',
      holds: (lower, upper) => lower <= upper && Number.isSafeInteger(upper - lower + 1),
    },
  },
} as const satisfies Readonly<Record<string, Family>>;
