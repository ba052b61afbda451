/** The inverse Wishart distribution: what is known of a covariance matrix. */
import { choleskyOf, inverseOf } from '../../matrix';
import type { RandomStream } from '../../random';
import { special } from '../engine';
import { logDeterminant, requireCholesky, traceOfQuotient } from '../matrix';
import { LOG_PI } from './constants';

const LOG_TWO = 0.6931471805599453;

export class InverseWishart {
  readonly name = 'inverseWishart';
  readonly size: number;
  private readonly factor: Float64Array;

  /** Its mean is scale/(df − size − 1). */
  constructor(
    readonly df: number,
    readonly scale: Float64Array,
    size: number,
  ) {
    this.size = size;
    this.factor = requireCholesky(this.name, 'scale', scale, size);
  }

  get mean(): Float64Array {
    const excess = this.df - this.size - 1;
    return this.scale.map((x) => (excess > 0 ? x / excess : NaN));
  }
  get mode(): Float64Array {
    return this.scale.map((x) => x / (this.df + this.size + 1));
  }
  /** Of each element. */
  get variance(): Float64Array {
    const { scale, size } = this;
    const excess = this.df - size;
    const below = excess * (excess - 1) * (excess - 1) * (excess - 3);
    return scale.map((x, at) => {
      const [i, j] = [Math.floor(at / size), at % size];
      const diagonal = scale[i * (size + 1)] * scale[j * (size + 1)];
      return excess > 3 ? ((excess + 1) * x * x + (excess - 1) * diagonal) / below : Infinity;
    });
  }

  /** `x` row by row; −∞ where it is not positive definite. */
  logDensity(x: ArrayLike<number>): number {
    const { df, size, factor } = this;
    const other = choleskyOf(x, size);
    if (other === undefined) return -Infinity;
    return (
      (df / 2) * logDeterminant(factor, size) -
      ((df * size) / 2) * LOG_TWO -
      multivariateLogGamma(df / 2, size) -
      ((df + size + 1) / 2) * logDeterminant(other, size) -
      traceOfQuotient(other, factor, size) / 2
    );
  }
  /** One matrix after the other. */
  draws(stream: RandomStream, count: number): Float64Array {
    const { size, df } = this;
    const each = size * size;
    const precisions = stream.wishart(count, df, inverseOf(this.factor, size));
    for (let at = 0; at < precisions.length; at += each) {
      const factor = requireCholesky(this.name, 'draw', precisions.subarray(at, at + each), size);
      precisions.set(inverseOf(factor, size), at);
    }
    return precisions;
  }

  /** Kullback–Leibler divergence ∫ p log(p/q) of q = `other` from p = this, in nats. */
  klDivergence(other: InverseWishart): number {
    const { digamma } = special();
    const { df, size, factor } = this;
    let slopes = 0;
    for (let i = 0; i < size; i++) slopes += digamma((df - i) / 2);
    return (
      (other.df / 2) * (logDeterminant(factor, size) - logDeterminant(other.factor, size)) +
      (df / 2) * (traceOfQuotient(factor, other.factor, size) - size) +
      multivariateLogGamma(other.df / 2, size) -
      multivariateLogGamma(df / 2, size) +
      ((df - other.df) / 2) * slopes
    );
  }
}

/** log Γ_d(x) = ¼ d(d − 1) log π + Σ log Γ(x − i/2) */
export function multivariateLogGamma(x: number, size: number): number {
  const { lgamma } = special();
  let value = (size * (size - 1) * LOG_PI) / 4;
  for (let i = 0; i < size; i++) value += lgamma(x - i / 2);
  return value;
}
