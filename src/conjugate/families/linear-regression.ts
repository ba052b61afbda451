/** Linear regression with unknown coefficients and variance, which have a normal-inverse-gamma prior. */
import { inverseOf } from '../../matrix';
import { Coefficients } from '../distributions/coefficients';
import { HALF_LOG_TWO_PI } from '../distributions/constants';
import type { StudentT } from '../distributions/student-t';
import { special } from '../engine';
import type { Family } from '../family';
import { requireCount, requirePositive } from '../hyperparameters';
import { logDeterminant, requireCholesky } from '../matrix';
import { ExactPosterior } from '../posterior';
import type { Numbers } from '../statistics/blocks';
import { checkFinite, flatRows, type Rows } from '../statistics/rows';
import { absorbRows } from '../statistics/triangle';
import { covarianceOf, vectorOf } from './vector-arguments';

export interface RegressionHyperparameters {
  readonly coefficients: Float64Array;
  /** L, lower, row by row: the coefficients' precision is LLᵀ/variance. */
  readonly precisionFactor: Float64Array;
  /** variance ~ InverseGamma(shape, scale) */
  readonly shape: number;
  readonly scale: number;
}

/** Rows of predictors, and the response of each. */
export interface RegressionData {
  readonly x: Rows;
  readonly y: Numbers;
}

export interface RegressionStatistics {
  readonly count: number;
  /** The triangular factor of the table [x, y], row by row. */
  readonly triangle: Float64Array;
}

const name = 'linearRegression';

type Hyperparameters = RegressionHyperparameters;

const family: Family<
  Hyperparameters,
  RegressionStatistics,
  RegressionData,
  Coefficients,
  [x: Numbers],
  StudentT
> = {
  name,
  nothing: ({ coefficients }) => ({
    count: 0,
    triangle: new Float64Array((coefficients.length + 1) * (coefficients.length + 1)),
  }),
  statistics({ coefficients }, { x, y }) {
    const size = coefficients.length;
    const { values, rows } = flatRows(name, x, size);
    if (y.length !== rows) throw new RangeError(`${name}: x has ${rows} rows, y has ${y.length} elements`);
    const triangle = absorbRows(new Float64Array((size + 1) * (size + 1)), values, y);
    if (!triangle.every(Number.isFinite)) {
      checkFinite(name, values, size, 'x');
      checkFinite(name, y, 1, 'y');
      throw new RangeError(`${name}: the squares of the data overflow`);
    }
    return { count: rows, triangle };
  },
  join: (a, b) => ({
    count: a.count + b.count,
    triangle: absorbRows(a.triangle, b.triangle),
  }),
  observations: ({ count }) => count,
  posterior({ coefficients, precisionFactor, shape, scale }, { count, triangle }) {
    const size = coefficients.length;
    const width = size + 1;
    // The prior as rows of data: Lᵀ β = Lᵀ coefficients.
    const rows = new Float64Array(width * width);
    for (let i = 0; i < size; i++) {
      for (let j = i; j < size; j++) {
        rows[i * width + j] = precisionFactor[j * size + i];
        rows[i * width + size] += precisionFactor[j * size + i] * coefficients[j];
      }
    }
    const joined = absorbRows(rows, triangle);
    const lower = new Float64Array(size * size);
    const mean = new Float64Array(size);
    for (let i = size - 1; i >= 0; i--) {
      let rest = joined[i * width + size];
      for (let j = i; j < size; j++) {
        lower[j * size + i] = joined[i * width + j];
        if (j > i) rest -= joined[i * width + j] * mean[j];
      }
      mean[i] = rest / joined[i * width + i];
    }
    const residual = joined[width * width - 1];
    return {
      coefficients: mean,
      precisionFactor: lower,
      shape: shape + count / 2,
      scale: scale + (residual * residual) / 2,
    };
  },
  logEvidence(prior, data) {
    const { log, logRisingFactorial } = special();
    const size = prior.coefficients.length;
    const after = family.posterior(prior, data);
    const volume = ({ precisionFactor }: Hyperparameters): number => logDeterminant(precisionFactor, size);
    return (
      -data.count * HALF_LOG_TWO_PI +
      (volume(prior) - volume(after)) / 2 +
      logRisingFactorial(prior.shape, data.count / 2) +
      prior.shape * log(prior.scale / after.scale) -
      (data.count / 2) * log(after.scale)
    );
  },
  distribution: ({ coefficients, precisionFactor, shape, scale }) =>
    new Coefficients(coefficients, precisionFactor, shape, scale),
  predictive: (after, x) => family.distribution(after).observation(x),
  strength: ({ shape }) => ({ mean: 2 * (shape - 1), mode: 2 * (shape + 1) }),
};

/** A posterior of linear regression. */
export class LinearRegression extends ExactPosterior<
  Hyperparameters,
  RegressionStatistics,
  RegressionData,
  Coefficients,
  [x: Numbers],
  StudentT
> {
  /**
   * The same data under the prior whose scale of coefficients, as a multiple of the present one, has the greatest
   * evidence (empirical Bayes): a golden-section search on its logarithm.
   *
   * @param widest how many times larger or smaller the scale may become
   */
  tunePriorScale(widest = 1e4): LinearRegression {
    if (!(widest > 1 && widest < Infinity)) {
      throw new RangeError(`${name}: widest must be above 1 and finite, got ${widest}`);
    }
    const { exp, log } = special();
    const at = (logarithm: number): LinearRegression => {
      const factor = exp(-logarithm);
      const { precisionFactor, ...rest } = this.prior;
      return new LinearRegression(
        family,
        { ...rest, precisionFactor: precisionFactor.map((x) => x * factor) },
        this.statistics,
      );
    };
    const far = log(widest);
    // The evidence can have several maxima: the search starts at the best of a grid.
    let best = 0;
    for (let i = -GRID; i <= GRID; i++) {
      const here = (far * i) / GRID;
      if (at(here).logEvidence > at(best).logEvidence) best = here;
    }
    let [left, right] = [best - far / GRID, best + far / GRID];
    while (right - left > 1e-8) {
      const [a, b] = [right - GOLDEN * (right - left), left + GOLDEN * (right - left)];
      if (at(a).logEvidence < at(b).logEvidence) left = a;
      else right = b;
    }
    return at((left + right) / 2);
  }
}

const GRID = 16;
const GOLDEN = 0.6180339887498949;

/**
 * y ~ Normal(x·β, σ) with σ² ~ InverseGamma(shape, scale) and β ~ Normal(coefficients, σ·sd) given it. By reflections of
 * the data themselves, never of their squares: designs may be rank-deficient, or have more columns than rows. `update`
 * takes `{ x, y }`, rows of x nested or one after the other; a column of ones makes an intercept.
 *
 * @param given.predictors number of columns of x
 * @param given.coefficients prior means; 0 by default
 * @param given.sd prior scales of the coefficients as multiples of σ: one number, or one each; or give `covariance`,
 *   their prior covariance divided by σ²
 * @throws RangeError for what is out of range
 */
export function linearRegression(given: {
  readonly predictors: number;
  readonly coefficients?: Numbers;
  readonly sd?: number | Numbers;
  readonly covariance?: Rows;
  readonly shape: number;
  readonly scale: number;
}): LinearRegression {
  const size = requireCount(name, 'predictors', given.predictors);
  const coefficients = vectorOf(name, 'coefficients', given.coefficients ?? new Float64Array(size));
  if (coefficients.length !== size) {
    throw new RangeError(`${name}: expected ${size} coefficients, got ${coefficients.length}`);
  }
  const { shape, scale } = requirePositive(name, given, ['shape', 'scale']);
  const prior = { coefficients, precisionFactor: precisionFactorOf(given, size), shape, scale };
  return new LinearRegression(family, prior, family.nothing(prior));
}

/** The lower Cholesky factor of the prior's precision. */
function precisionFactorOf(
  { sd, covariance }: { readonly sd?: number | Numbers; readonly covariance?: Rows },
  size: number,
): Float64Array {
  if ((sd === undefined) === (covariance === undefined)) {
    throw new RangeError(`${name}: give either sd or covariance`);
  }
  if (covariance !== undefined) {
    const factor = requireCholesky(
      name,
      'covariance',
      covarianceOf(name, 'covariance', covariance, size),
      size,
    );
    return requireCholesky(name, 'covariance', inverseOf(factor, size), size);
  }
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    const each = typeof sd === 'number' ? sd : sd![i];
    if (!(each > 0 && each < Infinity))
      throw new RangeError(`${name}: sd must be > 0 and finite, got ${each}`);
    lower[i * (size + 1)] = 1 / each;
  }
  return lower;
}
