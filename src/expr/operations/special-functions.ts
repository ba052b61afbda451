/** Special functions of one, two or three numbers: name, opcode, baseline kernel and derivatives, an entry each. */
import { Opcode } from '../../../assembly/program/opcodes';
import type { Expression } from '../expression';
import {
  digammaDifference,
  lbeta,
  log1mExp,
  logAddExp,
  logRisingFactorial,
  trigammaDifference,
} from '../special-beta';
import * as incomplete from '../special-incomplete';
import { apply, elementwise, type Rule } from './elementwise';

const f = (x: Expression) => x.graph.functions;

/** Entries that derivatives call. */
type Called =
  | 'betaLogDensity'
  | 'digammaDifference'
  | 'gammaLogDensity'
  | 'gammaPByShape'
  | 'incBetaByA'
  | 'incBetaByB'
  | 'logGammaP'
  | 'logGammaPByShape'
  | 'logGammaQ'
  | 'logGammaQByShape'
  | 'logIncBeta'
  | 'logIncBetaByA'
  | 'logIncBetaByB'
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

/** ∂ log I/∂x */
const betaHazard = (a: Expression, b: Expression, x: Expression): Expression =>
  betaDensity(a, b, x)
    .sub(on('logIncBeta', a, b, x))
    .exp();

/** ∂/∂a of the log density of the gamma distribution. */
const gammaScore = (a: Expression, x: Expression): Expression => x.log().sub(f(x).digamma(a));
/** ∂/∂a of the log density of the beta distribution. */
const betaScoreA = (a: Expression, b: Expression, x: Expression): Expression =>
  x.log().add(digammaRise(a, b));
const betaScoreB = (a: Expression, b: Expression, x: Expression): Expression =>
  f(x).log1p(x.neg()).add(digammaRise(b, a));

/** ψ(x + n) − ψ(x). */
const digammaRise = (x: Expression, n: Expression): Expression => on('digammaDifference', x, n);

export const special = {
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
      (g, y, a, x) => g.mul(gammaDensity(a, x).sub(y).exp()),
    ],
  }),
  logGammaQ: elementwise({
    name: 'logGammaQ',
    opcode: Opcode.LogGammaQ,
    compute: incomplete.logGammaQ,
    derivatives: [
      (g, _y, a, x) => g.mul(on('logGammaQByShape', a, x)),
      (g, y, a, x) => g.mul(gammaDensity(a, x).sub(y).exp()).neg(),
    ],
  }),
  /** ∂P/∂a; in x its derivative is that of the density in a. */
  gammaPByShape: elementwise({
    name: 'gammaPByShape',
    opcode: Opcode.GammaPByShape,
    compute: incomplete.gammaPByShape,
    derivatives: [absent('gammaP'), (g, _y, a, x) => g.mul(gammaDensity(a, x).exp()).mul(gammaScore(a, x))],
  }),
  logGammaPByShape: elementwise({
    name: 'logGammaPByShape',
    opcode: Opcode.LogGammaPByShape,
    compute: incomplete.logGammaPByShape,
    derivatives: [
      absent('logGammaP'),
      (g, y, a, x) => {
        const ratio = gammaDensity(a, x)
          .sub(on('logGammaP', a, x))
          .exp();
        return g.mul(ratio).mul(gammaScore(a, x).sub(y));
      },
    ],
  }),
  logGammaQByShape: elementwise({
    name: 'logGammaQByShape',
    opcode: Opcode.LogGammaQByShape,
    compute: incomplete.logGammaQByShape,
    derivatives: [
      absent('logGammaQ'),
      (g, y, a, x) => {
        const ratio = gammaDensity(a, x)
          .sub(on('logGammaQ', a, x))
          .exp();
        return g.mul(ratio).mul(y.sub(gammaScore(a, x)));
      },
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
      (g, y, a, b, x) => g.mul(betaDensity(a, b, x).sub(y).exp()),
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
      (g, y, a, b, x) => g.mul(betaHazard(a, b, x)).mul(betaScoreA(a, b, x).sub(y)),
    ],
  }),
  logIncBetaByB: elementwise({
    name: 'logIncBetaByB',
    opcode: Opcode.LogIncBetaByB,
    compute: incomplete.logIncBetaByB,
    derivatives: [
      absent('logIncBeta'),
      absent('logIncBeta'),
      (g, y, a, b, x) => g.mul(betaHazard(a, b, x)).mul(betaScoreB(a, b, x).sub(y)),
    ],
  }),
};
