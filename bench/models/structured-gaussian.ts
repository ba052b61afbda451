/** Gaussians with few strong directions, whose moments are known. */
import { Generator } from '../random';

/** Covariance D½(I + U(Λ − I)Uᵀ)D½. */
export interface Structured {
  /** D½ */
  readonly scales: Float64Array;
  /** Λ, of the strong directions. */
  readonly eigenvalues: readonly number[];
  /** Uᵀ, orthonormal rows. */
  readonly directions: readonly Float64Array[];
}

/** Scales spread evenly, on a logarithmic scale, over the factor `spread`, in no order; random directions. */
export function structured(dimension: number, spread: number, eigenvalues: readonly number[]): Structured {
  const random = new Generator(3);
  const directions: Float64Array[] = [];
  for (let k = 0; k < eigenvalues.length; k++) {
    const row = random.normals(dimension);
    for (const other of [...directions, ...directions]) {
      const share = dot(row, other);
      row.forEach((value, i) => (row[i] = value - share * other[i]));
    }
    const length = Math.sqrt(dot(row, row));
    directions.push(row.map((value) => value / length));
  }
  const scales = Float64Array.from({ length: dimension }, (_, i) =>
    Math.pow(spread, ((i * 7919) % dimension) / (dimension - 1) - 0.5),
  );
  return { scales, eigenvalues, directions };
}

export function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * y[i];
  return sum;
}

/** D^±½ x stretched along the directions by f(λ), and scaled again: Σx for λ and 1, Σ⁻¹x for 1/λ and −1. */
function product(
  { scales, eigenvalues, directions }: Structured,
  x: ArrayLike<number>,
  power: (value: number) => number,
): Float64Array {
  const scaled = new Float64Array(scales.length);
  for (let i = 0; i < scaled.length; i++) scaled[i] = power(scales[i]) * x[i];
  const result = scaled.slice();
  directions.forEach((row, k) => {
    const amount = (power(eigenvalues[k]) - 1) * dot(row, scaled);
    for (let i = 0; i < row.length; i++) result[i] += amount * row[i];
  });
  for (let i = 0; i < result.length; i++) result[i] *= power(scales[i]);
  return result;
}

export const timesCovariance = (gaussian: Structured, x: ArrayLike<number>): Float64Array =>
  product(gaussian, x, (value) => value);

export const timesPrecision = (gaussian: Structured, x: ArrayLike<number>): Float64Array =>
  product(gaussian, x, (value) => 1 / value);

/** Variance of a coordinate. */
export function variance(gaussian: Structured, i: number): number {
  const unit = new Float64Array(gaussian.scales.length);
  unit[i] = 1;
  return timesCovariance(gaussian, unit)[i];
}

/** Log density, up to a constant, about `mean`; writes the gradient. In plain loops: it is called a hundred thousand times. */
export function density(
  { scales, eigenvalues, directions }: Structured,
  mean: ArrayLike<number>,
): (position: Float64Array, gradient: Float64Array) => number {
  const z = new Float64Array(scales.length);
  const result = new Float64Array(scales.length);
  return (position, gradient) => {
    for (let i = 0; i < z.length; i++) result[i] = z[i] = (position[i] - mean[i]) / scales[i];
    for (let k = 0; k < directions.length; k++) {
      const row = directions[k];
      const amount = (1 / eigenvalues[k] - 1) * dot(row, z);
      for (let i = 0; i < z.length; i++) result[i] += amount * row[i];
    }
    for (let i = 0; i < z.length; i++) gradient[i] = -result[i] / scales[i];
    return -0.5 * dot(result, z);
  };
}

/** A draw about 0: S z with the symmetric root of the stretched part. */
export function drawFrom({ scales, eigenvalues, directions }: Structured, random: Generator): Float64Array {
  const z = random.normals(scales.length);
  const result = z.slice();
  directions.forEach((row, k) => {
    const amount = (Math.sqrt(eigenvalues[k]) - 1) * dot(row, z);
    for (let i = 0; i < row.length; i++) result[i] += amount * row[i];
  });
  return result.map((value, i) => value * scales[i]);
}
