/** Options of predictions, checked. */

import { freshSeed, requireSeed } from '../arguments';

/** Names of the options common to both. */
export const COMMON = ['seed', 'names', 'coords'];

/** Options common to `predict` and `priorPredictive`. */
export interface PredictionOptions {
  /** Integer in [0, 2⁵³): the same seed gives the same draws. By default a fresh one, kept with the result. */
  readonly seed?: number;
  /** What to predict; by default everything observed or derived, and of a prior its parameters. */
  readonly names?: readonly string[];
  /** Labels of the positions along dimensions of the new data; they fix the dimensions' sizes. */
  readonly coords?: Readonly<Record<string, readonly (string | number)[]>>;
}

/** The seed, or one from the host's entropy. */
export function seedOf(caller: string, { seed }: PredictionOptions): number {
  return seed === undefined ? freshSeed() : requireSeed(caller, seed);
}
