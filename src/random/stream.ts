/** A stream of random variates: each method fills an array in one call. */
import { requireInteger } from '../arguments';
import { checkSymmetric } from '../matrix';
import { fillByBlocks, fillByRows, type Input, type Rows } from './blocks';
import {
  atLeastZero,
  betweenZeroAndOne,
  checkEach,
  checkParameter,
  checkTogether,
  count,
  finite,
  integer,
  positive,
  positiveProbability,
  type Numbers,
  type Parameter,
  type Requirement,
} from './check';
import type { Engine } from './engine';
import type { Exports, Fill } from './exports';
import { elementsOf, type Matrix } from './matrix';
import { describeState, parseState, type RandomState } from './state';

/** How many draws to make, in a new array, or the array to fill. */
export type Target = number | Float64Array;

const STATE_WORDS = 8;

/**
 * A stream of xoshiro256++ (Blackman and Vigna 2021). Every method fills an array: the first argument is how
 * many draws to make, or a Float64Array to fill, which is returned. Parameters are numbers, or arrays with an
 * element for each draw. The same seed and calls give the same draws, bit for bit, on every machine and in
 * every browser.
 *
 * Methods throw a RangeError that names method, parameter and element where an argument is illegal; nothing
 * is drawn then.
 */
export class RandomStream {
  /** Made by `random`. */
  constructor(
    private readonly engine: Engine,
    private readonly words: Uint32Array,
  ) {}

  /** The state, as plain data: `restore`, or `random(state)`, goes on from here. */
  save(): RandomState {
    return describeState(this.words);
  }

  /** Goes on from a saved state. */
  restore(state: RandomState): void {
    this.words.set(parseState(state));
  }

  /**
   * Streams independent of this one and of each other, which moves on: the next split gives others. Seeded by
   * draws of this stream, hashed; among k streams of length n some two overlap with probability below k² n /
   * 2²⁵⁶.
   */
  split(streams: number): RandomStream[] {
    requireInteger('split', 'streams', streams, 0);
    const { engine } = this;
    return Array.from({ length: streams }, () => {
      this.within(() => engine.exports.splitStream(engine.state, engine.child));
      return new RandomStream(engine, engine.words(engine.child, STATE_WORDS).slice());
    });
  }

  /** On [lower, upper); the width must be finite. */
  uniform(target: Target, lower: Numbers = 0, upper: Numbers = 1): Float64Array {
    const parameters = [
      { name: 'lower', value: lower, requirement: finite },
      { name: 'upper', value: upper, requirement: finite },
    ];
    checkTogether(
      'uniform',
      'lower must be below upper, by a finite difference',
      parameters,
      (a, b) => a < b && b - a <= Number.MAX_VALUE,
    );
    return this.scalar('uniform', 'fillUniform', target, parameters);
  }

  /** Normal. */
  normal(target: Target, mean: Numbers = 0, sd: Numbers = 1): Float64Array {
    return this.scalar('normal', 'fillNormal', target, [
      { name: 'mean', value: mean, requirement: finite },
      { name: 'sd', value: sd, requirement: atLeastZero },
    ]);
  }

  /** Exponential; the mean is 1/rate. */
  exponential(target: Target, rate: Numbers = 1): Float64Array {
    return this.scalar('exponential', 'fillExponential', target, [
      { name: 'rate', value: rate, requirement: positive },
    ]);
  }

  /** Gamma; the mean is shape/rate. Draws below 5e-324 are 0: see `logGamma`. */
  gamma(target: Target, shape: Numbers, rate: Numbers = 1): Float64Array {
    return this.scalar('gamma', 'fillGamma', target, [
      { name: 'shape', value: shape, requirement: positive },
      { name: 'rate', value: rate, requirement: positive },
    ]);
  }

  /** Logarithms of gamma draws, which do not underflow. */
  logGamma(target: Target, shape: Numbers, rate: Numbers = 1): Float64Array {
    return this.scalar('logGamma', 'fillLogGamma', target, [
      { name: 'shape', value: shape, requirement: positive },
      { name: 'rate', value: rate, requirement: positive },
    ]);
  }

  /** Inverse gamma: 1/x is gamma with rate `scale`. Draws above 1.8e308 are Infinity. */
  inverseGamma(target: Target, shape: Numbers, scale: Numbers = 1): Float64Array {
    return this.scalar('inverseGamma', 'fillInverseGamma', target, [
      { name: 'shape', value: shape, requirement: positive },
      { name: 'scale', value: scale, requirement: positive },
    ]);
  }

  /** Beta; the mean is alpha/(alpha + beta). Draws below 5e-324 are 0: see `logBeta`. */
  beta(target: Target, alpha: Numbers, beta: Numbers): Float64Array {
    return this.scalar('beta', 'fillBeta', target, [
      { name: 'alpha', value: alpha, requirement: positive },
      { name: 'beta', value: beta, requirement: positive },
    ]);
  }

  /** Logarithms of beta draws, which do not underflow. */
  logBeta(target: Target, alpha: Numbers, beta: Numbers): Float64Array {
    return this.scalar('logBeta', 'fillLogBeta', target, [
      { name: 'alpha', value: alpha, requirement: positive },
      { name: 'beta', value: beta, requirement: positive },
    ]);
  }

  /** χ² with `df` degrees of freedom. */
  chiSquared(target: Target, df: Numbers): Float64Array {
    return this.scalar('chiSquared', 'fillChiSquared', target, [
      { name: 'df', value: df, requirement: positive },
    ]);
  }

  /** Student's t. Draws beyond ±1.8e308 are infinite. */
  studentT(target: Target, df: Numbers, location: Numbers = 0, scale: Numbers = 1): Float64Array {
    return this.scalar('studentT', 'fillStudentT', target, [
      { name: 'df', value: df, requirement: positive },
      { name: 'location', value: location, requirement: finite },
      { name: 'scale', value: scale, requirement: positive },
    ]);
  }

  /** Cauchy. */
  cauchy(target: Target, location: Numbers = 0, scale: Numbers = 1): Float64Array {
    return this.scalar('cauchy', 'fillCauchy', target, [
      { name: 'location', value: location, requirement: finite },
      { name: 'scale', value: scale, requirement: positive },
    ]);
  }

  /** Log-normal: log x is normal with mean `location` and standard deviation `scale`. */
  logNormal(target: Target, location: Numbers = 0, scale: Numbers = 1): Float64Array {
    return this.scalar('logNormal', 'fillLogNormal', target, [
      { name: 'location', value: location, requirement: finite },
      { name: 'scale', value: scale, requirement: atLeastZero },
    ]);
  }

  /** Weibull. */
  weibull(target: Target, shape: Numbers, scale: Numbers = 1): Float64Array {
    return this.scalar('weibull', 'fillWeibull', target, [
      { name: 'shape', value: shape, requirement: positive },
      { name: 'scale', value: scale, requirement: positive },
    ]);
  }

  /** Laplace, the double exponential. */
  laplace(target: Target, location: Numbers = 0, scale: Numbers = 1): Float64Array {
    return this.scalar('laplace', 'fillLaplace', target, [
      { name: 'location', value: location, requirement: finite },
      { name: 'scale', value: scale, requirement: positive },
    ]);
  }

  /** Logistic. */
  logistic(target: Target, location: Numbers = 0, scale: Numbers = 1): Float64Array {
    return this.scalar('logistic', 'fillLogistic', target, [
      { name: 'location', value: location, requirement: finite },
      { name: 'scale', value: scale, requirement: positive },
    ]);
  }

  /** Inverse Gaussian (Wald's); the variance is mean³/shape; mean/shape must be finite. */
  inverseGaussian(target: Target, mean: Numbers, shape: Numbers): Float64Array {
    const parameters = [
      { name: 'mean', value: mean, requirement: positive },
      { name: 'shape', value: shape, requirement: positive },
    ];
    checkTogether(
      'inverseGaussian',
      'mean / shape must be finite',
      parameters,
      (mean, shape) => mean / shape < Infinity,
    );
    return this.scalar('inverseGaussian', 'fillInverseGaussian', target, parameters);
  }

  /** Von Mises: angles in radians, within π of the mean. */
  vonMises(target: Target, mean: Numbers, concentration: Numbers): Float64Array {
    return this.scalar('vonMises', 'fillVonMises', target, [
      { name: 'mean', value: mean, requirement: finite },
      { name: 'concentration', value: concentration, requirement: atLeastZero },
    ]);
  }

  /** Poisson. */
  poisson(target: Target, mean: Numbers): Float64Array {
    return this.scalar('poisson', 'fillPoisson', target, [
      { name: 'mean', value: mean, requirement: atLeastZero },
    ]);
  }

  /** Binomial: successes in so many trials. */
  binomial(target: Target, trials: Numbers, probability: Numbers): Float64Array {
    return this.scalar('binomial', 'fillBinomial', target, [
      { name: 'trials', value: trials, requirement: count },
      { name: 'probability', value: probability, requirement: betweenZeroAndOne },
    ]);
  }

  /** Negative binomial: Poisson, the mean of which is gamma with this shape and rate. */
  negativeBinomialShapeRate(target: Target, shape: Numbers, rate: Numbers): Float64Array {
    return this.scalar('negativeBinomialShapeRate', 'fillNegativeBinomial', target, [
      { name: 'shape', value: shape, requirement: positive },
      { name: 'rate', value: rate, requirement: positive },
    ]);
  }

  /** Geometric: failures before the first success; the mean is (1 − p)/p. */
  geometric(target: Target, probability: Numbers): Float64Array {
    return this.scalar('geometric', 'fillGeometric', target, [
      { name: 'probability', value: probability, requirement: positiveProbability },
    ]);
  }

  /** Negative binomial by mean and dispersion φ: the variance is mean + mean²/φ. */
  negativeBinomial(target: Target, mean: Numbers, dispersion: Numbers): Float64Array {
    const out = targetArray('negativeBinomial', target, 1);
    const parameters = [
      { name: 'mean', value: mean, requirement: positive },
      { name: 'dispersion', value: dispersion, requirement: positive },
    ];
    for (const parameter of parameters) checkParameter('negativeBinomial', parameter, out.length);
    const rate = combine([dispersion, mean], (phi, mu) =>
      Math.max(Number.MIN_VALUE, Math.min(phi / mu, Number.MAX_VALUE)),
    );
    return this.negativeBinomialShapeRate(out, dispersion, rate);
  }

  /**
   * Hypergeometric: successes among `draws` draws, without replacement, from so many successes and failures.
   */
  hypergeometric(target: Target, draws: Numbers, successes: Numbers, failures: Numbers): Float64Array {
    const parameters = [
      { name: 'successes', value: successes, requirement: count },
      { name: 'failures', value: failures, requirement: count },
      { name: 'draws', value: draws, requirement: count },
    ];
    const out = targetArray('hypergeometric', target, 1);
    for (const parameter of parameters) checkParameter('hypergeometric', parameter, out.length);
    checkTogether(
      'hypergeometric',
      'draws must be at most successes + failures, which must stay below 2⁵³',
      parameters,
      (good, bad, sample) => sample <= good + bad && Number.isSafeInteger(good + bad),
    );
    return this.fill('fillHypergeometric', out, parameters);
  }

  /**
   * Whole numbers from lower to upper, both included, all equally likely; upper − lower must be below 2⁵³.
   */
  discreteUniform(target: Target, lower: Numbers, upper: Numbers): Float64Array {
    const out = targetArray('discreteUniform', target, 1);
    const parameters = [
      { name: 'lower', value: lower, requirement: integer },
      { name: 'upper', value: upper, requirement: integer },
    ];
    for (const parameter of parameters) checkParameter('discreteUniform', parameter, out.length);
    checkTogether(
      'discreteUniform',
      'lower must not be above upper, nor 2⁵³ or more below',
      parameters,
      (a, b) => a <= b && Number.isSafeInteger(b - a + 1),
    );
    this.below(
      out,
      combine([lower, upper], (a, b) => b - a + 1),
    );
    for (let i = 0; i < out.length; i++) out[i] += typeof lower === 'number' ? lower : lower[i];
    return out;
  }

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

  /** The numbers 0 … length − 1 in random order, all orders equally likely. */
  permutation(length: number): Float64Array {
    checkParameter('permutation', { name: 'length', value: length, requirement: count }, 1);
    return this.shuffle(Float64Array.from({ length }, (_, i) => i));
  }

  /** Brings an array into random order, in place; returns it. */
  shuffle<A extends { readonly length: number; [index: number]: unknown }>(array: A): A {
    return this.shuffleFirst(array, array.length);
  }

  /**
   * Different numbers out of 0 … population − 1, all selections and orders equally likely.
   *
   * @param target how many, or the array to fill; at most `population`
   */
  sampleWithoutReplacement(target: Target, population: number): Float64Array {
    const method = 'sampleWithoutReplacement';
    const out = targetArray(method, target, 1);
    checkParameter(method, { name: 'population', value: population, requirement: count }, 1);
    if (out.length > population) {
      throw new RangeError(
        `${method}: at most ${population} can be drawn from ${population}, got ${out.length}`,
      );
    }
    if (population <= DENSE * (out.length + 1)) {
      const all = this.shuffleFirst(
        Float64Array.from({ length: population }, (_, i) => i),
        out.length,
      );
      out.set(all.subarray(0, out.length));
      return out;
    }
    // The same steps, keeping only the few numbers that are not in their own place.
    const moved = new Map<number, number>();
    this.shuffleSteps(population, out.length).forEach((step, i) => {
      out[i] = moved.get(i + step) ?? i + step;
      moved.set(i + step, moved.get(i) ?? i);
    });
    return out;
  }

  /** Numbers out of 0 … population − 1, any of them any number of times. */
  sampleWithReplacement(target: Target, population: number): Float64Array {
    const method = 'sampleWithReplacement';
    const out = targetArray(method, target, 1);
    const requirement = out.length > 0 ? populated : count;
    checkParameter(method, { name: 'population', value: population, requirement }, 1);
    return this.below(out, population);
  }

  /** The first `places` steps of Fisher and Yates's shuffle. */
  private shuffleFirst<A extends { readonly length: number; [index: number]: unknown }>(
    array: A,
    places: number,
  ): A {
    const steps = this.shuffleSteps(array.length, places);
    const elements: { [index: number]: unknown } = array;
    for (let i = 0; i < places; i++) {
      const from = i + steps[i];
      const chosen = elements[from];
      elements[from] = elements[i];
      elements[i] = chosen;
    }
    return array;
  }

  /** For each of the first places, how far ahead its element comes from. */
  private shuffleSteps(length: number, places: number): Float64Array {
    const ahead = Float64Array.from({ length: places }, (_, i) => length - i);
    return this.below(new Float64Array(places), ahead);
  }

  /** Whole numbers in [0, bound). */
  private below(out: Float64Array, bound: Numbers): Float64Array {
    return this.fill('fillBelow', out, [{ name: 'bound', value: bound, requirement: populated }]);
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

  private scalar(
    method: string,
    fill: Sampler,
    target: Target,
    parameters: readonly Parameter[],
  ): Float64Array {
    const out = targetArray(method, target, 1);
    for (const parameter of parameters) checkParameter(method, parameter, out.length);
    return this.fill(fill, out, parameters);
  }

  private fill(fill: Sampler, out: Float64Array, parameters: readonly Parameter[]): Float64Array {
    this.within(() => fillByBlocks(this.engine, this.engine.exports[fill], out, parameters));
    return out;
  }

  private rows(
    out: Float64Array,
    size: number,
    inputs: readonly Input[],
    workspaceBytes: number,
    fill: (rows: Rows) => void,
  ): Float64Array {
    this.within(() => fillByRows(this.engine, out, size, inputs, workspaceBytes, fill));
    return out;
  }

  /** Runs `draw` with the state in its place in the engine. */
  private within(draw: () => void): void {
    const { engine } = this;
    engine.words(engine.state, STATE_WORDS).set(this.words);
    draw();
    this.words.set(engine.words(engine.state, STATE_WORDS));
  }
}

type Sampler = { [K in keyof Exports]: Exports[K] extends Fill ? K : never }[keyof Exports];

/** Selections from populations up to so many times as large shuffle an array of all of it. */
const DENSE = 16;

const populated: Requirement = {
  text: 'be an integer in [1, 2⁵³)',
  holds: (v) => v >= 1 && Number.isSafeInteger(v),
};

/** The array to fill, of a whole number of rows of `size`. */
function targetArray(method: string, target: Target, size: number): Float64Array {
  if (target instanceof Float64Array) {
    if (Number.isInteger(target.length / size)) return target;
    throw new RangeError(`${method}: an array for vectors of ${size} cannot have ${target.length} elements`);
  }
  if (!Number.isSafeInteger(target) || target < 0) {
    throw new RangeError(
      `${method}: expected how many draws to make (an integer ≥ 0) or a Float64Array, got ${String(target)}`,
    );
  }
  return new Float64Array(target * size);
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

/** A function of parameters, each of which is one number or one for each draw. */
function combine(values: readonly [Numbers, Numbers], of: (a: number, b: number) => number): Numbers {
  const [a, b] = values;
  if (typeof a === 'number') {
    return typeof b === 'number' ? of(a, b) : Float64Array.from(b, (value) => of(a, value));
  }
  return Float64Array.from(a, (value, i) => of(value, typeof b === 'number' ? b : b[i]));
}
