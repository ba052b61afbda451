/**
 * Extreme eigenpairs of B = S(−H)S, S diagonal, by the method of Lanczos with every vector made orthogonal to all before
 * it, twice (Golub & Van Loan 2013, §10.3); and draws by I + Q(Λ − I)Qᵀ in its place.
 */

import { multiplyHessian, setProductPosition } from "./product";
import { addScaled, dot, scaleBy } from "../dynamics/vector";
import { allocate } from "../memory";
import { vectorBytes } from "../dynamics/space";
import { symmetricEigen } from "../linalg/symmetric-eigen";
import { dimension } from "../program/target";
import { normal } from "../random/normal";

/** Below this, relative to its size before, what is left of a vector is rounding: the space is exhausted. */
const EXHAUSTED: f64 = 1e-10;

let work: usize = 0;

/** Bytes between the vectors of a basis. */
export function basisRow(): usize {
  return vectorBytes();
}

/**
 * Steps of Lanczos. `basis` has room for `steps` vectors, `matrix` gets the steps×steps matrix VᵀBV, of which only the
 * tridiagonal part is not 0. Gives the number of steps made: fewer than asked for when the space is exhausted.
 */
export function lanczos(position: usize, scaling: usize, random: usize, steps: i32, basis: usize, matrix: usize): i32 {
  const bytes = vectorBytes();
  if (!work) work = allocate(2 * bytes);
  const scaled = work, product = work + bytes;
  const n = dimension();
  setProductPosition(position);
  memory.fill(matrix, 0, (<usize>steps * <usize>steps) << 3);
  let made = 0;
  let before: f64 = 0;
  let current = basis;
  fillNormals(random, current);
  scaleBy(1 / sqrt(dot(current, current)), current, current);
  while (true) {
    for (let at: usize = 0, end = <usize>n << 3; at < end; at += 8) {
      store<f64>(scaled + at, load<f64>(scaling + at) * load<f64>(current + at));
    }
    multiplyHessian(scaled, product);
    for (let at: usize = 0, end = <usize>n << 3; at < end; at += 8) {
      store<f64>(product + at, -load<f64>(scaling + at) * load<f64>(product + at));
    }
    const row = matrix + ((<usize>made * (<usize>steps + 1)) << 3);
    store<f64>(row, dot(product, current));
    const length = sqrt(dot(product, product));
    made++;
    if (made == steps) return made;
    const next = current + bytes;
    memory.copy(next, product, bytes);
    cleanse(basis, made, next);
    let rest = sqrt(dot(next, next));
    if (!(rest > EXHAUSTED * length)) {
      // An invariant subspace: go on in what is orthogonal to it.
      before = 0;
      fillNormals(random, next);
      const whole = sqrt(dot(next, next));
      cleanse(basis, made, next);
      rest = sqrt(dot(next, next));
      if (!(rest > EXHAUSTED * whole)) return made;
    } else before = rest;
    store<f64>(row + 8, before);
    store<f64>(row + (<usize>steps << 3), before);
    scaleBy(1 / rest, next, next);
    current = next;
  }
}

/** Makes a vector orthogonal to the first `count` of a basis. */
function cleanse(basis: usize, count: i32, vector: usize): void {
  const bytes = vectorBytes();
  for (let pass = 0; pass < 2; pass++) {
    for (let j = 0, other = basis; j < count; j++, other += bytes) addScaled(vector, -dot(other, vector), other, vector);
  }
}

function fillNormals(random: usize, vector: usize): void {
  memory.fill(vector, 0, vectorBytes());
  for (let at = vector, end = vector + (<usize>dimension() << 3); at < end; at += 8) store<f64>(at, normal(random));
}

/** Eigenvalues in ascending order, and rows of `vectors` that belong to them, of a symmetric n×n matrix; `work` holds n². */
export function eigenOf(n: i32, matrix: usize, values: usize, vectors: usize, space: usize): void {
  symmetricEigen(n, matrix, values, vectors, space);
}

/** The vector Σ weightⱼ·basisⱼ over the first `count` of a basis. */
export function combineBasis(basis: usize, count: i32, weights: usize, result: usize): void {
  const bytes = vectorBytes();
  memory.fill(result, 0, bytes);
  for (let j = 0; j < count; j++, basis += bytes, weights += 8) addScaled(result, load<f64>(weights), basis, result);
}

/**
 * `count` draws mode + S(I + Q·diag(factors)·Qᵀ)z behind one another, and −½zᵀz of each. `vectors` are the `rank` rows of
 * Qᵀ, a basis row apart.
 */
export function drawLowRank(
  mode: usize, scaling: usize, vectors: usize, factors: usize, rank: i32, random: usize, count: i32,
  positions: usize, exponents: usize,
): void {
  const bytes = vectorBytes();
  if (!work) work = allocate(2 * bytes);
  const z = work, x = work + bytes;
  const row = <usize>dimension() << 3;
  for (; count > 0; count--, exponents += 8) {
    fillNormals(random, z);
    memory.copy(x, z, bytes);
    for (let k = 0, q = vectors; k < rank; k++, q += bytes) addScaled(x, load<f64>(factors + (<usize>k << 3)) * dot(q, z), q, x);
    for (let at: usize = 0; at < row; at += 8, positions += 8) {
      store<f64>(positions, load<f64>(mode + at) + load<f64>(scaling + at) * load<f64>(x + at));
    }
    store<f64>(exponents, -0.5 * dot(z, z));
  }
}
