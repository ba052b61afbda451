/** Special functions as types for the elementwise kernels, and the kernel of functions of three numbers. */
import { digammaDifference } from "../math/digammaDifference";
import { lbeta } from "../math/lbeta";
import { log1mExp } from "../math/log1mExp";
import { logAddExp } from "../math/logAddExp";
import { logRisingFactorial } from "../math/logRisingFactorial";
import { trigammaDifference } from "../math/trigammaDifference";

@unmanaged export class Log1mExp { @inline of(x: v128): v128 { return log1mExp(x); } }

@unmanaged export class LogAddExp { @inline of(a: v128, b: v128): v128 { return logAddExp(a, b); } }
@unmanaged export class LogRisingFactorial { @inline of(x: v128, n: v128): v128 { return logRisingFactorial(x, n); } }
@unmanaged export class DigammaDifference { @inline of(x: v128, n: v128): v128 { return digammaDifference(x, n); } }
@unmanaged export class TrigammaDifference { @inline of(x: v128, n: v128): v128 { return trigammaDifference(x, n); } }
@unmanaged export class LogBeta { @inline of(a: v128, b: v128): v128 { return lbeta(a, b); } }
