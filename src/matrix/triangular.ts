/** Products, solutions and inverses of lower triangular matrices. */

/** Lx */
export function timesLower(lower: Float64Array, x: ArrayLike<number>): Float64Array {
  const size = x.length;
  return Float64Array.from({ length: size }, (_, i) => {
    let sum = 0;
    for (let k = 0; k <= i; k++) sum += lower[i * size + k] * x[k];
    return sum;
  });
}

/** Lᵀx */
export function timesLowerTransposed(lower: Float64Array, x: ArrayLike<number>): Float64Array {
  const size = x.length;
  return Float64Array.from({ length: size }, (_, j) => {
    let sum = 0;
    for (let i = j; i < size; i++) sum += lower[i * size + j] * x[i];
    return sum;
  });
}

/** L⁻¹b */
export function solveLower(lower: Float64Array, b: ArrayLike<number>): Float64Array {
  const size = b.length;
  const x = Float64Array.from(b);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i] -= lower[i * size + k] * x[k];
    x[i] /= lower[i * size + i];
  }
  return x;
}

/** L⁻ᵀb */
export function solveLowerTransposed(lower: Float64Array, b: ArrayLike<number>): Float64Array {
  const size = b.length;
  const x = Float64Array.from(b);
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i] -= lower[k * size + i] * x[k];
    x[i] /= lower[i * size + i];
  }
  return x;
}

/** (LLᵀ)⁻¹, as L⁻ᵀL⁻¹ so that it is symmetric to the last bit. */
export function inverseOf(lower: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size);
  for (let column = 0; column < size; column++) {
    for (let i = column; i < size; i++) {
      let sum = i === column ? 1 : 0;
      for (let k = column; k < i; k++) sum -= lower[i * size + k] * inverse[k * size + column];
      inverse[i * size + column] = sum / lower[i * size + i];
    }
  }
  const product = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = i; k < size; k++) sum += inverse[k * size + i] * inverse[k * size + j];
      product[i * size + j] = product[j * size + i] = sum;
    }
  }
  return product;
}
