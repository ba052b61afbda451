/** A diagonal and a few directions in which the curvature differs most from it, found by the method of Lanczos. */

import type { Samplable } from '../posterior';
import { type Diagonal, inBlocks, madePositive } from './diagonal';
import type { Place } from './place';
import type { Gaussian } from './structure';

/** Stream of the seed's generator that Lanczos starts from. */
const START = 2;
/** Steps beyond twice the rank: extreme eigenpairs settle first, at both ends. */
const EXTRA_STEPS = 20;

/**
 * Precision D^½(I + Q(Λ − I)Qᵀ)D^½: D the diagonal of −H, and Λ the `rank` eigenvalues of D^−½(−H)D^−½ that are furthest from
 * 1 by their logarithm. Exact where the rank is the dimension.
 */
export function lowRankGaussian(
  posterior: Samplable,
  place: Place,
  diagonal: Diagonal,
  rank: number,
  seed: number,
): Gaussian {
  const { instance, mode } = place;
  const { dimension, exports } = instance;
  const { precision, warnings } = madePositive(posterior, diagonal.values);
  const scaling = precision.map((value) => 1 / Math.sqrt(value));
  const scale = place.vector(scaling);
  const steps = Math.min(dimension, 2 * rank + EXTRA_STEPS);
  const row = exports.basisRow();
  const basis = exports.allocate(steps * row);
  const matrix = place.room(steps * steps);
  const random = exports.createRandom(BigInt(seed), START);
  const before = exports.productCount();
  const made = exports.lanczos(place.vector(mode), scale, random, steps, basis, matrix);
  place.between(made);
  const products = exports.productCount() - before + diagonal.report.products;

  const tridiagonal = instance.view(matrix, steps * steps);
  const square = Float64Array.from(
    { length: made * made },
    (_, k) => tridiagonal[Math.floor(k / made) * steps + (k % made)],
  );
  const small = place.vector(square);
  const [values, vectors, space] = [place.room(made), place.room(made * made), place.room(made * made)];
  exports.eigenOf(made, small, values, vectors, space);
  const eigenvalues = instance.view(values, made).slice();
  const negative = eigenvalues.filter((value) => !(value > 0)).length;
  if (negative > 0) {
    warnings.push(
      `the Hessian is not negative definite at the mode: ${negative} of its ${made} extreme directions curve upwards; ` +
        'they were given the curvature of the diagonal: do not rely on draws along them',
    );
  }
  // Distance from 1 by logarithms, without logarithms.
  const distance = (value: number): number => (value > 0 ? Math.max(value, 1 / value) : 0);
  const chosen = Array.from(eigenvalues.keys())
    .filter((k) => eigenvalues[k] > 0)
    .sort((a, b) => distance(eigenvalues[b]) - distance(eigenvalues[a]))
    .slice(0, rank);
  const kept = Float64Array.from(chosen, (k) => eigenvalues[k]);
  const directions = exports.allocate(Math.max(1, chosen.length) * row);
  chosen.forEach((k, at) => exports.combineBasis(basis, made, vectors + 8 * made * k, directions + at * row));
  const keptAt = place.vector(kept);
  const logDeterminant =
    exports.sumOfLogs(dimension, place.vector(precision)) + exports.sumOfLogs(kept.length, keptAt);
  const { report } = diagonal;
  return {
    hessian: {
      ...report,
      because: `${kept.length} directions besides a diagonal: ${report.because}`,
      products,
    },
    warnings,
    logDeterminant,
    squaredDistance(offset) {
      const scaled = offset.map((x, i) => x / scaling[i]);
      let squares = scaled.reduce((sum, x) => sum + x * x, 0);
      kept.forEach((value, at) => {
        const q = instance.view(directions + at * row, dimension);
        let along = 0;
        for (let i = 0; i < dimension; i++) along += q[i] * scaled[i];
        squares += (value - 1) * along * along;
      });
      return squares;
    },
    draw(count, drawSeed) {
      const stream = exports.createRandom(BigInt(drawSeed), 0);
      const center = place.vector(mode);
      const factors = place.vector(kept.map((value) => 1 / Math.sqrt(value) - 1));
      return inBlocks(place, count, (block, positions, exponents) =>
        exports.drawLowRank(
          center,
          scale,
          directions,
          factors,
          kept.length,
          stream,
          block,
          positions,
          exponents,
        ),
      );
    },
  };
}
