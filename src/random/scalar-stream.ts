/** Draws of numbers: a method for each family of `families.ts`. */
import { checkParameter, checkTogether, type Numbers, type Parameter } from './check';
import { DERIVED, FAMILIES, type Family } from './families';
import { Source } from './source';
import { targetArray, type Target } from './target';

export abstract class ScalarStream extends Source {
  /** On [lower, upper); the width must be finite. */
  uniform(target: Target, lower: Numbers = 0, upper: Numbers = 1): Float64Array {
    return this.draw('uniform', target, lower, upper);
  }

  /** Normal. */
  normal(target: Target, mean: Numbers = 0, sd: Numbers = 1): Float64Array {
    return this.draw('normal', target, mean, sd);
  }

  /** Exponential; the mean is 1/rate. */
  exponential(target: Target, rate: Numbers = 1): Float64Array {
    return this.draw('exponential', target, rate);
  }

  /** Gamma; the mean is shape/rate. Draws below 5e-324 are 0: see `logGamma`. */
  gamma(target: Target, shape: Numbers, rate: Numbers = 1): Float64Array {
    return this.draw('gamma', target, shape, rate);
  }

  /** Logarithms of gamma draws, which do not underflow. */
  logGamma(target: Target, shape: Numbers, rate: Numbers = 1): Float64Array {
    return this.draw('logGamma', target, shape, rate);
  }

  /** Inverse gamma: 1/x is gamma with rate `scale`. Draws above 1.8e308 are Infinity. */
  inverseGamma(target: Target, shape: Numbers, scale: Numbers = 1): Float64Array {
    return this.draw('inverseGamma', target, shape, scale);
  }

  /** Beta; the mean is alpha/(alpha + beta). Draws below 5e-324 are 0: see `logBeta`. */
  beta(target: Target, alpha: Numbers, beta: Numbers): Float64Array {
    return this.draw('beta', target, alpha, beta);
  }

  /** Logarithms of beta draws, which do not underflow. */
  logBeta(target: Target, alpha: Numbers, beta: Numbers): Float64Array {
    return this.draw('logBeta', target, alpha, beta);
  }

  /** χ² with `df` degrees of freedom. */
  chiSquared(target: Target, df: Numbers): Float64Array {
    return this.draw('chiSquared', target, df);
  }

  /** Student's t. Draws beyond ±1.8e308 are infinite. */
  studentT(target: Target, df: Numbers, location: Numbers = 0, scale: Numbers = 1): Float64Array {
    return this.draw('studentT', target, df, location, scale);
  }

  /** Cauchy. */
  cauchy(target: Target, location: Numbers = 0, scale: Numbers = 1): Float64Array {
    return this.draw('cauchy', target, location, scale);
  }

  /** Log-normal: log x is normal with mean `location` and standard deviation `scale`. */
  logNormal(target: Target, location: Numbers = 0, scale: Numbers = 1): Float64Array {
    return this.draw('logNormal', target, location, scale);
  }

  /** Weibull. */
  weibull(target: Target, shape: Numbers, scale: Numbers = 1): Float64Array {
    return this.draw('weibull', target, shape, scale);
  }

  /** Laplace, the double exponential. */
  laplace(target: Target, location: Numbers = 0, scale: Numbers = 1): Float64Array {
    return this.draw('laplace', target, location, scale);
  }

  /** Logistic. */
  logistic(target: Target, location: Numbers = 0, scale: Numbers = 1): Float64Array {
    return this.draw('logistic', target, location, scale);
  }

  /** Inverse Gaussian (Wald's); the variance is mean³/shape; mean/shape must be finite. */
  inverseGaussian(target: Target, mean: Numbers, shape: Numbers): Float64Array {
    return this.draw('inverseGaussian', target, mean, shape);
  }

  /** Von Mises: angles in radians, within π of the mean. */
  vonMises(target: Target, mean: Numbers, concentration: Numbers): Float64Array {
    return this.draw('vonMises', target, mean, concentration);
  }

  /** Poisson. */
  poisson(target: Target, mean: Numbers): Float64Array {
    return this.draw('poisson', target, mean);
  }

  /** Binomial: successes in so many trials. */
  binomial(target: Target, trials: Numbers, probability: Numbers): Float64Array {
    return this.draw('binomial', target, trials, probability);
  }

  /** Negative binomial: Poisson, the mean of which is gamma with this shape and rate. */
  negativeBinomialShapeRate(target: Target, shape: Numbers, rate: Numbers): Float64Array {
    return this.draw('negativeBinomialShapeRate', target, shape, rate);
  }

  /** Geometric: failures before the first success; the mean is (1 − p)/p. */
  geometric(target: Target, probability: Numbers): Float64Array {
    return this.draw('geometric', target, probability);
  }

  /** Negative binomial by mean and dispersion φ: the variance is mean + mean²/φ. */
  negativeBinomial(target: Target, mean: Numbers, dispersion: Numbers): Float64Array {
    const out = targetArray('negativeBinomial', target, 1);
    parametersOf('negativeBinomial', DERIVED.negativeBinomial, [mean, dispersion], out.length);
    const rate = combine([dispersion, mean], (phi, mu) =>
      Math.max(Number.MIN_VALUE, Math.min(phi / mu, Number.MAX_VALUE)),
    );
    return this.negativeBinomialShapeRate(out, dispersion, rate);
  }

  /**
   * Hypergeometric: successes among `draws` draws, without replacement, from so many successes and failures.
   */
  hypergeometric(target: Target, draws: Numbers, successes: Numbers, failures: Numbers): Float64Array {
    return this.draw('hypergeometric', target, successes, failures, draws);
  }

  /**
   * Whole numbers from lower to upper, both included, all equally likely; upper − lower must be below 2⁵³.
   */
  discreteUniform(target: Target, lower: Numbers, upper: Numbers): Float64Array {
    const out = targetArray('discreteUniform', target, 1);
    parametersOf('discreteUniform', DERIVED.discreteUniform, [lower, upper], out.length);
    this.below(
      out,
      combine([lower, upper], (a, b) => b - a + 1),
    );
    for (let i = 0; i < out.length; i++) out[i] += typeof lower === 'number' ? lower : lower[i];
    return out;
  }

  private draw(name: keyof typeof FAMILIES, target: Target, ...values: Numbers[]): Float64Array {
    const out = targetArray(name, target, 1);
    const family = FAMILIES[name];
    return this.fill(family.fill, out, parametersOf(name, family, values, out.length));
  }
}

/** The parameters of so many draws, checked. */
function parametersOf(
  method: string,
  { parameters, together }: Family,
  values: readonly Numbers[],
  draws: number,
): Parameter[] {
  const given = Object.entries(parameters).map(([name, requirement], k) => ({
    name,
    value: values[k],
    requirement,
  }));
  for (const parameter of given) checkParameter(method, parameter, draws);
  if (together) checkTogether(method, together.text, given, together.holds);
  return given;
}

/** A function of parameters, each of which is one number or one for each draw. */
function combine(values: readonly [Numbers, Numbers], of: (a: number, b: number) => number): Numbers {
  const [a, b] = values;
  if (typeof a === 'number') {
    return typeof b === 'number' ? of(a, b) : Float64Array.from(b, (value) => of(a, value));
  }
  return Float64Array.from(a, (value, i) => of(value, typeof b === 'number' ? b : b[i]));
}
