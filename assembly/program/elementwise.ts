/** Elementwise instructions: one function at every element, two elements at a time. */
import { exp } from "../math/exp";
import { expm1 } from "../math/expm1";
import { log } from "../math/log";
import { log1p } from "../math/log1p";
import { tanh } from "../math/tanh";
import { sigmoid } from "../math/sigmoid";
import { softplus } from "../math/softplus";
import { sin } from "../math/sin";
import { cos } from "../math/cos";
import { lgamma } from "../math/lgamma";
import { digamma } from "../math/digamma";
import { trigamma } from "../math/trigamma";
import { erf } from "../math/erf";
import { erfc } from "../math/erfc";
import { normalCdf } from "../math/normalCdf";
import { normalLogCdf } from "../math/normalLogCdf";
import { normalLogCdfDerivative } from "../math/normalLogCdfDerivative";
import { pow } from "../math/pow";

// A function of vectors as a type: `changetype<F>(0).of(x)` is resolved and inlined when the kernel is instantiated.

@unmanaged export class Negative { @inline of(x: v128): v128 { return f64x2.neg(x); } }
@unmanaged export class Absolute { @inline of(x: v128): v128 { return f64x2.abs(x); } }
@unmanaged export class Sign {
  @inline of(x: v128): v128 {
    const one = f64x2.splat(1);
    const zero = f64x2.splat(0);
    const signed = v128.or(v128.and(x, f64x2.splat(-0.0)), one);
    // Zeros and NaN stay what they are.
    return v128.bitselect(signed, x, v128.or(f64x2.lt(x, zero), f64x2.gt(x, zero)));
  }
}
@unmanaged export class Square { @inline of(x: v128): v128 { return f64x2.mul(x, x); } }
@unmanaged export class SquareRoot { @inline of(x: v128): v128 { return f64x2.sqrt(x); } }
@unmanaged export class Reciprocal { @inline of(x: v128): v128 { return f64x2.div(f64x2.splat(1), x); } }
@unmanaged export class Floor { @inline of(x: v128): v128 { return f64x2.floor(x); } }
@unmanaged export class Exp { @inline of(x: v128): v128 { return exp(x); } }
@unmanaged export class Expm1 { @inline of(x: v128): v128 { return expm1(x); } }
@unmanaged export class Log { @inline of(x: v128): v128 { return log(x); } }
@unmanaged export class Log1p { @inline of(x: v128): v128 { return log1p(x); } }
@unmanaged export class Tanh { @inline of(x: v128): v128 { return tanh(x); } }
@unmanaged export class Sigmoid { @inline of(x: v128): v128 { return sigmoid(x); } }
@unmanaged export class Softplus { @inline of(x: v128): v128 { return softplus(x); } }
@unmanaged export class Sin { @inline of(x: v128): v128 { return sin(x); } }
@unmanaged export class Cos { @inline of(x: v128): v128 { return cos(x); } }
@unmanaged export class LogGamma { @inline of(x: v128): v128 { return lgamma(x); } }
@unmanaged export class Digamma { @inline of(x: v128): v128 { return digamma(x); } }
@unmanaged export class Trigamma { @inline of(x: v128): v128 { return trigamma(x); } }
@unmanaged export class Erf { @inline of(x: v128): v128 { return erf(x); } }
@unmanaged export class Erfc { @inline of(x: v128): v128 { return erfc(x); } }
@unmanaged export class NormalCdf { @inline of(x: v128): v128 { return normalCdf(x); } }
@unmanaged export class NormalLogCdf { @inline of(x: v128): v128 { return normalLogCdf(x); } }
@unmanaged export class NormalLogCdfDerivative { @inline of(x: v128): v128 { return normalLogCdfDerivative(x); } }

@unmanaged export class Add { @inline of(a: v128, b: v128): v128 { return f64x2.add(a, b); } }
@unmanaged export class Subtract { @inline of(a: v128, b: v128): v128 { return f64x2.sub(a, b); } }
@unmanaged export class Multiply { @inline of(a: v128, b: v128): v128 { return f64x2.mul(a, b); } }
@unmanaged export class Divide { @inline of(a: v128, b: v128): v128 { return f64x2.div(a, b); } }
@unmanaged export class Power { @inline of(a: v128, b: v128): v128 { return pow(a, b); } }
@unmanaged export class Minimum { @inline of(a: v128, b: v128): v128 { return f64x2.min(a, b); } }
@unmanaged export class Maximum { @inline of(a: v128, b: v128): v128 { return f64x2.max(a, b); } }
@unmanaged export class Less { @inline of(a: v128, b: v128): v128 { return v128.and(f64x2.lt(a, b), f64x2.splat(1)); } }
@unmanaged export class LessEqual { @inline of(a: v128, b: v128): v128 { return v128.and(f64x2.le(a, b), f64x2.splat(1)); } }
@unmanaged export class Equal { @inline of(a: v128, b: v128): v128 { return v128.and(f64x2.eq(a, b), f64x2.splat(1)); } }

/** [header, n, x, y] */
export function unary<F>(pc: usize): void {
  const vectors = (load<i32>(pc, 4) + 1) >> 1;
  let x = load<usize>(pc, 8);
  let y = load<usize>(pc, 12);
  const f = changetype<F>(0);
  const pairsEnd = x + (<usize>(vectors & ~1) << 4);
  while (x < pairsEnd) {
    // @ts-ignore: F has `of`
    const first = f.of(v128.load(x)), second = f.of(v128.load(x, 16));
    v128.store(y, first);
    v128.store(y, second, 16);
    x += 32;
    y += 32;
  }
  // @ts-ignore: F has `of`
  if (vectors & 1) v128.store(y, f.of(v128.load(x)));
}

/** The same for functions of so many steps that two vectors at a time gain nothing. [header, n, x, y] */
export function unaryLong<F>(pc: usize): void {
  let x = load<usize>(pc, 8);
  let y = load<usize>(pc, 12);
  for (const end = x + (<usize>(load<i32>(pc, 4) + 1) >> 1 << 4); x < end; x += 16, y += 16) {
    // @ts-ignore: F has `of`
    v128.store(y, changetype<F>(0).of(v128.load(x)));
  }
}

/** [header, n, vectors, a, b, y] */
export function binary<F>(pc: usize): void {
  const vectors = (load<i32>(pc, 4) + 1) >> 1;
  const bits = load<u32>(pc, 8);
  let a = load<usize>(pc, 12);
  let b = load<usize>(pc, 16);
  let y = load<usize>(pc, 20);
  const stepA: usize = (bits & 1) << 4;
  const stepB: usize = (bits & 2) << 3;
  const f = changetype<F>(0);
  const pairsEnd = y + (<usize>(vectors & ~1) << 4);
  while (y < pairsEnd) {
    // @ts-ignore: F has `of`
    const first = f.of(v128.load(a), v128.load(b));
    a += stepA;
    b += stepB;
    // @ts-ignore: F has `of`
    const second = f.of(v128.load(a), v128.load(b));
    a += stepA;
    b += stepB;
    v128.store(y, first);
    v128.store(y, second, 16);
    y += 32;
  }
  // @ts-ignore: F has `of`
  if (vectors & 1) v128.store(y, f.of(v128.load(a), v128.load(b)));
}

/** The same for functions of so many steps that two vectors at a time gain nothing. [header, n, vectors, a, b, y] */
export function binaryLong<F>(pc: usize): void {
  const bits = load<u32>(pc, 8);
  let a = load<usize>(pc, 12);
  let b = load<usize>(pc, 16);
  let y = load<usize>(pc, 20);
  const stepA: usize = (bits & 1) << 4;
  const stepB: usize = (bits & 2) << 3;
  for (const end = y + (<usize>(load<i32>(pc, 4) + 1) >> 1 << 4); y < end; y += 16, a += stepA, b += stepB) {
    // @ts-ignore: F has `of`
    v128.store(y, changetype<F>(0).of(v128.load(a), v128.load(b)));
  }
}

/** [header, n, vectors, condition, a, b, y] */
export function select(pc: usize): void {
  let vectors = (load<i32>(pc, 4) + 1) >> 1;
  const bits = load<u32>(pc, 8);
  let condition = load<usize>(pc, 12);
  let a = load<usize>(pc, 16);
  let b = load<usize>(pc, 20);
  let y = load<usize>(pc, 24);
  const stepCondition: usize = (bits & 1) << 4;
  const stepA: usize = (bits & 2) << 3;
  const stepB: usize = (bits & 4) << 2;
  while (vectors-- > 0) {
    const chosen = f64x2.ne(v128.load(condition), f64x2.splat(0));
    v128.store(y, v128.bitselect(v128.load(a), v128.load(b), chosen));
    condition += stepCondition;
    a += stepA;
    b += stepB;
    y += 16;
  }
}

/** a·b + c. [header, n, vectors, a, b, c, y] */
export function multiplyAdd(pc: usize): void {
  let vectors = (load<i32>(pc, 4) + 1) >> 1;
  const bits = load<u32>(pc, 8);
  let a = load<usize>(pc, 12);
  let b = load<usize>(pc, 16);
  let c = load<usize>(pc, 20);
  let y = load<usize>(pc, 24);
  const stepA: usize = (bits & 1) << 4;
  const stepB: usize = (bits & 2) << 3;
  const stepC: usize = (bits & 4) << 2;
  for (; vectors >= 2; vectors -= 2, y += 32) {
    const first = f64x2.add(f64x2.mul(v128.load(a), v128.load(b)), v128.load(c));
    const second = f64x2.add(f64x2.mul(v128.load(a + stepA), v128.load(b + stepB)), v128.load(c + stepC));
    v128.store(y, first);
    v128.store(y, second, 16);
    a += stepA << 1;
    b += stepB << 1;
    c += stepC << 1;
  }
  if (vectors) v128.store(y, f64x2.add(f64x2.mul(v128.load(a), v128.load(b)), v128.load(c)));
}
