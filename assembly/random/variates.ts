/**
 * The variates as the host calls them: `count` draws into `out`, from three `Values` of parameters (fill.ts).
 */
import { Beta, LogBeta } from "./beta";
import { Binomial } from "./binomial";
import {
  Cauchy,
  Exponential,
  InverseGaussian,
  Laplace,
  LogNormal,
  Logistic,
  Normal,
  Uniform,
  VonMises,
  Weibull,
} from "./continuous";
import { ChiSquared, Gamma, InverseGamma, LogGamma, StudentT } from "./gamma";
import { Geometric } from "./geometric";
import { Hypergeometric } from "./hypergeometric";
import { Below } from "./integer";
import { NegativeBinomial, Poisson } from "./poisson";
import { fill } from "./fill";

export { aliasBytes, buildAlias, fillAlias, fillCategorical } from "./categorical";
export { dirichletBytes, fillDirichlet } from "./dirichlet";
export { factorise, fillLkj, fillLkjCholesky, fillMultivariateNormal, fillWishart } from "./matrices";
export { fillMultinomial } from "./multinomial";
export { seedStream, splitStream } from "./streams";

/** Constants of the sampler at work, which `fill` prepares. */
const SAMPLER: usize = memory.data(128, 16);

export function fillBelow(state: usize, out: usize, count: i32, parameters: usize): void {
  fill<Below>(changetype<Below>(SAMPLER), state, out, count, parameters);
}
export function fillBeta(state: usize, out: usize, count: i32, parameters: usize): void {
  fill<Beta>(changetype<Beta>(SAMPLER), state, out, count, parameters);
}
export function fillBinomial(state: usize, out: usize, count: i32, parameters: usize): void {
  fill<Binomial>(changetype<Binomial>(SAMPLER), state, out, count, parameters);
}
export function fillCauchy(state: usize, out: usize, count: i32, parameters: usize): void {
  fill<Cauchy>(changetype<Cauchy>(SAMPLER), state, out, count, parameters);
}
export function fillChiSquared(state: usize, out: usize, count: i32, parameters: usize): void {
  fill<ChiSquared>(changetype<ChiSquared>(SAMPLER), state, out, count, parameters);
}
export function fillExponential(state: usize, out: usize, count: i32, parameters: usize): void {
  fill<Exponential>(changetype<Exponential>(SAMPLER), state, out, count, parameters);
}
export function fillGamma(state: usize, out: usize, count: i32, parameters: usize): void {
  fill<Gamma>(changetype<Gamma>(SAMPLER), state, out, count, parameters);
}
export function fillGeometric(state: usize, out: usize, count: i32, parameters: usize): void {
  fill<Geometric>(changetype<Geometric>(SAMPLER), state, out, count, parameters);
}
export function fillHypergeometric(state: usize, out: usize, count: i32, parameters: usize): void {
  fill<Hypergeometric>(changetype<Hypergeometric>(SAMPLER), state, out, count, parameters);
}
export function fillInverseGamma(state: usize, out: usize, count: i32, parameters: usize): void {
  fill<InverseGamma>(changetype<InverseGamma>(SAMPLER), state, out, count, parameters);
}
export function fillInverseGaussian(state: usize, out: usize, count: i32, parameters: usize): void {
  fill<InverseGaussian>(changetype<InverseGaussian>(SAMPLER), state, out, count, parameters);
}
export function fillLaplace(state: usize, out: usize, count: i32, parameters: usize): void {
  fill<Laplace>(changetype<Laplace>(SAMPLER), state, out, count, parameters);
}
export function fillLogBeta(state: usize, out: usize, count: i32, parameters: usize): void {
  fill<LogBeta>(changetype<LogBeta>(SAMPLER), state, out, count, parameters);
}
export function fillLogGamma(state: usize, out: usize, count: i32, parameters: usize): void {
  fill<LogGamma>(changetype<LogGamma>(SAMPLER), state, out, count, parameters);
}
export function fillLogNormal(state: usize, out: usize, count: i32, parameters: usize): void {
  fill<LogNormal>(changetype<LogNormal>(SAMPLER), state, out, count, parameters);
}
export function fillLogistic(state: usize, out: usize, count: i32, parameters: usize): void {
  fill<Logistic>(changetype<Logistic>(SAMPLER), state, out, count, parameters);
}
export function fillNegativeBinomial(state: usize, out: usize, count: i32, parameters: usize): void {
  fill<NegativeBinomial>(changetype<NegativeBinomial>(SAMPLER), state, out, count, parameters);
}
export function fillNormal(state: usize, out: usize, count: i32, parameters: usize): void {
  fill<Normal>(changetype<Normal>(SAMPLER), state, out, count, parameters);
}
export function fillPoisson(state: usize, out: usize, count: i32, parameters: usize): void {
  fill<Poisson>(changetype<Poisson>(SAMPLER), state, out, count, parameters);
}
export function fillStudentT(state: usize, out: usize, count: i32, parameters: usize): void {
  fill<StudentT>(changetype<StudentT>(SAMPLER), state, out, count, parameters);
}
export function fillUniform(state: usize, out: usize, count: i32, parameters: usize): void {
  fill<Uniform>(changetype<Uniform>(SAMPLER), state, out, count, parameters);
}
export function fillVonMises(state: usize, out: usize, count: i32, parameters: usize): void {
  fill<VonMises>(changetype<VonMises>(SAMPLER), state, out, count, parameters);
}
export function fillWeibull(state: usize, out: usize, count: i32, parameters: usize): void {
  fill<Weibull>(changetype<Weibull>(SAMPLER), state, out, count, parameters);
}
