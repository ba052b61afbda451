/** Functions of one number: name, opcode, baseline kernel, derivative and algebra, an entry each. */
import { Opcode } from '../../../assembly/program/opcodes';
import {
  cos,
  digamma,
  erf,
  erfc,
  exp,
  expm1,
  lgamma,
  log,
  log1p,
  normalCdf,
  normalLogCdf,
  normalLogCdfDerivative,
  sigmoid,
  sin,
  softplus,
  tanh,
  trigamma,
} from '../special';
import type { Expression } from '../expression';
import { elementwise, zero } from './elementwise';

const TWO_OVER_SQRT_PI = 1.1283791670955126;
const ONE_OVER_SQRT_TWO_PI = 0.3989422804014327;

const f = (x: Expression) => x.graph.functions;
const is = (x: Expression, name: string): boolean => x.op.name === name;

export const unary = {
  neg: elementwise({
    name: 'neg',
    opcode: Opcode.Negative,
    exact: true,
    compute: (x) => -x,
    derivatives: [(g) => g.neg()],
    rewrite: ([x]) => {
      if (is(x, 'neg')) return x.inputs[0];
      if (is(x, 'sub')) return x.inputs[1].sub(x.inputs[0]);
      if (is(x, 'mul') && x.inputs[0].literal !== undefined) return x.inputs[1].mul(-x.inputs[0].literal);
      return undefined;
    },
  }),
  abs: elementwise({
    name: 'abs',
    opcode: Opcode.Absolute,
    exact: true,
    compute: Math.abs,
    derivatives: [(g, _y, x) => g.mul(f(x).sign(x))],
    rewrite: ([x]) =>
      is(x, 'neg') ? x.inputs[0].abs() : is(x, 'square') || is(x, 'exp') || is(x, 'abs') ? x : undefined,
  }),
  sign: elementwise({
    name: 'sign',
    opcode: Opcode.Sign,
    exact: true,
    compute: Math.sign,
    derivatives: [zero],
  }),
  square: elementwise({
    name: 'square',
    opcode: Opcode.Square,
    exact: true,
    compute: (x) => x * x,
    derivatives: [(g, _y, x) => g.mul(x.mul(2))],
    rewrite: ([x]) => (is(x, 'neg') || is(x, 'abs') ? x.inputs[0].square() : undefined),
  }),
  sqrt: elementwise({
    name: 'sqrt',
    opcode: Opcode.SquareRoot,
    exact: true,
    compute: Math.sqrt,
    derivatives: [(g, y) => g.mul(0.5).div(y)],
    rewrite: ([x]) => (is(x, 'square') ? x.inputs[0].abs() : undefined),
  }),
  reciprocal: elementwise({
    name: 'reciprocal',
    opcode: Opcode.Reciprocal,
    exact: true,
    compute: (x) => 1 / x,
    derivatives: [(g, y) => g.mul(y.square()).neg()],
    rewrite: ([x]) => (is(x, 'reciprocal') ? x.inputs[0] : undefined),
  }),
  floor: elementwise({
    name: 'floor',
    opcode: Opcode.Floor,
    exact: true,
    compute: Math.floor,
    derivatives: [zero],
  }),
  exp: elementwise({
    name: 'exp',
    opcode: Opcode.Exp,
    compute: exp,
    derivatives: [(g, y) => g.mul(y)],
    rewrite: ([x]) => (is(x, 'log') ? x.inputs[0] : undefined),
  }),
  expm1: elementwise({
    name: 'expm1',
    opcode: Opcode.Expm1,
    compute: expm1,
    derivatives: [(g, y) => g.mul(y.add(1))],
  }),
  log: elementwise({
    name: 'log',
    opcode: Opcode.Log,
    compute: log,
    derivatives: [(g, _y, x) => g.div(x)],
    rewrite: ([x]) => {
      if (x.literal === 1) return x.graph.scalar(0);
      if (is(x, 'exp')) return x.inputs[0];
      if (is(x, 'reciprocal')) return x.inputs[0].log().neg();
      if (is(x, 'sqrt')) return x.inputs[0].log().mul(0.5);
      if (is(x, 'sigmoid')) return f(x).softplus(x.inputs[0].neg()).neg();
      return undefined;
    },
  }),
  log1p: elementwise({
    name: 'log1p',
    opcode: Opcode.Log1p,
    compute: log1p,
    derivatives: [(g, _y, x) => g.div(x.add(1))],
    rewrite: ([x]) => {
      if (is(x, 'exp')) return f(x).softplus(x.inputs[0]);
      if (is(x, 'neg') && is(x.inputs[0], 'sigmoid')) return f(x).softplus(x.inputs[0].inputs[0]).neg();
      return undefined;
    },
  }),
  tanh: elementwise({
    name: 'tanh',
    opcode: Opcode.Tanh,
    compute: tanh,
    derivatives: [(g, y) => g.mul(f(y).sub(1, y.square()))],
  }),
  sigmoid: elementwise({
    name: 'sigmoid',
    opcode: Opcode.Sigmoid,
    compute: sigmoid,
    // σ(x)σ(−x) keeps its digits where 1 − σ(x) has none.
    derivatives: [(g, y, x) => g.mul(y.mul(f(x).sigmoid(x.neg())))],
  }),
  softplus: elementwise({
    name: 'softplus',
    opcode: Opcode.Softplus,
    compute: softplus,
    derivatives: [(g, _y, x) => g.mul(f(x).sigmoid(x))],
  }),
  sin: elementwise({
    name: 'sin',
    opcode: Opcode.Sin,
    compute: sin,
    derivatives: [(g, _y, x) => g.mul(f(x).cos(x))],
  }),
  cos: elementwise({
    name: 'cos',
    opcode: Opcode.Cos,
    compute: cos,
    derivatives: [(g, _y, x) => g.mul(f(x).sin(x)).neg()],
  }),
  lgamma: elementwise({
    name: 'lgamma',
    opcode: Opcode.LogGamma,
    compute: lgamma,
    derivatives: [(g, _y, x) => g.mul(f(x).digamma(x))],
    rewrite: ([x]) => (x.literal === 1 || x.literal === 2 ? x.graph.scalar(0) : undefined),
  }),
  digamma: elementwise({
    name: 'digamma',
    opcode: Opcode.Digamma,
    compute: digamma,
    derivatives: [(g, _y, x) => g.mul(f(x).trigamma(x))],
  }),
  /** The end of the chain: it has no derivative here. */
  trigamma: elementwise({ name: 'trigamma', opcode: Opcode.Trigamma, compute: trigamma }),
  erf: elementwise({
    name: 'erf',
    opcode: Opcode.Erf,
    compute: erf,
    derivatives: [(g, _y, x) => g.mul(x.square().neg().exp().mul(TWO_OVER_SQRT_PI))],
  }),
  erfc: elementwise({
    name: 'erfc',
    opcode: Opcode.Erfc,
    compute: erfc,
    derivatives: [(g, _y, x) => g.mul(x.square().neg().exp().mul(-TWO_OVER_SQRT_PI))],
  }),
  normalCdf: elementwise({
    name: 'normalCdf',
    opcode: Opcode.NormalCdf,
    compute: normalCdf,
    derivatives: [(g, _y, x) => g.mul(x.square().mul(-0.5).exp().mul(ONE_OVER_SQRT_TWO_PI))],
  }),
  normalLogCdf: elementwise({
    name: 'normalLogCdf',
    opcode: Opcode.NormalLogCdf,
    compute: normalLogCdf,
    derivatives: [(g, _y, x) => g.mul(f(x).normalLogCdfDerivative(x))],
  }),
  /** r = φ/Φ, with r′ = −r(x + r). */
  normalLogCdfDerivative: elementwise({
    name: 'normalLogCdfDerivative',
    opcode: Opcode.NormalLogCdfDerivative,
    compute: normalLogCdfDerivative,
    derivatives: [(g, y, x) => g.mul(y.mul(x.add(y))).neg()],
  }),
};
