/** Count, mean and sum of squared distances from it, block by block and joined by Chan's formula. */
import { eachBlock, type Numbers } from './blocks';
import { checkObservation, real } from './totals';

export interface Moments {
  readonly count: number;
  readonly mean: number;
  /** Σ (x − mean)² */
  readonly squares: number;
}

export const noMoments: Moments = { count: 0, mean: 0, squares: 0 };

/** Moments of both (Chan, Golub and LeVeque 1983). */
export function joinMoments(a: Moments, b: Moments): Moments {
  if (a.count === 0) return b;
  if (b.count === 0) return a;
  const count = a.count + b.count;
  const apart = b.mean - a.mean;
  return {
    count,
    mean: a.mean + (apart * b.count) / count,
    squares: a.squares + b.squares + apart * apart * a.count * (b.count / count),
  };
}

/** @throws RangeError naming the first observation that is not finite */
export function momentsOf(family: string, data: Numbers): Moments {
  let all = noMoments;
  let start = 0;
  eachBlock(data, 16, (engine, at, count, behind) => {
    engine.exports.moments(at, count, behind);
    const [mean, squares] = engine.floats(behind, 2);
    if (!Number.isFinite(mean) || !Number.isFinite(squares)) {
      for (let i = start; i < start + count; i++) {
        checkObservation(family, data[i], real, `observation [${i}]`);
      }
      throw new RangeError(`${family}: the squares of the observations overflow`);
    }
    all = joinMoments(all, { count, mean, squares });
    start += count;
  });
  return all;
}
