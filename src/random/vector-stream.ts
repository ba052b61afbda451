/** Draws of categories, vectors and matrices. */
import { checkSymmetric } from '../matrix';
import type { Input } from './blocks';
import {
  atLeastZero,
  checkEach,
  checkParameter,
  count,
  finite,
  populated,
  positive,
  type Numbers,
} from './check';
import { elementsOf, type Matrix } from './matrix';
import { ScalarStream } from './scalar-stream';
import { targetArray, type Target } from './target';

export abstract class VectorStream extends ScalarStream {
  /**
   * Categories 0 … K − 1 by weights (alias method).
   *
   * @param weights K numbers ≥ 0 that all draws share, or K for each draw, one row after the other
   * @param categories K; by default the length of `weights`
   */
  categorical(target: Target, weights: ArrayLike<number>, categories = weights.length): Float64Array {
    const out = targetArray('categorical', target, 1);
    const input = weightsInput('categorical', weights, categories, out.length);
    const { exports, state } = this.engine;
    return this.rows(out, 1, [input], exports.aliasBytes(categories), (rows) => {
      const { at, step } = rows.inputs[0];
      if (step !== 0) exports.fillCategorical(state, rows.out, rows.count, at, categories);
      else {
        if (rows.first) exports.buildAlias(rows.workspace, at, categories);
        exports.fillAlias(state, rows.out, rows.count, rows.workspace, categories);
      }
    });
  }

  /**
   * Counts in K categories of so many trials: vectors of K numbers, one after the other.
   *
   * @param target how many vectors, or an array for a whole number of them
   * @param trials one number, or one for each vector
   * @param weights K numbers ≥ 0 that all vectors share, or K for each
   * @param categories K; by default the length of `weights`
   */
  multinomial(
    target: Target,
    trials: Numbers,
    weights: ArrayLike<number>,
    categories = weights.length,
  ): Float64Array {
    const out = targetArray('multinomial', target, categories);
    const vectors = out.length / categories;
    checkParameter('multinomial', { name: 'trials', value: trials, requirement: count }, vectors);
    const shared = typeof trials === 'number';
    const inputs = [
      { values: shared ? [trials] : trials, perRow: 1, shared },
      weightsInput('multinomial', weights, categories, vectors),
    ];
    const { exports, state } = this.engine;
    return this.rows(out, categories, inputs, 8 * categories, ({ out, count, inputs: [n, w], workspace }) =>
      exports.fillMultinomial(state, out, count, categories, n.at, n.step, w.at, w.step, workspace),
    );
  }

  /**
   * Dirichlet: vectors of K numbers that sum to 1, one after the other. Components below 5e-324 are 0: see
   * `logDirichlet`.
   *
   * @param target how many vectors, or an array for a whole number of them
   * @param concentration K numbers > 0 that all vectors share, or K for each
   * @param categories K; by default the length of `concentration`
   */
  dirichlet(
    target: Target,
    concentration: ArrayLike<number>,
    categories = concentration.length,
  ): Float64Array {
    return this.dirichletRows('dirichlet', target, concentration, categories, false);
  }

  /** Logarithms of Dirichlet vectors, which do not underflow; arguments as for `dirichlet`. */
  logDirichlet(
    target: Target,
    concentration: ArrayLike<number>,
    categories = concentration.length,
  ): Float64Array {
    return this.dirichletRows('logDirichlet', target, concentration, categories, true);
  }

  /**
   * Multivariate normal: vectors of K numbers, one after the other.
   *
   * @param target how many vectors, or an array for a whole number of them
   * @param mean K numbers that all vectors share, or K for each
   * @param covariance K × K, symmetric positive definite
   */
  multivariateNormal(target: Target, mean: ArrayLike<number>, covariance: Matrix): Float64Array {
    const method = 'multivariateNormal';
    const { size, elements } = elementsOf(method, 'covariance', covariance);
    checkSymmetric(method, 'covariance', elements, size);
    return this.aroundMeans(method, target, mean, size, this.factor(method, 'covariance', elements, size));
  }

  /**
   * Multivariate normal by the lower Cholesky factor of the covariance.
   *
   * @param factor K × K; what stands above its diagonal is not read
   */
  multivariateNormalCholesky(target: Target, mean: ArrayLike<number>, factor: Matrix): Float64Array {
    const method = 'multivariateNormalCholesky';
    const { size, elements } = elementsOf(method, 'factor', factor);
    return this.aroundMeans(method, target, mean, size, elements);
  }

  /**
   * Wishart: matrices of K × K numbers, one after the other, with mean df · scale.
   *
   * @param target how many matrices, or an array for a whole number of them
   * @param df degrees of freedom, > K − 1
   * @param scale K × K, symmetric positive definite
   */
  wishart(target: Target, df: number, scale: Matrix): Float64Array {
    const { size, elements } = elementsOf('wishart', 'scale', scale);
    checkSymmetric('wishart', 'scale', elements, size);
    const enough = {
      text: `be above ${size - 1} and finite`,
      holds: (v: number) => v > size - 1 && v < Infinity,
    };
    checkParameter('wishart', { name: 'df', value: df, requirement: enough }, 1);
    const out = targetArray('wishart', target, size * size);
    const values = this.factor('wishart', 'scale', elements, size);
    const { exports, state } = this.engine;
    const input = { values, perRow: size * size, shared: true };
    return this.rows(
      out,
      size * size,
      [input],
      8 * size * size,
      ({ out, count, inputs: [factor], workspace }) =>
        exports.fillWishart(state, out, count, size, df, factor.at, workspace),
    );
  }

  /**
   * Correlation matrices of the LKJ distribution, density ∝ det^(concentration − 1): K × K numbers, one
   * matrix after the other.
   *
   * @param target how many matrices, or an array for a whole number of them
   * @param size K
   * @param concentration > 0; 1 is uniform
   */
  lkj(target: Target, size: number, concentration: number): Float64Array {
    const out = lkjTarget('lkj', target, size, concentration);
    const { exports, state } = this.engine;
    return this.rows(out, size * size, [], 8 * size * size, ({ out, count, workspace }) =>
      exports.fillLkj(state, out, count, size, concentration, workspace),
    );
  }

  /** Lower Cholesky factors of LKJ's correlation matrices; arguments as for `lkj`. */
  lkjCholesky(target: Target, size: number, concentration: number): Float64Array {
    const out = lkjTarget('lkjCholesky', target, size, concentration);
    const { exports, state } = this.engine;
    return this.rows(out, size * size, [], 0, ({ out, count }) =>
      exports.fillLkjCholesky(state, out, count, size, concentration),
    );
  }

  private dirichletRows(
    method: string,
    target: Target,
    concentration: ArrayLike<number>,
    size: number,
    logarithm: boolean,
  ): Float64Array {
    const out = targetArray(method, target, size);
    const input = rowInput(method, 'concentration', concentration, size, out.length / size);
    checkEach(method, 'concentration', concentration, positive);
    checkSums(method, 'concentration', concentration, size);
    const { exports, state } = this.engine;
    const bytes = exports.dirichletBytes(size);
    return this.rows(out, size, [input], bytes, ({ out, count, inputs: [{ at, step }], workspace }) =>
      exports.fillDirichlet(state, out, count, size, at, step, Number(logarithm), workspace),
    );
  }

  private aroundMeans(
    method: string,
    target: Target,
    mean: ArrayLike<number>,
    size: number,
    factor: Float64Array,
  ): Float64Array {
    const out = targetArray(method, target, size);
    const input = rowInput(method, 'mean', mean, size, out.length / size);
    checkEach(method, 'mean', mean, finite);
    const { exports, state } = this.engine;
    const inputs = [input, { values: factor, perRow: size * size, shared: true }];
    return this.rows(out, size, inputs, 0, ({ out, count, inputs: [{ at, step }, factor] }) =>
      exports.fillMultivariateNormal(state, out, count, size, at, step, factor.at),
    );
  }

  /** The lower Cholesky factor of a symmetric matrix. */
  private factor(method: string, name: string, elements: Float64Array, size: number): Float64Array {
    const { engine } = this;
    const at = engine.room(8 * elements.length);
    engine.floats(at, elements.length).set(elements);
    const row = engine.exports.factorise(at, size);
    if (row < 0) return engine.floats(at, elements.length).slice();
    throw new RangeError(`${method}: ${name} must be positive definite; its leading ${row + 1} rows are not`);
  }
}

/** Numbers of which each of the rows has `size`, or all share them. */
function rowInput(
  method: string,
  name: string,
  values: ArrayLike<number>,
  size: number,
  rows: number,
): Input {
  if (!Number.isSafeInteger(size) || size < 1) {
    throw new RangeError(`${method}: ${name} must not be empty`);
  }
  if (values.length === size) return { values, perRow: size, shared: true };
  if (values.length === size * rows) return { values, perRow: size, shared: false };
  throw new RangeError(`${method}: ${name} has ${values.length} values for ${rows} draws of ${size}`);
}

function weightsInput(method: string, weights: ArrayLike<number>, size: number, rows: number): Input {
  const input = rowInput(method, 'weights', weights, size, rows);
  checkEach(method, 'weights', weights, atLeastZero);
  checkSums(method, 'weights', weights, size);
  return input;
}

/** The sum of each row must be positive and finite. */
function checkSums(method: string, name: string, values: ArrayLike<number>, size: number): void {
  for (let row = 0; row < values.length; row += size) {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += values[row + i];
    if (sum > 0 && sum < Infinity) continue;
    throw new RangeError(`${method}: the sum of ${name} must be > 0 and finite, got ${sum}`);
  }
}

function lkjTarget(method: string, target: Target, size: number, concentration: number): Float64Array {
  checkParameter(method, { name: 'size', value: size, requirement: populated }, 1);
  checkParameter(method, { name: 'concentration', value: concentration, requirement: positive }, 1);
  return targetArray(method, target, size * size);
}
