/**
 * The positive definite Σ with Σ B Σ = A: the geometric mean of A and B⁻¹ (Bhatia 2007, chapter 4), by one Cholesky factor
 * and one eigendecomposition.
 */

import { cholesky } from "./cholesky";
import { symmetricEigen } from "./symmetric-eigen";

/** Bytes that `geometricMean` works in. */
export function geometricMeanBytes(count: i32, rowBytes: usize): usize {
  return (<usize>count * rowBytes) + 3 * ((<usize>count * <usize>count) << 3) + (<usize>count << 3);
}

/**
 * Σ = L⁻ᵀ (Lᵀ A L)^½ L⁻¹ with B = L Lᵀ. Of A and B, in rows `rowBytes` apart, the lower triangles are read; A becomes the
 * lower triangle of Σ, unless tr(Σ B) is more than `most`. Returns tr(Σ B), NaN with A spoilt when B is not positive definite
 * or A not positive.
 */
export function geometricMean(count: i32, a: usize, b: usize, rowBytes: usize, most: f64, work: usize): f64 {
  const n = <usize>count;
  const lower = work;
  const row = n << 3;
  const product = lower + n * rowBytes;
  const vectors = product + n * row;
  const spare = vectors + n * row;
  const values = spare + n * row;
  if (!cholesky(b, rowBytes, count, lower)) return NaN;
  // A L, row by row, A being symmetric.
  for (let i: usize = 0; i < n; ++i) {
    for (let j: usize = 0; j < n; ++j) {
      let sum: f64 = 0;
      for (let k = j; k < n; ++k) {
        const element = k <= i ? a + i * rowBytes + (k << 3) : a + k * rowBytes + (i << 3);
        sum += load<f64>(element) * load<f64>(lower + k * rowBytes + (j << 3));
      }
      store<f64>(spare + i * row + (j << 3), sum);
    }
  }
  // The upper triangle of Lᵀ (A L).
  for (let i: usize = 0; i < n; ++i) {
    for (let j = i; j < n; ++j) {
      let sum: f64 = 0;
      for (let k = i; k < n; ++k) {
        sum += load<f64>(lower + k * rowBytes + (i << 3)) * load<f64>(spare + k * row + (j << 3));
      }
      store<f64>(product + i * row + (j << 3), sum);
    }
  }
  symmetricEigen(count, product, values, vectors, spare);
  if (!(load<f64>(values) > 0)) return NaN;
  let trace: f64 = 0;
  for (let k: usize = 0; k < n; ++k) trace += sqrt<f64>(load<f64>(values + (k << 3)));
  if (!(trace <= most)) return trace;
  // Rows L⁻ᵀ v λ^¼, whose outer products make up Σ.
  for (let k: usize = 0; k < n; ++k) {
    const vector = vectors + k * row;
    const scale = sqrt<f64>(sqrt<f64>(load<f64>(values + (k << 3))));
    for (let i = <isize>n - 1; i >= 0; --i) {
      const own = lower + <usize>i * rowBytes;
      const x = load<f64>(vector + (<usize>i << 3)) / load<f64>(own + (<usize>i << 3));
      store<f64>(vector + (<usize>i << 3), scale * x);
      for (let j: usize = 0; j < <usize>i; ++j) {
        store<f64>(vector + (j << 3), load<f64>(vector + (j << 3)) - x * load<f64>(own + (j << 3)));
      }
    }
  }
  for (let i: usize = 0; i < n; ++i) {
    for (let j: usize = 0; j <= i; ++j) {
      let sum: f64 = 0;
      for (let k: usize = 0; k < n; ++k) {
        sum += load<f64>(vectors + k * row + (i << 3)) * load<f64>(vectors + k * row + (j << 3));
      }
      store<f64>(a + i * rowBytes + (j << 3), sum);
    }
  }
  return trace;
}
