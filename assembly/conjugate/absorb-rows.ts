/**
 * The triangular factor of a growing matrix: Householder reflections take a block of further rows into an upper
 * triangle R, so that RᵀR gains their products without ever being formed (Golub and Van Loan, Matrix Computations,
 * 4th ed., 6.5.3; Demmel et al. 2012 for blocks).
 */
import { take } from "./column";
import { dot } from "./dot";

/**
 * Takes `rows` rows of `width` f64 at `x`, each followed by one of the numbers at `y` unless that is 0, into R at `factor`
 * (upper, row by row, as wide as such a row; what lies below its diagonal is not touched). `columns` is room for as many
 * columns, each of `rows` rounded up to even.
 */
export function absorbRows(x: usize, rows: i32, width: i32, y: usize, factor: usize, columns: usize): void {
  const stride = <usize>((rows + 1) & ~1) << 3;
  for (let j = 0; j < width; j++) take(x + (<usize>j << 3), rows, width, columns + <usize>j * stride);
  if (y != 0) take(y, rows, 1, columns + <usize>width * stride);
  const size = y != 0 ? width + 1 : width;
  for (let j = 0; j < size; j++) {
    const column = columns + <usize>j * stride;
    const length = dot(column, column, stride);
    if (length == 0) continue;
    const corner = factor + (<usize>(j * (size + 1)) << 3);
    const pivot = load<f64>(corner);
    const diagonal = pivot > 0 ? -Math.sqrt(pivot * pivot + length) : Math.sqrt(pivot * pivot + length);
    const head = pivot - diagonal;
    store<f64>(corner, diagonal);
    const scale = -1 / (diagonal * head);
    let l = j + 1;
    for (; l + 1 < size; l += 2) reflectTwo(column, columns + <usize>l * stride, stride, corner + (<usize>(l - j) << 3), head, scale);
    if (l < size) reflect(column, columns + <usize>l * stride, stride, corner + (<usize>(l - j) << 3), head, scale);
  }
}

/** Reflects one further column, whose part in R lies at `top`. */
function reflect(v: usize, column: usize, bytes: usize, top: usize, head: f64, scale: f64): void {
  const above = load<f64>(top);
  const by = (head * above + dot(v, column, bytes)) * scale;
  store<f64>(top, above - by * head);
  const factor = f64x2.splat(by);
  for (const end = v + bytes; v < end; v += 16, column += 16) {
    v128.store(column, f64x2.sub(v128.load(column), f64x2.mul(factor, v128.load(v))));
  }
}

/** The same for two neighbours, which share the loads of `v`. */
function reflectTwo(v: usize, column: usize, bytes: usize, top: usize, head: f64, scale: f64): void {
  const next = column + bytes;
  let first = f64x2.splat(0), second = f64x2.splat(0);
  for (let i: usize = 0; i < bytes; i += 16) {
    const a = v128.load(v + i);
    first = f64x2.add(first, f64x2.mul(a, v128.load(column + i)));
    second = f64x2.add(second, f64x2.mul(a, v128.load(next + i)));
  }
  const above = load<f64>(top), aboveNext = load<f64>(top, 8);
  const by = (head * above + f64x2.extract_lane(first, 0) + f64x2.extract_lane(first, 1)) * scale;
  const byNext = (head * aboveNext + f64x2.extract_lane(second, 0) + f64x2.extract_lane(second, 1)) * scale;
  store<f64>(top, above - by * head);
  store<f64>(top, aboveNext - byNext * head, 8);
  const factor = f64x2.splat(by), factorNext = f64x2.splat(byNext);
  for (let i: usize = 0; i < bytes; i += 16) {
    const a = v128.load(v + i);
    v128.store(column + i, f64x2.sub(v128.load(column + i), f64x2.mul(factor, a)));
    v128.store(next + i, f64x2.sub(v128.load(next + i), f64x2.mul(factorNext, a)));
  }
}
