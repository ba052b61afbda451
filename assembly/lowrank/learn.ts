/**
 * Learning the few directions in which a diagonal metric fails (Seyboldt, Carlson & Carpenter 2026): in scaled coordinates,
 * eigenvectors of the geometric mean of the covariance of draws and the inverse covariance of scores, within a subspace.
 *
 * Of draws x and scores g that are whitened, E‖x + g‖² is the Fisher divergence from a standard normal; of a Gaussian x + g
 * vanishes but for the directions sought. So the subspace is that of the leading singular vectors of all x + g: no matrix is
 * larger than the number of draws.
 */

import { dimension } from "../program/target";
import { allocate } from "../memory";
import { geometricMean, geometricMeanBytes } from "../linalg/geometric-mean";
import { symmetricEigen } from "../linalg/symmetric-eigen";
import { vectorBytes, vectorEnd } from "../dynamics/space";
import { addScaled, dot } from "../dynamics/vector";
import { Chain } from "../mcmc/chain";
import { scaleOf } from "../mcmc/fisher";
import { direction, directionCount, DIRECTIONS, COLUMNS, setDirectionCount, setEigenvalue, shrinkScaled, stretchScaled } from "./root";
import { keptDraw, keptDraws } from "./window";

/** Eigenvalues nearer to 1 cost more, at every step, than they gain. */
const CUTOFF: f64 = 2;
/** (√λ − 1/√λ)² at the cutoff: what such a direction has of the Fisher divergence. */
const DIVERGENCE: f64 = 0.5;
/** Draws that tell directions unlike all others; the time that takes grows with their cube. */
const FEW: i32 = 64;
/**
 * Relative to the median, divergences of equal directions seem larger by chance up to here: (1 + √(n/d))² over the median of
 * Marchenko & Pastur's distribution, for n draws in as many dimensions d.
 */
const OUTLYING: f64 = 6;
/** Relative to the largest, a squared singular value below this is rounding. */
const ROUNDING: f64 = 1e-13;
/** Draws' worth of weight on the scales alone, as with dense metrics. */
const PRIOR_DRAWS: f64 = 0.01;
/** Most times that scales and directions are learnt in turn, */
const PASSES: i32 = 5;
/** and the change of every scale, as a factor, at which that is enough. */
const SETTLED: f64 = 1.05;

/** Bytes between rows of the small matrices that `geometricMean` takes. */
const ROW: usize = DIRECTIONS << 3;

let deviations: usize = 0;
let basis: usize = 0;
let inverseScales: usize = 0;
let scaled: usize = 0;
let squaresOfDraws: usize = 0;
let squaresOfScores: usize = 0;
let gram: usize = 0;
let singularVectors: usize = 0;
let singularValues: usize = 0;
let spare: usize = 0;
let projectedDraws: usize = 0;
let projectedScores: usize = 0;
let drawMatrix: usize = 0;
let scoreMatrix: usize = 0;
let mean: usize = 0;
let meanVectors: usize = 0;
let meanValues: usize = 0;
let meanWork: usize = 0;

function reserve(): void {
  const vector = vectorBytes();
  const square = COLUMNS * COLUMNS << 3;
  deviations = allocate(COLUMNS * vector);
  basis = allocate(DIRECTIONS * vector);
  inverseScales = allocate(vector);
  scaled = allocate(vector);
  squaresOfDraws = allocate(vector);
  squaresOfScores = allocate(vector);
  gram = allocate(square);
  singularVectors = allocate(square);
  singularValues = allocate(COLUMNS << 3);
  spare = allocate(square);
  projectedDraws = allocate(DIRECTIONS * COLUMNS << 3);
  projectedScores = allocate(DIRECTIONS * COLUMNS << 3);
  drawMatrix = allocate(DIRECTIONS * ROW);
  scoreMatrix = allocate(DIRECTIONS * ROW);
  mean = allocate(DIRECTIONS * ROW);
  meanVectors = allocate(DIRECTIONS * ROW);
  meanValues = allocate(ROW);
  meanWork = allocate(geometricMeanBytes(<i32>DIRECTIONS, ROW));
}

/**
 * Learn the directions, the diagonal being learnt. Directions unlike all others distort it, so with these it is learnt again
 * first; what is common to many directions is the diagonal's to tell.
 */
export function learnDirections(chain: Chain): void {
  if (!deviations) reserve();
  const draws = keptDraws(chain);
  for (let pass = 0; pass < PASSES; ++pass) {
    findDirections(chain, min<i32>(draws, FEW), OUTLYING);
    if (directionCount(chain.root) == 0 || rescale(chain, draws) < SETTLED) break;
  }
  findDirections(chain, draws, 0);
}

/** result = D^−½ (draw − mean). */
function scaledDraw(chain: Chain, age: i32, result: usize): void {
  const draw = keptDraw(chain, age);
  const centre = chain.foreground;
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
    const difference = f64x2.sub(v128.load(draw + at), v128.load(centre + at));
    v128.store(result + at, f64x2.mul(v128.load(inverseScales + at), difference));
  }
}

/** result = D½ (score − mean). */
function scaledScore(chain: Chain, age: i32, result: usize): void {
  const score = keptDraw(chain, age) + vectorBytes();
  const centre = chain.foreground + vectorBytes();
  const root = chain.root;
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
    const difference = f64x2.sub(v128.load(score + at), v128.load(centre + at));
    v128.store(result + at, f64x2.mul(v128.load(root + at), difference));
  }
}

function invertScales(root: usize): void {
  for (let at: usize = 0, end = <usize>dimension() << 3; at < end; at += 8) {
    store<f64>(inverseScales + at, 1 / load<f64>(root + at));
  }
}

/**
 * Make scales those of draws and scores once the directions are as wide as any other (of the right ones, nothing changes).
 * Returns the largest change, as a factor.
 */
function rescale(chain: Chain, draws: i32): f64 {
  const root = chain.root;
  memory.fill(squaresOfDraws, 0, vectorBytes());
  memory.fill(squaresOfScores, 0, vectorBytes());
  for (let age = 0; age < draws; ++age) {
    scaledDraw(chain, age, scaled);
    shrinkScaled(root, scaled);
    addSquares(scaled, squaresOfDraws);
    scaledScore(chain, age, scaled);
    stretchScaled(root, scaled);
    addSquares(scaled, squaresOfScores);
  }
  let largest: f64 = 1;
  for (let at: usize = 0, end = <usize>dimension() << 3; at < end; at += 8) {
    const change = scaleOf(load<f64>(squaresOfDraws + at), load<f64>(squaresOfScores + at));
    const scale = load<f64>(root + at) * change;
    if (!(scale > 0 && scale < Infinity)) continue;
    store<f64>(root + at, scale);
    largest = max<f64>(largest, max<f64>(change, 1 / change));
  }
  return largest;
}

function addSquares(x: usize, sums: usize): void {
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
    const value = v128.load(x + at);
    v128.store(sums + at, f64x2.add(v128.load(sums + at), f64x2.mul(value, value)));
  }
}

/**
 * Directions for the scales in force, whose divergence is more than `outlying` times the median; none where draws and scores
 * do not tell.
 */
function findDirections(chain: Chain, draws: i32, outlying: f64): void {
  const root = chain.root;
  setDirectionCount(root, 0);
  if (draws < 3) return;
  invertScales(root);
  const rank = spanDivergence(chain, draws, outlying);
  if (rank == 0) return;
  project(chain, draws, rank);
  const size = <usize>rank;
  const ridge = PRIOR_DRAWS / <f64>draws;
  const weight = (1 - ridge) / <f64>(draws - 1);
  secondMoments(projectedDraws, draws, size, weight, ridge, drawMatrix);
  secondMoments(projectedScores, draws, size, weight, ridge, scoreMatrix);
  const trace = geometricMean(rank, drawMatrix, scoreMatrix, ROW, Infinity, meanWork);
  if (!(trace > 0)) return;
  // Without padding, and from below the diagonal to above.
  for (let i: usize = 0; i < size; ++i) {
    for (let j = i; j < size; ++j) {
      store<f64>(mean + (i * size + j << 3), load<f64>(drawMatrix + j * ROW + (i << 3)));
    }
  }
  symmetricEigen(rank, mean, meanValues, meanVectors, meanWork);
  let count: usize = 0;
  for (let k: usize = 0; k < size; ++k) {
    const value = load<f64>(meanValues + (k << 3));
    if (!(value > CUTOFF && value < Infinity) && !(value > 0 && value < 1 / CUTOFF)) continue;
    const row = direction(root, count);
    memory.fill(row, 0, vectorBytes());
    for (let i: usize = 0; i < size; ++i) addScaled(row, load<f64>(meanVectors + (k * size + i << 3)), basis + i * vectorBytes(), row);
    setEigenvalue(root, count, value);
    ++count;
  }
  setDirectionCount(root, <i32>count);
}

/** Fill `basis` with orthonormal directions of large Fisher divergence; how many there are. */
function spanDivergence(chain: Chain, draws: i32, outlying: f64): i32 {
  const vector = vectorBytes();
  const count = <usize>draws;
  for (let j: usize = 0; j < count; ++j) {
    const deviation = deviations + j * vector;
    scaledDraw(chain, <i32>j, deviation);
    scaledScore(chain, <i32>j, scaled);
    addScaled(deviation, 1, scaled, deviation);
    for (let i: usize = 0; i <= j; ++i) store<f64>(gram + (i * count + j << 3), dot(deviations + i * vector, deviation));
  }
  symmetricEigen(draws, gram, singularValues, singularVectors, spare);
  const largest = load<f64>(singularValues + (count - 1 << 3));
  // Centred draws span one dimension less than there are of them.
  const spanned = min<usize>(count - 1, <usize>dimension());
  const median = load<f64>(singularValues + (count - 1 - (spanned >> 1) << 3));
  const least = max<f64>(max<f64>(DIVERGENCE * <f64>(draws - 1), ROUNDING * largest), outlying * median);
  const most = min<i32>(<i32>DIRECTIONS, dimension());
  let rank = 0;
  for (let k = count; k > 0 && rank < most; ) {
    k -= 1;
    if (!(load<f64>(singularValues + (k << 3)) > least)) break;
    const row = basis + <usize>rank * vector;
    memory.fill(row, 0, vector);
    for (let j: usize = 0; j < count; ++j) addScaled(row, load<f64>(singularVectors + (k * count + j << 3)), deviations + j * vector, row);
    if (orthonormalise(row, rank)) ++rank;
  }
  return rank;
}

/** Make a row orthogonal to those before it (twice is enough, Parlett 1998) and of length 1; false where nothing is left. */
function orthonormalise(row: usize, before: i32): bool {
  const vector = vectorBytes();
  for (let times = 0; times < 2; ++times) {
    const length = sqrt<f64>(dot(row, row));
    for (let i: usize = 0; i < <usize>before; ++i) addScaled(row, -dot(basis + i * vector, row), basis + i * vector, row);
    const left = sqrt<f64>(dot(row, row));
    if (!(left > 0.1 * length)) return false;
    addScaled(row, 1 / left - 1, row, row);
  }
  return true;
}

/** Coordinates of draws and scores in the basis, a row for each direction. */
function project(chain: Chain, draws: i32, rank: i32): void {
  const count = <usize>draws;
  for (let j: usize = 0; j < count; ++j) {
    scaledDraw(chain, <i32>j, scaled);
    for (let i: usize = 0; i < <usize>rank; ++i) {
      store<f64>(projectedDraws + (i * count + j << 3), dot(basis + i * vectorBytes(), scaled));
    }
    scaledScore(chain, <i32>j, scaled);
    for (let i: usize = 0; i < <usize>rank; ++i) {
      store<f64>(projectedScores + (i * count + j << 3), dot(basis + i * vectorBytes(), scaled));
    }
  }
}

/** The lower triangle of weight·PPᵀ + ridge·I. */
function secondMoments(rows: usize, draws: i32, size: usize, weight: f64, ridge: f64, matrix: usize): void {
  const count = <usize>draws;
  for (let i: usize = 0; i < size; ++i) {
    for (let j: usize = 0; j <= i; ++j) {
      let sum: f64 = 0;
      for (let k: usize = 0; k < count; ++k) {
        sum += load<f64>(rows + (i * count + k << 3)) * load<f64>(rows + (j * count + k << 3));
      }
      store<f64>(matrix + i * ROW + (j << 3), weight * sum + (i == j ? ridge : 0));
    }
  }
}
