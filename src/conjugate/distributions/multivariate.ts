/** What every exact distribution of a vector offers. */
import type { RandomStream } from '../../random';
import { special } from '../engine';
import type { Numbers } from '../statistics/blocks';
import type { UnivariateDistribution } from './univariate';

/** A distribution of vectors, in closed form. */
export abstract class MultivariateDistribution {
  abstract readonly name: string;
  /** Elements of one vector. */
  abstract readonly size: number;
  abstract readonly mean: Float64Array;
  abstract readonly mode: Float64Array;
  /** Row by row, size × size. */
  abstract readonly covariance: Float64Array;

  /** Logarithm of the density of a vector; −∞ outside the support. */
  abstract logDensity(x: Numbers): number;
  /** Independent draws, one vector after the other. */
  abstract draws(stream: RandomStream, count: number): Float64Array;
  /** The distribution of one element: its quantiles and intervals. */
  abstract marginal(element: number): UnivariateDistribution;

  /** Variance of each element. */
  get variance(): Float64Array {
    const { covariance, size } = this;
    return Float64Array.from({ length: size }, (_, i) => covariance[i * size + i]);
  }

  density(x: Numbers): number {
    return special().exp(this.logDensity(x));
  }

  protected check(method: string, length: number): void {
    if (length === this.size) return;
    throw new RangeError(`${this.name}.${method}: expected ${this.size} elements, got ${length}`);
  }

  protected checkElement(element: number): void {
    if (Number.isInteger(element) && element >= 0 && element < this.size) return;
    throw new RangeError(
      `${this.name}.marginal: element must be an integer in [0, ${this.size}), got ${element}`,
    );
  }
}
