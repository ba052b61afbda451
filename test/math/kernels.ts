/** Test-only entry (AssemblyScript): every kernel of assembly/math mapped over an array of an even number of f64. */
import { exp } from "../../assembly/math/exp";
import { expm1 } from "../../assembly/math/expm1";
import { log } from "../../assembly/math/log";
import { log1p } from "../../assembly/math/log1p";
import { log1pOfUnit } from "../../assembly/math/log1pOfUnit";
import { tanh } from "../../assembly/math/tanh";
import { sigmoid } from "../../assembly/math/sigmoid";
import { softplus } from "../../assembly/math/softplus";
import { sin } from "../../assembly/math/sin";
import { cos } from "../../assembly/math/cos";
import { lgamma } from "../../assembly/math/lgamma";
import { digamma } from "../../assembly/math/digamma";
import { trigamma } from "../../assembly/math/trigamma";
import { erf } from "../../assembly/math/erf";
import { erfc } from "../../assembly/math/erfc";
import { erfcx } from "../../assembly/math/erfcx";
import { normalCdf } from "../../assembly/math/normalCdf";
import { normalLogCdf } from "../../assembly/math/normalLogCdf";
import { normalLogCdfDerivative } from "../../assembly/math/normalLogCdfDerivative";
import { pow } from "../../assembly/math/pow";
export { sumLog } from "../../assembly/math/sumLog";

export function map_exp(x: usize, y: usize, count: i32): void {
  for (const end = x + (<usize>count << 3); x < end; x += 16, y += 16) v128.store(y, exp(v128.load(x)));
}

export function map_expm1(x: usize, y: usize, count: i32): void {
  for (const end = x + (<usize>count << 3); x < end; x += 16, y += 16) v128.store(y, expm1(v128.load(x)));
}

export function map_log(x: usize, y: usize, count: i32): void {
  for (const end = x + (<usize>count << 3); x < end; x += 16, y += 16) v128.store(y, log(v128.load(x)));
}

export function map_log1p(x: usize, y: usize, count: i32): void {
  for (const end = x + (<usize>count << 3); x < end; x += 16, y += 16) v128.store(y, log1p(v128.load(x)));
}

export function map_log1pOfUnit(x: usize, y: usize, count: i32): void {
  for (const end = x + (<usize>count << 3); x < end; x += 16, y += 16) v128.store(y, log1pOfUnit(v128.load(x)));
}

export function map_tanh(x: usize, y: usize, count: i32): void {
  for (const end = x + (<usize>count << 3); x < end; x += 16, y += 16) v128.store(y, tanh(v128.load(x)));
}

export function map_sigmoid(x: usize, y: usize, count: i32): void {
  for (const end = x + (<usize>count << 3); x < end; x += 16, y += 16) v128.store(y, sigmoid(v128.load(x)));
}

export function map_softplus(x: usize, y: usize, count: i32): void {
  for (const end = x + (<usize>count << 3); x < end; x += 16, y += 16) v128.store(y, softplus(v128.load(x)));
}

export function map_sin(x: usize, y: usize, count: i32): void {
  for (const end = x + (<usize>count << 3); x < end; x += 16, y += 16) v128.store(y, sin(v128.load(x)));
}

export function map_cos(x: usize, y: usize, count: i32): void {
  for (const end = x + (<usize>count << 3); x < end; x += 16, y += 16) v128.store(y, cos(v128.load(x)));
}

export function map_lgamma(x: usize, y: usize, count: i32): void {
  for (const end = x + (<usize>count << 3); x < end; x += 16, y += 16) v128.store(y, lgamma(v128.load(x)));
}

export function map_digamma(x: usize, y: usize, count: i32): void {
  for (const end = x + (<usize>count << 3); x < end; x += 16, y += 16) v128.store(y, digamma(v128.load(x)));
}

export function map_trigamma(x: usize, y: usize, count: i32): void {
  for (const end = x + (<usize>count << 3); x < end; x += 16, y += 16) v128.store(y, trigamma(v128.load(x)));
}

export function map_erf(x: usize, y: usize, count: i32): void {
  for (const end = x + (<usize>count << 3); x < end; x += 16, y += 16) v128.store(y, erf(v128.load(x)));
}

export function map_erfc(x: usize, y: usize, count: i32): void {
  for (const end = x + (<usize>count << 3); x < end; x += 16, y += 16) v128.store(y, erfc(v128.load(x)));
}

export function map_erfcx(x: usize, y: usize, count: i32): void {
  for (const end = x + (<usize>count << 3); x < end; x += 16, y += 16) v128.store(y, erfcx(v128.load(x)));
}

export function map_normalCdf(x: usize, y: usize, count: i32): void {
  for (const end = x + (<usize>count << 3); x < end; x += 16, y += 16) v128.store(y, normalCdf(v128.load(x)));
}

export function map_normalLogCdf(x: usize, y: usize, count: i32): void {
  for (const end = x + (<usize>count << 3); x < end; x += 16, y += 16) v128.store(y, normalLogCdf(v128.load(x)));
}

export function map_normalLogCdfDerivative(x: usize, y: usize, count: i32): void {
  for (const end = x + (<usize>count << 3); x < end; x += 16, y += 16) v128.store(y, normalLogCdfDerivative(v128.load(x)));
}

/** z = x^y */
export function map_pow(x: usize, y: usize, z: usize, count: i32): void {
  for (const end = x + (<usize>count << 3); x < end; x += 16, y += 16, z += 16) {
    v128.store(z, pow(v128.load(x), v128.load(y)));
  }
}
