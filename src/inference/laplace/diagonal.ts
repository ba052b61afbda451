/** The diagonal of the Hessian alone: exact where its sparsity is proved, else estimated by random probes. */

import { coordinateName } from '../optimize/coordinates';
import type { Samplable } from '../posterior';
import type { Coloring } from './coloring';
import type { Place } from './place';
import type { Gaussian, HessianReport } from './structure';

/** −Hᵢᵢ and how it was found. */
export interface Diagonal {
  readonly values: Float64Array;
  readonly report: HessianReport;
}

/** One product for each colour. */
export function coloredDiagonal(place: Place, { colours, count }: Coloring): Diagonal {
  const { instance, mode, exact } = place;
  const { dimension, exports } = instance;
  const position = place.vector(mode);
  const result = place.room(dimension);
  const marks = exports.allocate(4 * dimension + 32);
  new Int32Array(instance.bytes(marks, 4 * dimension).buffer, marks, dimension).set(colours);
  for (let colour = 0; colour < count; colour++) {
    exports.diagonalOfColour(position, marks, colour, result);
    place.between(colour + 1);
  }
  const because = count === 1 ? 'separable: no coordinate meets another' : `${count} colours of coordinates`;
  return {
    values: instance.view(result, dimension).slice(),
    report: { kind: exact ? 'exact' : 'differences', because, products: count },
  };
}

/** Hutchinson's estimate: the mean of v·(−Hv) over random signs v. */
export function probedDiagonal(place: Place, probes: number, seed: number): Diagonal {
  const { instance, mode } = place;
  const { dimension, exports } = instance;
  const position = place.vector(mode);
  const [mean, squares] = [place.room(dimension), place.room(dimension)];
  const random = exports.createRandom(BigInt(seed), PROBES);
  for (let count = 1; count <= probes; count++) {
    exports.probeDiagonal(position, random, count, mean, squares);
    place.between(count);
  }
  const standardErrors = instance
    .view(squares, dimension)
    .map((sum) => Math.sqrt(sum / ((probes - 1) * probes)));
  return {
    values: instance.view(mean, dimension).slice(),
    report: {
      kind: 'estimated',
      because: `no sparsity was proved; ${probes} random probes`,
      products: probes,
      standardErrors,
    },
  };
}

/** Stream of the seed's generator that probes are drawn from; draws have the first. */
const PROBES = 1;
/** Names in a warning. */
const SHOWN = 4;

/** A Gaussian of independent coordinates. Where the curvature is not positive its magnitude is used, with a warning. */
export function diagonalGaussian(posterior: Samplable, place: Place, { values, report }: Diagonal): Gaussian {
  const { instance, mode } = place;
  const { dimension, exports } = instance;
  const { precision, warnings } = madePositive(posterior, values);
  const pointer = place.vector(precision);
  const logDeterminant = exports.sumOfLogs(dimension, pointer);
  return {
    hessian: report,
    warnings,
    logDeterminant,
    squaredDistance: (offset) => offset.reduce((sum, x, i) => sum + precision[i] * x * x, 0),
    draw(count, seed) {
      const random = exports.createRandom(BigInt(seed), 0);
      const center = place.vector(mode);
      const deviations = place.vector(precision.map((value) => 1 / Math.sqrt(value)));
      return inBlocks(place, count, (block, positions, exponents) =>
        exports.drawDiagonal(dimension, center, deviations, random, block, positions, exponents),
      );
    },
  };
}

/** A diagonal that is positive, and what had to be changed. */
export function madePositive(
  posterior: Samplable,
  values: Float64Array,
): { precision: Float64Array; warnings: string[] } {
  let count = 0;
  const named: string[] = [];
  let least = Infinity;
  for (const value of values) if (value > 0) least = Math.min(least, value);
  if (least === Infinity) least = 1;
  const precision = values.map((value, i) => {
    if (value > 0 && value < Infinity) return value;
    if (++count <= SHOWN) named.push(`'${coordinateName(posterior, i)}' (${value.toPrecision(2)})`);
    return Number.isFinite(value) && value !== 0 ? Math.abs(value) : least;
  });
  if (count === 0) return { precision, warnings: [] };
  const more = count > SHOWN ? ` and ${count - SHOWN} more` : '';
  const warning =
    `the Hessian is not negative definite at the mode: the curvature along ${named.join(', ')}${more} is not ` +
    'positive, and its magnitude was used: do not rely on draws along these directions';
  return { precision, warnings: [warning] };
}

/** Bytes of draws that are made in the module at once. */
const BLOCK = 16_777_216;

/** Draws by blocks that fit a buffer of the module. */
export function inBlocks(
  { instance, between }: Place,
  count: number,
  make: (block: number, positions: number, exponents: number) => void,
): { positions: Float64Array; exponents: Float64Array } {
  const { dimension } = instance;
  const rows = Math.max(1, Math.min(count, Math.floor(BLOCK / (8 * dimension))));
  const positions = new Float64Array(count * dimension);
  const exponents = new Float64Array(count);
  for (let from = 0; from < count; from += rows) {
    const block = Math.min(rows, count - from);
    const pointer = instance.buffer(8 * (rows * dimension + rows) + 64);
    const marks = pointer + 8 * rows * dimension;
    make(block, pointer, marks);
    positions.set(instance.view(pointer, block * dimension), from * dimension);
    exponents.set(instance.view(marks, block), from);
    between(from + block);
  }
  return { positions, exponents };
}
