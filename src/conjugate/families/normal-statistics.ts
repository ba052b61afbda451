/** Observations of normal families: numbers, or their count, mean and sum of squared distances from it. */
import { requireCount } from '../hyperparameters';
import { observationsOf, type Batch } from '../statistics/batch';
import { momentsOf, type Moments } from '../statistics/moments';

/** Observations, or `{ count, mean, squares }` with squares = Σ (x − mean)². */
export type NormalData = Batch | Moments;

export function normalStatistics(name: string, data: NormalData): Moments {
  const observations = observationsOf(name, data);
  if (observations !== undefined) return momentsOf(name, observations);
  const { count, mean, squares } = data as Moments;
  requireCount(name, 'count', count);
  if (!Number.isFinite(mean)) throw new RangeError(`${name}: mean must be finite, got ${String(mean)}`);
  if (!(squares >= 0 && squares < Infinity)) {
    throw new RangeError(`${name}: squares must be ≥ 0 and finite, got ${String(squares)}`);
  }
  return { count, mean, squares };
}
