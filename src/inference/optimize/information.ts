/** The observed information: −H at a point, its factor, and the directions in which it says nothing. */

import type { FullExports, Instance } from '../../backend/wasm';

/** Rows of the Hessian between two looks at the clock. */
const ROWS = 64;
/** Of a coordinate's own curvature, what must be left once all others may move along; below, the direction is flat. */
const LEAST_SHARE = 1e-11;

/** A finite matrix is definite with its diagonal raised by as much. */
const LARGEST_SHARE = 1e15;

/** A direction along which the log density is flat or curves upwards. */
export interface Direction {
  /** Components, `dimension` values, scaled by the roots of the curvatures and to length 1. */
  readonly components: Float64Array;
  /** Curvature left, as a share of the coordinate's own: 0 or less where the Hessian is not negative definite. */
  readonly share: number;
}

/** −H at a position, in the instance's memory. */
export class Information {
  private constructor(
    private readonly instance: Instance<FullExports>,
    private readonly matrix: number,
    /** Address of U with UᵀU = −H; good where it is definite. */
    readonly factor: number,
    /** Row of the first pivot that is not positive, or −1. */
    private failed: number,
    /** Largest difference between mirror elements: rounding, or the error of differences. */
    readonly asymmetry: number,
  ) {}

  /** Evaluates and factors; `between` is called every 64 rows, and what it throws ends it. */
  static at(
    instance: Instance<FullExports>,
    position: Float64Array,
    between?: (rows: number) => void,
  ): Information {
    const { dimension: n, exports } = instance;
    const bytes = (8 * n * n + 31) & ~15;
    const matrix = exports.allocate(2 * bytes);
    const pointer = exports.allocate(8 * n + 32);
    instance.view(pointer, n).set(position);
    for (let first = 0; first < n; first += ROWS) {
      exports.precisionRows(pointer, first, Math.min(ROWS, n - first), matrix);
      between?.(Math.min(n, first + ROWS));
    }
    const asymmetry = exports.symmetrise(n, matrix);
    const factor = matrix + bytes;
    return new Information(
      instance,
      matrix,
      factor,
      exports.factorPrecision(n, matrix, 0, factor),
      asymmetry,
    );
  }

  /** Whether −H has a Cholesky factor. */
  get isDefinite(): boolean {
    return this.failed < 0;
  }

  /** Factors it with its diagonal raised by a share of itself, ten times as much until it is definite; gives the share. */
  raise(first: number): number {
    const { dimension, exports } = this.instance;
    let share = first;
    while (exports.factorPrecision(dimension, this.matrix, share, this.factor) >= 0) {
      if (share > LARGEST_SHARE)
        throw new Error('the second derivatives of the log density are not finite at the mode');
      share *= 10;
    }
    this.failed = -1;
    return share;
  }

  /** −H, row-major: dimension² values. */
  get precision(): Float64Array {
    const { dimension } = this.instance;
    return this.instance.view(this.matrix, dimension * dimension).slice();
  }

  /** log |−H|, where it is definite. */
  get logDeterminant(): number {
    return this.instance.exports.logDeterminant(this.instance.dimension, this.factor);
  }

  /** U⁻ᵀ·x of each of some rows of length `dimension`, which are overwritten. */
  whiten(rows: Float64Array): void {
    const { instance } = this;
    const { dimension: n, exports } = instance;
    const count = rows.length / n;
    const block = Math.max(1, Math.min(count, Math.floor((1 << 20) / n)));
    const pointer = instance.buffer(8 * block * n + 32);
    for (let from = 0; from < count; from += block) {
      const here = Math.min(block, count - from);
      instance.view(pointer, here * n).set(rows.subarray(from * n, (from + here) * n));
      exports.whitenRows(n, this.factor, pointer, here);
      rows.set(instance.view(pointer, here * n), from * n);
    }
  }

  /**
   * The directions in which the log density is flat or curves upwards, as far as factors show them, at most `most`: where
   * a pivot fails, its coordinate is set aside and the rest looked at again. Spoils the factor where −H is not definite.
   */
  flatDirections(most = 3): Direction[] {
    const { instance, matrix } = this;
    const { dimension: n, exports } = instance;
    const curvatures = instance.view(matrix, n * n);
    const found: Direction[] = [];
    const aside: number[] = [];
    let failed = this.failed;
    while (failed >= 0 && found.length < most) {
      found.push(this.directionOf(curvatures, failed));
      aside.push(failed);
      const rest = instance.view(this.factor, n * n);
      rest.set(curvatures);
      for (const k of aside) {
        for (let i = 0; i < n; i++) rest[i * n + k] = rest[k * n + i] = i === k ? 1 : 0;
      }
      failed = exports.factorPrecision(n, this.factor, 0, this.factor);
    }
    for (let k = 0; k < n && found.length < most && failed < 0; k++) {
      const pivot = instance.view(this.factor, n * n)[k * n + k];
      const share = (pivot * pivot) / curvatures[k * n + k];
      if (!(share >= LEAST_SHARE) && !aside.includes(k)) found.push(this.directionOf(curvatures, k));
    }
    return found;
  }

  /** The direction of row k of the factor, and the curvature that the rows before leave it. */
  private directionOf(matrix: Float64Array, k: number): Direction {
    const { dimension: n } = this.instance;
    const factor = this.instance.view(this.factor, n * n);
    const own = matrix[k * n + k];
    let left = own;
    for (let i = 0; i < k; i++) left -= factor[i * n + k] * factor[i * n + k];
    const share = own > 0 ? left / own : own < 0 ? -1 : 0;
    return { components: this.partners(matrix, factor, k), share };
  }

  /** Coordinate k with the others before it moving along: the solution of U₁₁·v = −u₁ₖ, scaled. */
  private partners(matrix: Float64Array, factor: Float64Array, k: number): Float64Array {
    const { dimension: n } = this.instance;
    const v = new Float64Array(n);
    v[k] = 1;
    for (let i = k - 1; i >= 0; i--) {
      let rest = -factor[i * n + k];
      for (let j = i + 1; j < k; j++) rest -= factor[i * n + j] * v[j];
      v[i] = rest / factor[i * n + i];
    }
    let squares = 0;
    for (let i = 0; i <= k; i++) {
      v[i] *= Math.sqrt(Math.abs(matrix[i * n + i])) || (i === k ? 1 : 0);
      squares += v[i] * v[i];
    }
    return v.map((x) => x / Math.sqrt(squares));
  }
}
