/**
 * Products subtracted from a matrix, in blocks of four rows and four columns held in registers while the rows of the
 * right factor stream by. Strides are in bytes and may be negative, which turns an algorithm upside down.
 */

/**
 * to = from − A·B for A of m×k (elements `rowA` and `columnA` apart), B of k×n (rows `rowB` apart), and `from`, `to` of
 * m×n. `to` may be `from`, but must not overlap A or B.
 */
export function subtractProduct(
  m: i32, k: i32, n: i32,
  a: usize, rowA: usize, columnA: usize,
  b: usize, rowB: usize,
  from: usize, rowFrom: usize,
  to: usize, rowTo: usize,
): void {
  for (; m >= 4; m -= 4, a += rowA << 2, from += rowFrom << 2, to += rowTo << 2) {
    let j: usize = 0;
    let left = n;
    for (; left >= 4; left -= 4, j += 32) fourByFour(k, a, rowA, columnA, b + j, rowB, from + j, rowFrom, to + j, rowTo);
    if (left & 2) {
      fourByTwo(k, a, rowA, columnA, b + j, rowB, from + j, rowFrom, to + j, rowTo);
      j += 16;
    }
    if (left & 1) fourByOne(k, a, rowA, columnA, b + j, rowB, from + j, rowFrom, to + j, rowTo);
  }
  for (; m > 0; m--, a += rowA, from += rowFrom, to += rowTo) oneRow(k, n, a, columnA, b, rowB, from, to);
}

function fourByFour(
  k: i32, a: usize, rowA: usize, columnA: usize, b: usize, rowB: usize, from: usize, rowFrom: usize, to: usize, rowTo: usize,
): void {
  let c00 = v128.load(from), c01 = v128.load(from, 16);
  from += rowFrom;
  let c10 = v128.load(from), c11 = v128.load(from, 16);
  from += rowFrom;
  let c20 = v128.load(from), c21 = v128.load(from, 16);
  from += rowFrom;
  let c30 = v128.load(from), c31 = v128.load(from, 16);
  const a1 = rowA, a2 = rowA + rowA, a3 = a2 + rowA;
  for (; k > 0; k--, a += columnA, b += rowB) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load64_splat(a);
    c00 = f64x2.sub(c00, f64x2.mul(x, b0));
    c01 = f64x2.sub(c01, f64x2.mul(x, b1));
    x = v128.load64_splat(a + a1);
    c10 = f64x2.sub(c10, f64x2.mul(x, b0));
    c11 = f64x2.sub(c11, f64x2.mul(x, b1));
    x = v128.load64_splat(a + a2);
    c20 = f64x2.sub(c20, f64x2.mul(x, b0));
    c21 = f64x2.sub(c21, f64x2.mul(x, b1));
    x = v128.load64_splat(a + a3);
    c30 = f64x2.sub(c30, f64x2.mul(x, b0));
    c31 = f64x2.sub(c31, f64x2.mul(x, b1));
  }
  v128.store(to, c00);
  v128.store(to, c01, 16);
  to += rowTo;
  v128.store(to, c10);
  v128.store(to, c11, 16);
  to += rowTo;
  v128.store(to, c20);
  v128.store(to, c21, 16);
  to += rowTo;
  v128.store(to, c30);
  v128.store(to, c31, 16);
}

function fourByTwo(
  k: i32, a: usize, rowA: usize, columnA: usize, b: usize, rowB: usize, from: usize, rowFrom: usize, to: usize, rowTo: usize,
): void {
  const a1 = rowA, a2 = rowA + rowA, a3 = a2 + rowA;
  let c0 = v128.load(from);
  from += rowFrom;
  let c1 = v128.load(from);
  from += rowFrom;
  let c2 = v128.load(from);
  from += rowFrom;
  let c3 = v128.load(from);
  for (; k > 0; k--, a += columnA, b += rowB) {
    const b0 = v128.load(b);
    c0 = f64x2.sub(c0, f64x2.mul(v128.load64_splat(a), b0));
    c1 = f64x2.sub(c1, f64x2.mul(v128.load64_splat(a + a1), b0));
    c2 = f64x2.sub(c2, f64x2.mul(v128.load64_splat(a + a2), b0));
    c3 = f64x2.sub(c3, f64x2.mul(v128.load64_splat(a + a3), b0));
  }
  v128.store(to, c0);
  to += rowTo;
  v128.store(to, c1);
  to += rowTo;
  v128.store(to, c2);
  to += rowTo;
  v128.store(to, c3);
}

function fourByOne(
  k: i32, a: usize, rowA: usize, columnA: usize, b: usize, rowB: usize, from: usize, rowFrom: usize, to: usize, rowTo: usize,
): void {
  const a1 = rowA, a2 = rowA + rowA, a3 = a2 + rowA;
  let c0 = load<f64>(from), c1 = load<f64>(from + rowFrom);
  from += rowFrom << 1;
  let c2 = load<f64>(from), c3 = load<f64>(from + rowFrom);
  for (; k > 0; k--, a += columnA, b += rowB) {
    const b0 = load<f64>(b);
    c0 -= load<f64>(a) * b0;
    c1 -= load<f64>(a + a1) * b0;
    c2 -= load<f64>(a + a2) * b0;
    c3 -= load<f64>(a + a3) * b0;
  }
  store<f64>(to, c0);
  store<f64>(to + rowTo, c1);
  to += rowTo << 1;
  store<f64>(to, c2);
  store<f64>(to + rowTo, c3);
}

function oneRow(k: i32, n: i32, a: usize, columnA: usize, b: usize, rowB: usize, from: usize, to: usize): void {
  for (; n >= 4; n -= 4, b += 32, from += 32, to += 32) {
    let c0 = v128.load(from), c1 = v128.load(from, 16);
    let x = a, y = b;
    for (let l = k; l > 0; l--, x += columnA, y += rowB) {
      const coefficient = v128.load64_splat(x);
      c0 = f64x2.sub(c0, f64x2.mul(coefficient, v128.load(y)));
      c1 = f64x2.sub(c1, f64x2.mul(coefficient, v128.load(y, 16)));
    }
    v128.store(to, c0);
    v128.store(to, c1, 16);
  }
  for (; n > 0; n--, b += 8, from += 8, to += 8) {
    let c = load<f64>(from);
    let x = a, y = b;
    for (let l = k; l > 0; l--, x += columnA, y += rowB) c -= load<f64>(x) * load<f64>(y);
    store<f64>(to, c);
  }
}
