/** What a metric of low rank is made of: scales, and few directions in the coordinates they give. */

/** The inverse metric D½(I + U(Λ − I)Uᵀ)D½ of one chain in d dimensions, with k directions. */
export interface LowRankMetric {
  /** D½: d values, in units of the unconstrained parameters. */
  readonly scales: Float64Array;
  /** Λ: k variances along the directions, ascending, each below ½ or above 2. */
  readonly eigenvalues: Float64Array;
  /** Uᵀ: k orthonormal vectors of d values. */
  readonly eigenvectors: readonly Float64Array[];
}

/** Takes apart what `Chain.metricRoot` gives: d scales, k eigenvalues, k rows of d. */
export function lowRankMetric(values: Float64Array, dimension: number): LowRankMetric {
  const directions = (values.length - dimension) / (dimension + 1);
  const start = dimension + directions;
  return {
    scales: values.subarray(0, dimension),
    eigenvalues: values.subarray(dimension, start),
    eigenvectors: Array.from({ length: directions }, (_, k) =>
      values.subarray(start + k * dimension, start + (k + 1) * dimension),
    ),
  };
}

/** The diagonal of the inverse metric: variances of the parameters, as it has them. */
export function varianceOf({ scales, eigenvalues, eigenvectors }: LowRankMetric): Float64Array {
  return scales.map(
    (scale, i) =>
      scale * scale * eigenvectors.reduce((sum, row, k) => sum + (eigenvalues[k] - 1) * row[i] * row[i], 1),
  );
}
