/** Functions of two numbers, and selection: name, opcode, baseline kernel, derivatives and algebra, an entry each. */
import { Opcode } from '../../../assembly/program/opcodes';
import type { Expression } from '../expression';
import { power } from '../special';
import { elementwise, zero } from './elementwise';

const f = (x: Expression) => x.graph.functions;
const is = (x: Expression, name: string): boolean => x.op.name === name;
const literal = (graph: Expression['graph'], value: number): Expression => graph.scalar(value);

/** The literal that a product or a quotient is multiplied by. */
function literalFactor(x: Expression): number | undefined {
  if (is(x, 'div')) return x.inputs[0].literal;
  return is(x, 'mul') ? x.inputs.find((input) => input.literal !== undefined)?.literal : undefined;
}

/** A product or quotient without its literal factor. */
function withoutFactor(x: Expression): Expression {
  if (is(x, 'div')) return f(x).reciprocal(x.inputs[1]);
  return x.inputs[0].literal !== undefined ? x.inputs[1] : x.inputs[0];
}

export const binary = {
  add: elementwise({
    name: 'add',
    opcode: Opcode.Add,
    commutative: true,
    exact: true,
    compute: (a, b) => a + b,
    derivatives: [(g) => g, (g) => g],
    rewrite: ([a, b]) => {
      if (a.literal === 0) return b;
      if (b.literal === 0) return a;
      if (a === b) return a.mul(2);
      if (is(b, 'neg')) return a.sub(b.inputs[0]);
      if (is(a, 'neg')) return b.sub(a.inputs[0]);
      return undefined;
    },
  }),
  sub: elementwise({
    name: 'sub',
    opcode: Opcode.Subtract,
    exact: true,
    compute: (a, b) => a - b,
    derivatives: [(g) => g, (g) => g.neg()],
    rewrite: ([a, b]) => {
      if (b.literal === 0) return a;
      if (a.literal === 0) return b.neg();
      if (a === b) return literal(a.graph, 0);
      if (is(b, 'neg')) return a.add(b.inputs[0]);
      if (a.literal === 1 && is(b, 'sigmoid')) return f(b).sigmoid(b.inputs[0].neg());
      return undefined;
    },
  }),
  mul: elementwise({
    name: 'mul',
    opcode: Opcode.Multiply,
    commutative: true,
    exact: true,
    compute: (a, b) => a * b,
    derivatives: [(g, _y, _a, b) => g.mul(b), (g, _y, a) => g.mul(a)],
    rewrite: ([p, q]) => {
      const [a, b] = q.literal !== undefined ? [q, p] : [p, q];
      if (a.literal === 1) return b;
      if (a.literal === 0) return literal(a.graph, 0);
      if (a.literal === -1) return b.neg();
      if (a === b) return a.square();
      if (is(b, 'neg'))
        return a.literal !== undefined ? b.inputs[0].mul(-a.literal) : a.mul(b.inputs[0]).neg();
      if (is(a, 'neg')) return a.inputs[0].mul(b).neg();
      // Literals move outwards, where they meet and merge.
      if (a.literal === undefined) {
        const [scaleA, scaleB] = [literalFactor(a), literalFactor(b)];
        if (scaleA !== undefined) return withoutFactor(a).mul(b).mul(scaleA);
        if (scaleB !== undefined) return a.mul(withoutFactor(b)).mul(scaleB);
      } else if (is(b, 'div') && b.inputs[0].literal !== undefined) {
        return f(b).div(a.literal * b.inputs[0].literal, b.inputs[1]);
      }
      if (a.literal !== undefined && is(b, 'mul')) {
        const [c, d] = b.inputs;
        if (c.literal !== undefined) return d.mul(a.literal * c.literal);
        if (d.literal !== undefined) return c.mul(a.literal * d.literal);
      }
      // Not where `div` has made a product of it, nor where one division serves many products.
      if (is(b, 'reciprocal') && !b.isConstant && b.size >= a.size) return a.div(b.inputs[0]);
      if (is(a, 'reciprocal') && !a.isConstant && a.size >= b.size) return b.div(a.inputs[0]);
      return undefined;
    },
  }),
  div: elementwise({
    name: 'div',
    opcode: Opcode.Divide,
    exact: true,
    compute: (a, b) => a / b,
    derivatives: [(g, _y, _a, b) => g.div(b), (g, y, _a, b) => g.mul(y).div(b).neg()],
    rewrite: ([a, b]) => {
      if (b.literal === 1) return a;
      if (a.literal === 1) return f(b).reciprocal(b);
      if (is(a, 'neg')) return a.inputs[0].div(b).neg();
      const scale = literalFactor(a);
      if (scale !== undefined)
        return is(a, 'div') ? f(a).div(scale, a.inputs[1].mul(b)) : withoutFactor(a).div(b).mul(scale);
      if (is(b, 'neg')) return a.div(b.inputs[0]).neg();
      // Known divisors are inverted beforehand: a product is several times cheaper.
      if (b.isConstant && !a.isConstant) return a.mul(f(b).reciprocal(b));
      return undefined;
    },
  }),
  pow: elementwise({
    name: 'pow',
    opcode: Opcode.Power,
    compute: power,
    derivatives: [
      (g, _y, a, b) => g.mul(b).mul(a.pow(b.sub(1))),
      // 0^b is flat in b for b > 0, though log 0 is not finite.
      (g, y, a) => g.mul(f(a).select(f(a).equal(y, 0), 0, y.mul(a.log()))),
    ],
    rewrite: ([a, b]) => {
      switch (b.literal) {
        case 0:
          return literal(a.graph, 1);
        case 1:
          return a;
        case 2:
          return a.square();
        case 3:
          return a.square().mul(a);
        case 0.5:
          return a.sqrt();
        case -1:
          return f(a).reciprocal(a);
        case -2:
          return f(a).reciprocal(a.square());
      }
      return undefined;
    },
  }),
  minimum: elementwise({
    name: 'minimum',
    opcode: Opcode.Minimum,
    exact: true,
    compute: (a, b) => (b < a || b !== b ? b : a),
    derivatives: [
      (g, _y, a, b) => f(a).select(f(a).less(b, a), 0, g),
      (g, _y, a, b) => f(a).select(f(a).less(b, a), g, 0),
    ],
  }),
  maximum: elementwise({
    name: 'maximum',
    opcode: Opcode.Maximum,
    exact: true,
    compute: (a, b) => (b > a || b !== b ? b : a),
    derivatives: [
      (g, _y, a, b) => f(a).select(f(a).less(a, b), 0, g),
      (g, _y, a, b) => f(a).select(f(a).less(a, b), g, 0),
    ],
  }),
  less: elementwise({
    name: 'less',
    opcode: Opcode.Less,
    exact: true,
    compute: (a, b) => (a < b ? 1 : 0),
    derivatives: [zero, zero],
  }),
  lessEqual: elementwise({
    name: 'lessEqual',
    opcode: Opcode.LessEqual,
    exact: true,
    compute: (a, b) => (a <= b ? 1 : 0),
    derivatives: [zero, zero],
  }),
  equal: elementwise({
    name: 'equal',
    opcode: Opcode.Equal,
    exact: true,
    compute: (a, b) => (a === b ? 1 : 0),
    derivatives: [zero, zero],
  }),
  select: elementwise({
    name: 'select',
    opcode: Opcode.Select,
    exact: true,
    compute: (condition, a, b) => (condition !== 0 ? a : b),
    derivatives: [
      zero,
      (g, _y, condition) => f(g).select(condition, g, 0),
      (g, _y, condition) => f(g).select(condition, 0, g),
    ],
    rewrite: ([condition, a, b]) => {
      if (condition.literal !== undefined) return condition.literal !== 0 ? a : b;
      return a === b ? a : undefined;
    },
  }),
};
