/**
 * Special functions of one, two or three numbers: name, opcode, baseline kernel and derivatives, an entry
 * each.
 */
import { Opcode } from '../../../assembly/program/opcodes';
import type { Expression } from '../expression';
import { atan2, normalQuantile } from '../special';
import {
  digammaDifference,
  lbeta,
  log1mExp,
  logAddExp,
  logRisingFactorial,
  trigammaDifference,
} from '../special-beta';
import { besselRatio, besselRatioDerivative, logBesselI0 } from '../special-bessel';
import * as incomplete from '../special-incomplete';
import { apply, elementwise, type Rule } from './elementwise';

const f = (x: Expression) => x.graph.functions;

/** Entries that derivatives call. */
type Called =
  | 'besselRatio'
  | 'besselRatioDerivative'
  | 'betaLogDensity'
  | 'digammaDifference'
  | 'gammaLogDensity'
  | 'gammaPByShape'
  | 'incBetaByA'
  | 'incBetaByB'
  | 'logGammaPByPoint'
  | 'logGammaPByShape'
  | 'logGammaQByPoint'
  | 'logGammaQByShape'
  | 'logIncBetaByA'
  | 'logIncBetaByB'
  | 'logIncBetaByPoint'
  | 'trigammaDifference';
const on = (name: Called, ...inputs: Expression[]): Expression => apply(special[name], inputs);

/** For derivatives in a shape that themselves have none in a shape. */
const absent =
  (name: string): Rule =>
  () => {
    throw new Error(`gradient: the derivative of ${name} in its shape has no derivative in a shape`);
  };

/** The density that belongs to P(a, x). */
const gammaDensity = (a: Expression, x: Expression): Expression => on('gammaLogDensity', a, x);
/** The density that belongs to I(a, b; x). */
const betaDensity = (a: Expression, b: Expression, x: Expression): Expression =>
  on('betaLogDensity', a, b, x);

/** ∂/∂a of the log density of the gamma distribution. */
const gammaScore = (a: Expression, x: Expression): Expression => x.log().sub(f(x).digamma(a));
/** ∂/∂a of the log density of the beta distribution. */
const betaScoreA = (a: Expression, b: Expression, x: Expression): Expression =>
  x.log().add(digammaRise(a, b));
const betaScoreB = (a: Expression, b: Expression, x: Expression): Expression =>
  f(x).log1p(x.neg()).add(digammaRise(b, a));

const betaScoreX = (a: Expression, b: Expression, x: Expression): Expression =>
  a
    .sub(1)
    .div(x)
    .sub(b.sub(1).div(f(x).sub(1, x)));

/** ψ(x + n) − ψ(x). */
const digammaRise = (x: Expression, n: Expression): Expression => on('digammaDifference', x, n);

export const special = {
  logBesselI0: elementwise({
    name: 'logBesselI0',
    opcode: Opcode.LogBesselI0,
    compute: logBesselI0,
    derivatives: [(g, _y, x) => g.mul(on('besselRatio', x))],
  }),
  besselRatio: elementwise({
    name: 'besselRatio',
    opcode: Opcode.BesselRatio,
    compute: besselRatio,
    derivatives: [(g, _y, x) => g.mul(on('besselRatioDerivative', x))],
  }),
  /** The end of the chain: it has no derivative here. */
  besselRatioDerivative: elementwise({
    name: 'besselRatioDerivative',
    opcode: Opcode.BesselRatioDerivative,
    compute: besselRatioDerivative,
  }),
  normalQuantile: elementwise({
    name: 'normalQuantile',
    opcode: Opcode.NormalQuantile,
    compute: normalQuantile,
    // φ(y) = p·φ(y)/Φ(y), with every digit where exp(−y²/2) loses some.
    derivatives: [(g, y, p) => g.div(p.mul(f(p).normalLogCdfDerivative(y)))],
  }),
  atan2: elementwise({
    name: 'atan2',
    opcode: Opcode.Atan2,
    compute: atan2,
    derivatives: [
      (g, _y, y, x) => g.mul(x).div(x.square().add(y.square())),
      (g, _y, y, x) => g.mul(y).div(x.square().add(y.square())).neg(),
    ],
  }),
  log1mExp: elementwise({
    name: 'log1mExp',
    opcode: Opcode.Log1mExp,
    compute: log1mExp,
    derivatives: [(g, y, x) => g.mul(x.sub(y).exp()).neg()],
  }),
  logAddExp: elementwise({
    name: 'logAddExp',
    opcode: Opcode.LogAddExp,
    compute: logAddExp,
    commutative: true,
    // Equal infinities have no difference; each has half of the weight.
    derivatives: [
      (g, _y, a, b) => g.mul(f(a).sigmoid(f(a).select(f(a).equal(a, b), 0, a.sub(b)))),
      (g, _y, a, b) => g.mul(f(a).sigmoid(f(a).select(f(a).equal(a, b), 0, b.sub(a)))),
    ],
  }),
  logRisingFactorial: elementwise({
    name: 'logRisingFactorial',
    opcode: Opcode.LogRisingFactorial,
    compute: logRisingFactorial,
    derivatives: [(g, _y, x, n) => g.mul(digammaRise(x, n)), (g, _y, x, n) => g.mul(f(x).digamma(x.add(n)))],
  }),
  digammaDifference: elementwise({
    name: 'digammaDifference',
    opcode: Opcode.DigammaDifference,
    compute: digammaDifference,
    derivatives: [
      (g, _y, x, n) => g.mul(on('trigammaDifference', x, n)),
      (g, _y, x, n) => g.mul(f(x).trigamma(x.add(n))),
    ],
  }),
  /** The end of the chain: it has no derivative here. */
  trigammaDifference: elementwise({
    name: 'trigammaDifference',
    opcode: Opcode.TrigammaDifference,
    compute: trigammaDifference,
  }),
  lbeta: elementwise({
    name: 'lbeta',
    opcode: Opcode.LogBeta,
    compute: lbeta,
    commutative: true,
    derivatives: [
      (g, _y, a, b) => g.mul(digammaRise(a, b)).neg(),
      (g, _y, a, b) => g.mul(digammaRise(b, a)).neg(),
    ],
  }),
  /** (a − 1) log x − x − log Γ(a) */
  gammaLogDensity: elementwise({
    name: 'gammaLogDensity',
    opcode: Opcode.GammaLogDensity,
    compute: incomplete.gammaLogDensity,
    derivatives: [(g, _y, a, x) => g.mul(gammaScore(a, x)), (g, _y, a, x) => g.mul(a.sub(1).div(x).sub(1))],
  }),
  gammaP: elementwise({
    name: 'gammaP',
    opcode: Opcode.GammaP,
    compute: incomplete.gammaP,
    derivatives: [
      (g, _y, a, x) => g.mul(on('gammaPByShape', a, x)),
      (g, _y, a, x) => g.mul(gammaDensity(a, x).exp()),
    ],
  }),
  gammaQ: elementwise({
    name: 'gammaQ',
    opcode: Opcode.GammaQ,
    compute: incomplete.gammaQ,
    derivatives: [
      (g, _y, a, x) => g.mul(on('gammaPByShape', a, x)).neg(),
      (g, _y, a, x) => g.mul(gammaDensity(a, x).exp()).neg(),
    ],
  }),
  logGammaP: elementwise({
    name: 'logGammaP',
    opcode: Opcode.LogGammaP,
    compute: incomplete.logGammaP,
    derivatives: [
      (g, _y, a, x) => g.mul(on('logGammaPByShape', a, x)),
      (g, _y, a, x) => g.mul(on('logGammaPByPoint', a, x)),
    ],
  }),
  logGammaQ: elementwise({
    name: 'logGammaQ',
    opcode: Opcode.LogGammaQ,
    compute: incomplete.logGammaQ,
    derivatives: [
      (g, _y, a, x) => g.mul(on('logGammaQByShape', a, x)),
      (g, _y, a, x) => g.mul(on('logGammaQByPoint', a, x)),
    ],
  }),
  /** ∂P/∂a; in x its derivative is that of the density in a. */
  gammaPByShape: elementwise({
    name: 'gammaPByShape',
    opcode: Opcode.GammaPByShape,
    compute: incomplete.gammaPByShape,
    derivatives: [
      absent('gammaP or gammaQ'),
      (g, _y, a, x) => g.mul(gammaDensity(a, x).exp()).mul(gammaScore(a, x)),
    ],
  }),
  logGammaPByShape: elementwise({
    name: 'logGammaPByShape',
    opcode: Opcode.LogGammaPByShape,
    compute: incomplete.logGammaPByShape,
    derivatives: [
      absent('logGammaP'),
      (g, y, a, x) => g.mul(on('logGammaPByPoint', a, x)).mul(gammaScore(a, x).sub(y)),
    ],
  }),
  logGammaQByShape: elementwise({
    name: 'logGammaQByShape',
    opcode: Opcode.LogGammaQByShape,
    compute: incomplete.logGammaQByShape,
    derivatives: [
      absent('logGammaQ'),
      (g, y, a, x) => g.mul(on('logGammaQByPoint', a, x)).mul(gammaScore(a, x).sub(y)),
    ],
  }),
  /**
   * Density over P: in each argument its logarithm's derivative is that of the log density less that of log
   * P.
   */
  logGammaPByPoint: elementwise({
    name: 'logGammaPByPoint',
    opcode: Opcode.LogGammaPByPoint,
    compute: incomplete.logGammaPByPoint,
    derivatives: [
      (g, y, a, x) => g.mul(y).mul(gammaScore(a, x).sub(on('logGammaPByShape', a, x))),
      (g, y, a, x) => g.mul(y).mul(a.sub(x).sub(1).div(x).sub(y)),
    ],
  }),
  logGammaQByPoint: elementwise({
    name: 'logGammaQByPoint',
    opcode: Opcode.LogGammaQByPoint,
    compute: incomplete.logGammaQByPoint,
    derivatives: [
      (g, y, a, x) => g.mul(y).mul(gammaScore(a, x).sub(on('logGammaQByShape', a, x))),
      (g, y, a, x) => g.mul(y).mul(a.sub(x).sub(1).div(x).sub(y)),
    ],
  }),
  /** (a − 1) log x + (b − 1) log(1 − x) − log B(a, b) */
  betaLogDensity: elementwise({
    name: 'betaLogDensity',
    opcode: Opcode.BetaLogDensity,
    compute: incomplete.betaLogDensity,
    derivatives: [
      (g, _y, a, b, x) => g.mul(betaScoreA(a, b, x)),
      (g, _y, a, b, x) => g.mul(betaScoreB(a, b, x)),
      (g, _y, a, b, x) =>
        g.mul(
          a
            .sub(1)
            .div(x)
            .sub(b.sub(1).div(f(x).sub(1, x))),
        ),
    ],
  }),
  incBeta: elementwise({
    name: 'incBeta',
    opcode: Opcode.IncBeta,
    compute: incomplete.incBeta,
    derivatives: [
      (g, _y, a, b, x) => g.mul(on('incBetaByA', a, b, x)),
      (g, _y, a, b, x) => g.mul(on('incBetaByB', a, b, x)),
      (g, _y, a, b, x) => g.mul(betaDensity(a, b, x).exp()),
    ],
  }),
  logIncBeta: elementwise({
    name: 'logIncBeta',
    opcode: Opcode.LogIncBeta,
    compute: incomplete.logIncBeta,
    derivatives: [
      (g, _y, a, b, x) => g.mul(on('logIncBetaByA', a, b, x)),
      (g, _y, a, b, x) => g.mul(on('logIncBetaByB', a, b, x)),
      (g, _y, a, b, x) => g.mul(on('logIncBetaByPoint', a, b, x)),
    ],
  }),
  incBetaByA: elementwise({
    name: 'incBetaByA',
    opcode: Opcode.IncBetaByA,
    compute: incomplete.incBetaByA,
    derivatives: [
      absent('incBeta'),
      absent('incBeta'),
      (g, _y, a, b, x) => g.mul(betaDensity(a, b, x).exp()).mul(betaScoreA(a, b, x)),
    ],
  }),
  incBetaByB: elementwise({
    name: 'incBetaByB',
    opcode: Opcode.IncBetaByB,
    compute: incomplete.incBetaByB,
    derivatives: [
      absent('incBeta'),
      absent('incBeta'),
      (g, _y, a, b, x) => g.mul(betaDensity(a, b, x).exp()).mul(betaScoreB(a, b, x)),
    ],
  }),
  logIncBetaByA: elementwise({
    name: 'logIncBetaByA',
    opcode: Opcode.LogIncBetaByA,
    compute: incomplete.logIncBetaByA,
    derivatives: [
      absent('logIncBeta'),
      absent('logIncBeta'),
      (g, y, a, b, x) => g.mul(on('logIncBetaByPoint', a, b, x)).mul(betaScoreA(a, b, x).sub(y)),
    ],
  }),
  logIncBetaByB: elementwise({
    name: 'logIncBetaByB',
    opcode: Opcode.LogIncBetaByB,
    compute: incomplete.logIncBetaByB,
    derivatives: [
      absent('logIncBeta'),
      absent('logIncBeta'),
      (g, y, a, b, x) => g.mul(on('logIncBetaByPoint', a, b, x)).mul(betaScoreB(a, b, x).sub(y)),
    ],
  }),
  /** Density over I, as `logGammaPByPoint`. */
  logIncBetaByPoint: elementwise({
    name: 'logIncBetaByPoint',
    opcode: Opcode.LogIncBetaByPoint,
    compute: incomplete.logIncBetaByPoint,
    derivatives: [
      (g, y, a, b, x) => g.mul(y).mul(betaScoreA(a, b, x).sub(on('logIncBetaByA', a, b, x))),
      (g, y, a, b, x) => g.mul(y).mul(betaScoreB(a, b, x).sub(on('logIncBetaByB', a, b, x))),
      (g, y, a, b, x) => g.mul(y).mul(betaScoreX(a, b, x).sub(y)),
    ],
  }),
};
