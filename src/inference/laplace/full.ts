/** The whole Hessian, factored. */

import type { Information } from '../optimize/information';
import { inWords } from '../optimize/problem';
import type { Samplable } from '../posterior';
import type { Place } from './place';
import type { Gaussian } from './structure';

/** Draws that are made together. */
const WIDTH = 64;
/** How far a diagonal is raised, relative to itself, until the matrix is definite. */
const FIRST_SHIFT = 1e-8;

/** A Gaussian whose precision is −H at the mode; where that is not definite, with a raised diagonal, and a warning. */
export function fullGaussian(posterior: Samplable, place: Place, information: Information): Gaussian {
  const { instance, exact, mode } = place;
  const { dimension: n, exports } = instance;
  const warnings = information
    .flatDirections()
    .map(
      (direction) =>
        `the Hessian is not negative definite at the mode: the log density is flat, or curved upwards, ${inWords(posterior, direction)}`,
    );
  if (!information.isDefinite) {
    const shift = information.raise(FIRST_SHIFT);
    warnings.push(
      `the diagonal of the precision was raised by ${shift.toExponential(0)} of itself so that there are draws at all: do not rely on them along these directions`,
    );
  }
  const factor = instance.view(information.factor, n * n).slice();
  return {
    hessian: {
      kind: exact ? 'exact' : 'differences',
      because: exact ? 'symbolic second derivatives' : 'central differences of gradients',
      products: exports.productCount(),
    },
    warnings,
    logDeterminant: information.logDeterminant,
    squaredDistance(offset) {
      let squares = 0;
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (let j = i; j < n; j++) sum += factor[i * n + j] * offset[j];
        squares += sum * sum;
      }
      return squares;
    },
    draw(count, seed) {
      const positions = new Float64Array(count * n);
      const exponents = new Float64Array(count);
      const random = exports.createRandom(BigInt(seed), 0);
      const pointer = place.vector(mode);
      const work = exports.allocate(8 * n * WIDTH + 32);
      const rows = exports.allocate(8 * (n * WIDTH + WIDTH) + 32);
      const marks = rows + 8 * n * WIDTH;
      for (let from = 0; from < count; from += WIDTH) {
        const here = Math.min(WIDTH, count - from);
        exports.drawDense(n, information.factor, pointer, random, here, rows, marks, work);
        positions.set(instance.view(rows, here * n), from * n);
        exponents.set(instance.view(marks, here), from);
      }
      return { positions, exponents };
    },
  };
}
