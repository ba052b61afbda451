/** Special functions as types, and kernels for those that are computed one number at a time. */
import { atan2 } from "../math/atan2";
import { besselRatio, besselRatioDerivative, logBesselI0 } from "../math/bessel";
import { betaLogDensity } from "../math/betaTail";
import { binomialQuantile, negativeBinomialQuantile, poissonQuantile } from "../math/countQuantile";
import { digammaDifference } from "../math/digammaDifference";
import { gammaLogDensity } from "../math/gammaTail";
import * as beta from "../math/incompleteBeta";
import * as gamma from "../math/incompleteGamma";
import { lbeta } from "../math/lbeta";
import { log1mExp } from "../math/log1mExp";
import { logAddExp } from "../math/logAddExp";
import { logRisingFactorial } from "../math/logRisingFactorial";
import { normalQuantile } from "../math/normalQuantile";
import { trigammaDifference } from "../math/trigammaDifference";

@unmanaged export class Log1mExp { @inline of(x: v128): v128 { return log1mExp(x); } }
@unmanaged export class LogBesselI0 { @inline of(x: v128): v128 { return logBesselI0(x); } }
@unmanaged export class BesselRatio { @inline of(x: v128): v128 { return besselRatio(x); } }
@unmanaged export class BesselRatioDerivative { @inline of(x: v128): v128 { return besselRatioDerivative(x); } }
@unmanaged export class NormalQuantile { @inline of(p: v128): v128 { return normalQuantile(p); } }

@unmanaged export class Atan2 { @inline of(y: v128, x: v128): v128 { return atan2(y, x); } }
@unmanaged export class LogAddExp { @inline of(a: v128, b: v128): v128 { return logAddExp(a, b); } }
@unmanaged export class LogRisingFactorial { @inline of(x: v128, n: v128): v128 { return logRisingFactorial(x, n); } }
@unmanaged export class DigammaDifference { @inline of(x: v128, n: v128): v128 { return digammaDifference(x, n); } }
@unmanaged export class TrigammaDifference { @inline of(x: v128, n: v128): v128 { return trigammaDifference(x, n); } }
@unmanaged export class LogBeta { @inline of(a: v128, b: v128): v128 { return lbeta(a, b); } }

@unmanaged export class GammaLogDensity { @inline of(a: f64, x: f64): f64 { return gammaLogDensity(a, x); } }
@unmanaged export class GammaP { @inline of(a: f64, x: f64): f64 { return gamma.gammaP(a, x); } }
@unmanaged export class GammaQ { @inline of(a: f64, x: f64): f64 { return gamma.gammaQ(a, x); } }
@unmanaged export class LogGammaP { @inline of(a: f64, x: f64): f64 { return gamma.logGammaP(a, x); } }
@unmanaged export class LogGammaQ { @inline of(a: f64, x: f64): f64 { return gamma.logGammaQ(a, x); } }
@unmanaged export class GammaPByShape { @inline of(a: f64, x: f64): f64 { return gamma.gammaPByShape(a, x); } }
@unmanaged export class LogGammaPByShape { @inline of(a: f64, x: f64): f64 { return gamma.logGammaPByShape(a, x); } }
@unmanaged export class LogGammaQByShape { @inline of(a: f64, x: f64): f64 { return gamma.logGammaQByShape(a, x); } }
@unmanaged export class LogGammaPByPoint { @inline of(a: f64, x: f64): f64 { return gamma.logGammaPByPoint(a, x); } }
@unmanaged export class LogGammaQByPoint { @inline of(a: f64, x: f64): f64 { return gamma.logGammaQByPoint(a, x); } }
@unmanaged export class LogIncBetaByPoint {
  @inline of(a: f64, b: f64, x: f64): f64 { return beta.logIncBetaByPoint(a, b, x); }
}
@unmanaged export class BetaLogDensity { @inline of(a: f64, b: f64, x: f64): f64 { return betaLogDensity(a, b, x); } }
@unmanaged export class IncBeta { @inline of(a: f64, b: f64, x: f64): f64 { return beta.incBeta(a, b, x); } }
@unmanaged export class LogIncBeta { @inline of(a: f64, b: f64, x: f64): f64 { return beta.logIncBeta(a, b, x); } }
@unmanaged export class IncBetaByA { @inline of(a: f64, b: f64, x: f64): f64 { return beta.incBetaByA(a, b, x); } }
@unmanaged export class IncBetaByB { @inline of(a: f64, b: f64, x: f64): f64 { return beta.incBetaByB(a, b, x); } }
@unmanaged export class LogIncBetaByA { @inline of(a: f64, b: f64, x: f64): f64 { return beta.logIncBetaByA(a, b, x); } }
@unmanaged export class LogIncBetaByB { @inline of(a: f64, b: f64, x: f64): f64 { return beta.logIncBetaByB(a, b, x); } }

@unmanaged export class PoissonQuantile { @inline of(u: f64, mean: f64): f64 { return poissonQuantile(u, mean); } }
@unmanaged export class BinomialQuantile { @inline of(u: f64, n: f64, p: f64): f64 { return binomialQuantile(u, n, p); } }
@unmanaged export class NegativeBinomialQuantile {
  @inline of(u: f64, mean: f64, dispersion: f64): f64 { return negativeBinomialQuantile(u, mean, dispersion); }
}

/** [header, n, vectors, a, b, y] */
export function eachPair<F>(pc: usize): void {
  const n = load<i32>(pc, 4);
  const bits = load<u32>(pc, 8);
  let a = load<usize>(pc, 12);
  let b = load<usize>(pc, 16);
  const y = load<usize>(pc, 20);
  const stepA: usize = (bits & 1) << 3;
  const stepB: usize = (bits & 2) << 2;
  for (let at = y, end = y + (<usize>n << 3); at < end; at += 8, a += stepA, b += stepB) {
    // @ts-ignore: F has `of`
    store<f64>(at, changetype<F>(0).of(load<f64>(a), load<f64>(b)));
  }
  if (n == 1) store<f64>(y, load<f64>(y), 8);
}

/** [header, n, vectors, a, b, c, y] */
export function eachTriple<F>(pc: usize): void {
  const n = load<i32>(pc, 4);
  const bits = load<u32>(pc, 8);
  let a = load<usize>(pc, 12);
  let b = load<usize>(pc, 16);
  let c = load<usize>(pc, 20);
  const y = load<usize>(pc, 24);
  const stepA: usize = (bits & 1) << 3;
  const stepB: usize = (bits & 2) << 2;
  const stepC: usize = (bits & 4) << 1;
  for (let at = y, end = y + (<usize>n << 3); at < end; at += 8, a += stepA, b += stepB, c += stepC) {
    // @ts-ignore: F has `of`
    store<f64>(at, changetype<F>(0).of(load<f64>(a), load<f64>(b), load<f64>(c)));
  }
  if (n == 1) store<f64>(y, load<f64>(y), 8);
}
