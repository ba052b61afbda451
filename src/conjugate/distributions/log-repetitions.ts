/** log of Γ(shape + count) / (Γ(shape) count!): the ways to put `count` things into `shape` places, any real number. */
import { special } from '../engine';

export function logRepetitions(shape: number, count: number): number {
  const { lgamma, logRisingFactorial } = special();
  // The two large logarithms are those of the larger argument; they are not subtracted.
  return count > shape
    ? logRisingFactorial(count + 1, shape - 1) - lgamma(shape)
    : logRisingFactorial(shape, count) - lgamma(count + 1);
}
