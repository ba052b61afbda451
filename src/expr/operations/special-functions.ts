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
import { apply, elementwise } from './elementwise';

const f = (x: Expression) => x.graph.functions;

/** ψ(x + n) − ψ(x). */
const digammaRise = (x: Expression, n: Expression): Expression => apply(special.digammaDifference, [x, n]);

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
      (g, _y, x, n) => g.mul(apply(special.trigammaDifference, [x, n])),
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
};
