/** Exact inference: conjugate families as immutable values. */
export { betaBernoulli, type BernoulliData, type BetaBernoulli } from './families/beta-bernoulli';
export {
  betaBinomialCounts,
  type BetaBinomialCounts,
  type BinomialData,
} from './families/beta-binomial-counts';
export { betaGeometric, type BetaGeometric, type GeometricData } from './families/beta-geometric';
export {
  betaNegativeBinomial,
  type BetaNegativeBinomialPosterior,
  type NegativeBinomialData,
} from './families/beta-negative-binomial';
export {
  dirichletCategorical,
  type CategoricalData,
  type DirichletCategorical,
} from './families/dirichlet-categorical';
export {
  dirichletMultinomialCounts,
  type DirichletMultinomialCounts,
} from './families/dirichlet-multinomial-counts';
export { gammaExponential, type ExponentialData, type GammaExponential } from './families/gamma-exponential';
export { gammaGamma, type GammaData, type GammaGamma } from './families/gamma-gamma';
export { gammaPoisson, type GammaPoisson, type PoissonData } from './families/gamma-poisson';
export { inverseGammaNormal, type InverseGammaNormal } from './families/inverse-gamma-normal';
export { linearRegression, type LinearRegression, type RegressionData } from './families/linear-regression';
export {
  multivariateNormalNormal,
  type MultivariateNormalNormal,
} from './families/multivariate-normal-normal';
export { normalInverseGamma, type NormalInverseGammaPosterior } from './families/normal-inverse-gamma';
export { normalInverseWishart, type NormalInverseWishartPosterior } from './families/normal-inverse-wishart';
export { normalNormal, type NormalNormal } from './families/normal-normal';
export type { NormalData } from './families/normal-statistics';
export { paretoUniform, type ParetoUniformPosterior, type UniformData } from './families/pareto-uniform';
export { ExactPosterior, UnivariatePosterior } from './posterior';
export { UnivariateDistribution, type Interval } from './distributions/univariate';
export { MultivariateDistribution } from './distributions/multivariate';
export { float64Chunks } from './statistics/float64-chunks';
export { exact, type RecognizedPosterior } from './exact';
export { NotConjugate } from './recognition/reading';
export { differenceInterval, expectedLoss, probabilityBest, probabilityGreater, type Arm } from './compare';
