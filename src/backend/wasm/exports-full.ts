/** What the full build exports beyond the core; pointers are byte offsets into its memory. */

import type { Exports } from './exports';
import type { PathfinderExports } from './exports-pathfinder';
import type { SteinExports } from './exports-stein';
import type { VariationalExports } from './exports-variational';

/** Of assembly/approximation. */
interface ApproximationExports {
  /** Log density at each of `count` positions, which follow one another without padding. */
  logDensities(positions: number, count: number, results: number): void;
  /** Quantities of each position: rows of `size` values, with room for four more behind the last. */
  quantitiesOf(positions: number, count: number, size: number, results: number): void;
}

/** Of assembly/optimize. */
interface OptimizeExports {
  /** An L-BFGS optimiser that keeps `memory` pairs, without a position yet. */
  createLbfgs(memory: number, tolerance: number): number;
  /** Evaluates at the position; 1 when log density and gradient are finite there. */
  beginLbfgs(state: number): number;
  /** Iterates; accepted points are recorded in rows of 1 + 2·dimension numbers, where `records` is not 0. */
  advanceLbfgs(state: number, iterations: number, records: number): number;
  lbfgsPosition(state: number): number;
  lbfgsGradient(state: number): number;
  lbfgsLogDensity(state: number): number;
  lbfgsDecrement(state: number): number;
  lbfgsEvaluations(state: number): number;
  lbfgsStatus(state: number): number;
  /** A Newton optimiser, converged once no coordinate moves by more than `tolerance`, relative to max(1, |coordinate|). */
  createNewton(tolerance: number): number;
  beginNewton(state: number): number;
  /** Iterates with the whole Hessian; `matrix` and `factor` hold dimension² numbers each. */
  advanceNewtonDense(state: number, iterations: number, matrix: number, factor: number): number;
  /** Iterates by conjugate gradients within a trust region, each with at most `limit` products. */
  advanceNewton(state: number, iterations: number, limit: number): number;
  /** The same for the log density less Σ λᵢ|xᵢ − cᵢ|, whose maxima have exact zeros of x − c. */
  advanceProximal(
    state: number,
    iterations: number,
    penalties: number,
    centres: number,
    matrix: number,
    factor: number,
  ): number;
  newtonPosition(state: number): number;
  newtonGradient(state: number): number;
  newtonStep(state: number): number;
  newtonLogDensity(state: number): number;
  newtonMove(state: number): number;
  newtonEvaluations(state: number): number;
  newtonStatus(state: number): number;
}

/** Of assembly/curvature. Matrices have `dimension` rows without padding. */
interface CurvatureExports {
  /** Whether the program has procedure `hessianVector`; else products come from differences of gradients. */
  configureProducts(hasProcedure: number): void;
  productCount(): number;
  /** Rows of −H at a position. */
  precisionRows(position: number, first: number, count: number, matrix: number): void;
  /** Both triangles become their mean; their largest difference. */
  symmetrise(n: number, matrix: number): number;
  /** U with UᵀU = matrix + shift·|diagonal|; −1, or the row of the first pivot that is not positive. */
  factorPrecision(n: number, matrix: number, shift: number, factor: number): number;
  /** log |UᵀU| */
  logDeterminant(n: number, factor: number): number;
  /** U⁻ᵀ·x in place for each of `count` rows. */
  whitenRows(n: number, factor: number, rows: number, count: number): void;
  /** Gradients of quantities, rows of length `dimension`; `input` holds dimension + quantities numbers. */
  quantityGradients(
    position: number,
    quantities: number,
    first: number,
    count: number,
    rows: number,
    input: number,
  ): void;
  /** A generator for the draws below. */
  createRandom(key: bigint, stream: number): number;
  /** Draws of normal(mode, (UᵀU)⁻¹) and their −½zᵀz; `work` holds dimension·64 numbers. */
  drawDense(
    n: number,
    factor: number,
    mode: number,
    random: number,
    count: number,
    positions: number,
    exponents: number,
    work: number,
  ): void;
  /** −Hᵢᵢ of the coordinates of one colour; `colours` has an i32 for each coordinate. */
  diagonalOfColour(position: number, colours: number, colour: number, result: number): void;
  /** Hutchinson's estimate number `count` of −Hᵢᵢ joins their mean and sum of squared deviations. */
  probeDiagonal(position: number, random: number, count: number, mean: number, squares: number): void;
  /** Draws of normal(mode, diag(deviations²)) and their −½zᵀz. */
  drawDiagonal(
    n: number,
    mode: number,
    deviations: number,
    random: number,
    count: number,
    positions: number,
    exponents: number,
  ): void;
  /** Bytes between the vectors of a basis. */
  basisRow(): number;
  /** Steps of Lanczos on S(−H)S; the tridiagonal matrix, and the number of steps made. */
  lanczos(
    position: number,
    scaling: number,
    random: number,
    steps: number,
    basis: number,
    matrix: number,
  ): number;
  /** Eigenvalues, ascending, and rows of eigenvectors. */
  eigenOf(n: number, matrix: number, values: number, vectors: number, space: number): void;
  /** Σ weightⱼ·basisⱼ */
  combineBasis(basis: number, count: number, weights: number, result: number): void;
  /** Draws mode + S(I + Q·diag(factors)·Qᵀ)z and their −½zᵀz. */
  drawLowRank(
    mode: number,
    scaling: number,
    vectors: number,
    factors: number,
    rank: number,
    random: number,
    count: number,
    positions: number,
    exponents: number,
  ): void;
  /** Σ log xᵢ */
  sumOfLogs(n: number, x: number): number;
  /** Indices (i32) of latent and other coordinates; whether no two latents meet. */
  configureMarginal(
    latents: number,
    countOfLatents: number,
    others: number,
    countOfOthers: number,
    diagonal: number,
  ): void;
  /** Where latents start at each evaluation: a full position. */
  marginalOrigin(): number;
  /** The full position of the last evaluation, latents at their mode. */
  marginalPosition(): number;
  /** Log density of the hyperparameters and its gradient; NaN where the latents have no mode. */
  marginalDensity(hyperparameters: number, result: number): number;
  /** Latents given the last hyperparameters, as a full position; their log density. */
  drawLatents(random: number, result: number): number;
}

/** Of assembly/math: the same bits on every engine. */
interface ScalarExports {
  exp(x: number): number;
  log(x: number): number;
}

/** Of assembly/lowrank. */
interface LowRankExports {
  /** Number of directions of a chain whose metric is of low rank. */
  chainDirections(chain: number): number;
  /** Copies as many eigenvalues, and then rows of eigenvectors. */
  copyDirections(chain: number, result: number): void;
}

/** Of assembly/samplers. */
interface SamplerExports {
  /** `proposal`: 0 random walk, 1 independence; `df` 0: Gaussian. */
  configureMetropolis(chain: number, proposal: number, blocks: number, df: number): void;
  /** Tables to fill: 0 mean (f64), 1 order of the coordinates, 2 integer flags, 3 ends of blocks (i32). */
  metropolisTable(chain: number, table: number): number;
  configureSlice(chain: number): void;
  /** Returns where the prior's mean belongs. */
  configureEllipticalSlice(chain: number): number;
  configureMclmc(chain: number, adjusted: number, trajectoryLength: number, energyVariance: number): void;
  configureWalnuts(
    chain: number,
    maxTreeDepth: number,
    jitter: number,
    maxEnergyError: number,
    maxStepHalvings: number,
  ): void;
  configureHost(chain: number): void;
  /** Where the bytes are that a sampler keeps besides. */
  chainExtra(chain: number): number;
  /** Takes the outcome of a host's transition. */
  settleHost(
    chain: number,
    logDensity: number,
    acceptance: number,
    evaluations: number,
    divergent: number,
  ): void;
  /** Lets a chain begin anew at its next transition, with this step size. */
  restart(chain: number, stepSize: number): void;
  setStepSize(chain: number, stepSize: number): void;
  /** A draw from the chain's generator; 0: uniform, 1: standard normal, 2: standard exponential. */
  drawFrom(chain: number, kind: number): number;
  /** Takes the square root of the inverse metric: d values, or d rows of d. */
  setRoot(chain: number, values: number): void;
}

export interface FullExports
  extends
    Exports,
    ScalarExports,
    ApproximationExports,
    LowRankExports,
    SamplerExports,
    OptimizeExports,
    VariationalExports,
    SteinExports,
    PathfinderExports,
    CurvatureExports {}
