/**
 * The inverse Hessian that L-BFGS has in mind at a point of its way, as diag(α) + β γ βᵀ with few columns β = [diag(α) Y, S]
 * (Zhang, Carpenter, Gelman & Vehtari 2022, algorithms 2 and 3), and its square root by an orthonormal basis of the columns.
 */

import { log } from "../math/scalar";
import { allocate } from "../memory";
import { dimension } from "../program/target";
import { cholesky } from "../linalg/cholesky";
import { vectorBytes, vectorEnd } from "../dynamics/space";
import { addScaled, dot } from "../dynamics/vector";

/** Pairs whose curvature is below this share of yᵀy say nothing. */
const LEAST_CURVATURE: f64 = 1e-12;
/** What is left of a column, relatively, when it depends on those before it. */
const DEPENDENT: f64 = 1e-10;

/** A Gaussian N(μ, D (I + Q (C Cᵀ − I) Qᵀ) D) with D² = diag(α), Q orthonormal columns and C a small lower triangle. */
@unmanaged
export class Normal {
  rank: i32;
  /** log |covariance|. */
  logDeterminant: f64;
  /** Most columns, and bytes of a row of C. */
  columns: i32;
  row: usize;

  // @ts-ignore: decorator
  @inline
  get location(): usize {
    return changetype<usize>(this) + ((offsetof<Normal>() + 15) & ~15);
  }
  /** D. */
  // @ts-ignore: decorator
  @inline
  get scales(): usize {
    return this.location + vectorBytes();
  }
  // @ts-ignore: decorator
  @inline
  basis(k: i32): usize {
    return this.location + <usize>(2 + k) * vectorBytes();
  }
  /** C. */
  get factor(): usize {
    return this.location + <usize>(2 + this.columns) * vectorBytes();
  }
}

export function normalBytes(columns: i32): usize {
  return ((offsetof<Normal>() + 15) & ~15) + <usize>(2 + columns) * vectorBytes() + <usize>columns * rowBytes(columns);
}

// @ts-ignore: decorator
@inline
export function rowBytes(columns: i32): usize {
  return <usize>((columns + 3) & ~3) << 3;
}

export function createNormal(columns: i32): Normal {
  const normal = changetype<Normal>(allocate(normalBytes(columns)));
  normal.columns = columns;
  normal.row = rowBytes(columns);
  return normal;
}

/** Steps and differences of gradients (of minus the log density) of the last points, oldest first, and the diagonal α, ones at first. */
@unmanaged
export class Curvature {
  memory: i32;
  pairs: i32;
  steps: usize;
  differences: usize;
  diagonal: usize;
  /** Square matrices of 2·memory rows: R, its inverse, γ, and products. */
  matrices: usize;
  /** Vectors of 2·memory numbers. */
  coefficients: usize;
}

export function createCurvature(memory: i32): Curvature {
  const curvature = changetype<Curvature>(allocate(offsetof<Curvature>()));
  curvature.memory = memory;
  curvature.steps = allocate(<usize>memory * vectorBytes());
  curvature.differences = allocate(<usize>memory * vectorBytes());
  curvature.diagonal = allocate(vectorBytes());
  curvature.matrices = allocate(5 * 2 * <usize>memory * rowBytes(2 * memory));
  curvature.coefficients = allocate(2 * rowBytes(2 * memory));
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) v128.store(curvature.diagonal + at, f64x2.splat(1));
  return curvature;
}

/** Take in a step s and the difference y of the gradients at its ends, where they show positive curvature. */
export function learn(curvature: Curvature, s: usize, y: usize): void {
  const b = dot(s, y);
  const yy = dot(y, y);
  if (!(b > LEAST_CURVATURE * yy)) return;
  const bytes = vectorBytes();
  if (curvature.pairs == curvature.memory) {
    const kept = <usize>(curvature.memory - 1) * bytes;
    memory.copy(curvature.steps, curvature.steps + bytes, kept);
    memory.copy(curvature.differences, curvature.differences + bytes, kept);
    curvature.pairs--;
  }
  memory.copy(curvature.steps + <usize>curvature.pairs * bytes, s, bytes);
  memory.copy(curvature.differences + <usize>curvature.pairs * bytes, y, bytes);
  curvature.pairs++;

  // Gilbert & Lemaréchal 1989: the diagonal that fits the pair, from the one before.
  const diagonal = curvature.diagonal;
  let a: f64 = 0;
  let c: f64 = 0;
  for (let at: usize = 0, end = <usize>dimension() << 3; at < end; at += 8) {
    const alpha = load<f64>(diagonal + at);
    a += load<f64>(y + at) * load<f64>(y + at) * alpha;
    c += (load<f64>(s + at) * load<f64>(s + at)) / alpha;
  }
  for (let at: usize = 0, end = <usize>dimension() << 3; at < end; at += 8) {
    const alpha = load<f64>(diagonal + at);
    const step = load<f64>(s + at) / alpha;
    const change = load<f64>(y + at);
    const precision = a / (b * alpha) + (change * change) / b - (a * step * step) / (b * c);
    const updated = 1 / precision;
    if (updated > 0 && updated < Infinity) store<f64>(diagonal + at, updated);
  }
}

// @ts-ignore: decorator
@inline
function cell(matrix: usize, row: usize, i: i32, j: i32): usize {
  return matrix + <usize>i * row + (<usize>j << 3);
}

/**
 * The Gaussian at a point x with gradient g of the log density: location x + H g, covariance H. False where H is not
 * positive definite.
 */
export function normalAt(curvature: Curvature, x: usize, g: usize, normal: Normal): bool {
  const m = curvature.pairs;
  const k = 2 * m;
  const row = rowBytes(2 * curvature.memory);
  const size: usize = 2 * <usize>curvature.memory * row;
  const gamma = curvature.matrices;
  const inverse = gamma + size;
  const inner = inverse + size;
  const coordinates = inner + size;
  const product = coordinates + size;

  let logScales: f64 = 0;
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 8) {
    store<f64>(normal.scales + at, sqrt<f64>(load<f64>(curvature.diagonal + at)));
  }
  for (let at: usize = 0, end = <usize>dimension() << 3; at < end; at += 8) {
    logScales += log(load<f64>(normal.scales + at));
  }

  fillGamma(curvature, gamma, inverse, inner, row);

  // The columns D⁻¹β = [D Y, D⁻¹ S] in an orthonormal basis, by Gram–Schmidt done twice; dependent ones bring no new one.
  normal.rank = 0;
  memory.fill(coordinates, 0, size);
  const scratch = normal.location;
  for (let j = 0; j < k; ++j) {
    const from = j < m ? curvature.differences + <usize>j * vectorBytes() : curvature.steps + <usize>(j - m) * vectorBytes();
    for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
      const scale = v128.load(normal.scales + at);
      const value = v128.load(from + at);
      v128.store(scratch + at, j < m ? f64x2.mul(scale, value) : f64x2.div(value, scale));
    }
    const before = sqrt<f64>(dot(scratch, scratch));
    for (let pass = 0; pass < 2; ++pass) {
      for (let q = 0; q < normal.rank; ++q) {
        const share = dot(normal.basis(q), scratch);
        addScaled(scratch, -share, normal.basis(q), scratch);
        const place = cell(coordinates, row, q, j);
        store<f64>(place, load<f64>(place) + share);
      }
    }
    const rest = sqrt<f64>(dot(scratch, scratch));
    if (!(rest > DEPENDENT * before) || normal.rank == dimension()) continue;
    store<f64>(cell(coordinates, row, normal.rank, j), rest);
    const basis = normal.basis(normal.rank++);
    const scale = f64x2.splat(1 / rest);
    for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
      v128.store(basis + at, f64x2.mul(scale, v128.load(scratch + at)));
    }
  }

  // I + R γ Rᵀ in that basis.
  multiply(coordinates, gamma, product, normal.rank, k, k, row);
  for (let i = 0; i < normal.rank; ++i) {
    for (let j = 0; j <= i; ++j) {
      let sum: f64 = i == j ? 1 : 0;
      for (let l = 0; l < k; ++l) sum += load<f64>(cell(product, row, i, l)) * load<f64>(cell(coordinates, row, j, l));
      store<f64>(cell(inner, row, i, j), sum);
    }
  }
  if (!cholesky(inner, row, normal.rank, normal.factor)) return false;
  normal.logDeterminant = 2 * logScales;
  for (let i = 0; i < normal.rank; ++i) normal.logDeterminant += 2 * log(load<f64>(cell(normal.factor, row, i, i)));

  // Location x + D (I + Q (C Cᵀ − I) Qᵀ) D g.
  const location = normal.location;
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
    v128.store(location + at, f64x2.mul(v128.load(normal.scales + at), v128.load(g + at)));
  }
  const shares = curvature.coefficients;
  for (let q = 0; q < normal.rank; ++q) store<f64>(shares + (<usize>q << 3), dot(normal.basis(q), location));
  transform(normal, shares, shares + row);
  for (let q = 0; q < normal.rank; ++q) addScaled(location, load<f64>(shares + row + (<usize>q << 3)), normal.basis(q), location);
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
    const move = f64x2.mul(v128.load(normal.scales + at), v128.load(location + at));
    v128.store(location + at, f64x2.add(v128.load(x + at), move));
  }
  return true;
}

/** result = (C Cᵀ − I) shares. */
function transform(normal: Normal, shares: usize, result: usize): void {
  for (let i = normal.rank - 1; i >= 0; --i) {
    // Row i of C times Cᵀ shares.
    let sum: f64 = -load<f64>(shares + (<usize>i << 3));
    for (let j = 0; j <= i; ++j) {
      let inner: f64 = 0;
      for (let l = j; l < normal.rank; ++l) {
        inner += load<f64>(cell(normal.factor, normal.row, l, j)) * load<f64>(shares + (<usize>l << 3));
      }
      sum += load<f64>(cell(normal.factor, normal.row, i, j)) * inner;
    }
    store<f64>(result + (<usize>i << 3), sum);
  }
}

/** γ = [0, −R⁻¹; −R⁻ᵀ, R⁻ᵀ (E + Yᵀ diag(α) Y) R⁻¹] with R the upper triangle of SᵀY and E its diagonal. */
function fillGamma(curvature: Curvature, gamma: usize, inverse: usize, inner: usize, row: usize): void {
  const m = curvature.pairs;
  const bytes = vectorBytes();
  memory.fill(gamma, 0, 2 * <usize>curvature.memory * row);
  memory.fill(inverse, 0, 2 * <usize>curvature.memory * row);
  for (let i = 0; i < m; ++i) {
    for (let j = 0; j < m; ++j) {
      const y = curvature.differences + <usize>j * bytes;
      if (i <= j) store<f64>(cell(inner, row, i, j), dot(curvature.steps + <usize>i * bytes, y));
    }
  }
  // R⁻¹, column by column.
  for (let j = 0; j < m; ++j) {
    for (let i = j; i >= 0; --i) {
      let rest: f64 = i == j ? 1 : 0;
      for (let l = i + 1; l <= j; ++l) rest -= load<f64>(cell(inner, row, i, l)) * load<f64>(cell(inverse, row, l, j));
      store<f64>(cell(inverse, row, i, j), rest / load<f64>(cell(inner, row, i, i)));
    }
  }
  // E + Yᵀ diag(α) Y takes the place of R.
  for (let i = 0; i < m; ++i) {
    const curvatureOf = load<f64>(cell(inner, row, i, i));
    for (let j = 0; j <= i; ++j) {
      const y = curvature.differences + <usize>i * bytes;
      const z = curvature.differences + <usize>j * bytes;
      let sum: f64 = i == j ? curvatureOf : 0;
      for (let at: usize = 0, end = <usize>dimension() << 3; at < end; at += 8) {
        sum += load<f64>(y + at) * load<f64>(z + at) * load<f64>(curvature.diagonal + at);
      }
      store<f64>(cell(inner, row, i, j), sum);
    }
  }
  for (let i = 0; i < m; ++i) {
    for (let j = 0; j < i; ++j) store<f64>(cell(inner, row, j, i), load<f64>(cell(inner, row, i, j)));
  }
  for (let i = 0; i < m; ++i) {
    for (let j = 0; j < m; ++j) {
      const value = -load<f64>(cell(inverse, row, i, j));
      store<f64>(cell(gamma, row, i, m + j), value);
      store<f64>(cell(gamma, row, m + j, i), value);
      let sum: f64 = 0;
      for (let a = 0; a <= i; ++a) {
        for (let b = 0; b <= j; ++b) {
          sum +=
            load<f64>(cell(inverse, row, a, i)) * load<f64>(cell(inner, row, a, b)) * load<f64>(cell(inverse, row, b, j));
        }
      }
      store<f64>(cell(gamma, row, m + i, m + j), sum);
    }
  }
}

/** C = A B for rows `rows`, inner extent `extent`, `columns` columns, all in rows of `row` bytes. */
function multiply(a: usize, b: usize, c: usize, rows: i32, extent: i32, columns: i32, row: usize): void {
  for (let i = 0; i < rows; ++i) {
    for (let j = 0; j < columns; ++j) {
      let sum: f64 = 0;
      for (let l = 0; l < extent; ++l) sum += load<f64>(cell(a, row, i, l)) * load<f64>(cell(b, row, l, j));
      store<f64>(cell(c, row, i, j), sum);
    }
  }
}
