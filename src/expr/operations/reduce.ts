/** Reductions along an axis, and stretching, which is their adjoint. */
import { Opcode } from '../../../assembly/program/opcodes';
import type { Expression } from '../expression';
import type { Encoder, Memory, StructuredOperation } from '../operation';
import { axisView, describeShape, resolveAxis, sameShape, sizeOf, type AxisView, type Shape } from '../shape';
import { reshape } from './view';

/** Σ along the axis. */
export const sumOperation: StructuredOperation = {
  kind: 'structured',
  name: 'sum',
  opcode: Opcode.Sum,
  simplify: ([x], shape, view) => {
    if (view.length === 1) return reshape(x, shape);
    if (shape.length > 0 || view.outer > 1 || view.inner > 1) return undefined;
    switch (x.op.name) {
      case 'neg':
        return sum(x.inputs[0]).neg();
      case 'square':
        return dot(x.inputs[0], x.inputs[0]);
      case 'mul': {
        const [a, b] = x.inputs;
        if (a.size === 1) return sum(b).mul(reshape(a, []));
        if (b.size === 1) return sum(a).mul(reshape(b, []));
        return dot(a, b);
      }
      case 'div':
        return x.inputs[1].size === 1 ? sum(x.inputs[0]).div(reshape(x.inputs[1], [])) : undefined;
      case 'expand': {
        const inner = x.inputs[0];
        return sum(inner).mul(x.size / inner.size);
      }
      case 'reshape':
      case 'sum':
        return sum(x.inputs[0]);
    }
    return undefined;
  },
  cotangent: (node, g) => stretch(g, node.attributes as unknown as AxisView, node.inputs[0].shape),
  encode: encodeReduction,
  blocks: (node) =>
    node.size === 1 ? { rows: node.inputs[0].size, inputs: ['row'], output: 'accumulated' } : undefined,
  run: reduceWith(
    (values, start, stride, length) => {
      let total = 0;
      for (let i = 0; i < length; i++) total += values[start + i * stride];
      return total;
    },
    (a, b) => a + b,
  ),
};

/** The largest along the axis; elements that are equally large share its derivative. */
export const maxOperation: StructuredOperation = {
  kind: 'structured',
  name: 'max',
  opcode: Opcode.Max,
  simplify: ([x], shape, view) => (view.length === 1 ? reshape(x, shape) : undefined),
  cotangent: (node, g) => {
    const [x] = node.inputs;
    const view = node.attributes as unknown as AxisView;
    const largest = x.graph.functions.equal(x, stretch(node, view, x.shape));
    const share = g.div(reduceView(sumOperation, largest, view, node.shape));
    return stretch(share, view, x.shape).mul(largest);
  },
  encode: encodeReduction,
  run: reduceWith(
    (values, start, stride, length) => {
      let largest = values[start];
      for (let i = 1; i < length; i++) largest = Math.max(largest, values[start + i * stride]);
      return largest;
    },
    (a, b) => Math.max(a, b),
  ),
};

/** Repeats along an axis. */
export const expandOperation: StructuredOperation = {
  kind: 'structured',
  name: 'expand',
  opcode: Opcode.Expand,
  simplify: ([x], shape, view) => {
    if (view.length === 1) return reshape(x, shape);
    return x.op === expandOperation && x.inputs[0].size === 1 ? expand(x.inputs[0], shape) : undefined;
  },
  cotangent: (node, g) => {
    const view = node.attributes as unknown as AxisView;
    return reshape(reduceView(sumOperation, g, view, node.inputs[0].shape), node.inputs[0].shape);
  },
  encode: (to, { attributes: { outer, length, inner } }) => {
    to.word(outer);
    if (outer === 1 && inner === 1) to.count(length);
    else to.word(length);
    to.word(inner);
    to.input(0);
    to.output();
  },
  blocks: ({ attributes: { outer, length, inner } }) =>
    outer === 1 && inner === 1 ? { rows: length, inputs: ['whole'], output: 'row' } : undefined,
  run: ({ f64 }, code, at) => {
    const [outer, length, inner] = [code[at + 1], code[at + 2], code[at + 3]];
    const [x, y] = [code[at + 4] >>> 3, code[at + 5] >>> 3];
    for (let o = 0; o < outer; o++)
      for (let l = 0; l < length; l++)
        for (let i = 0; i < inner; i++) f64[y + (o * length + l) * inner + i] = f64[x + o * inner + i];
  },
};

/** Inner product. */
export const dotOperation: StructuredOperation = {
  kind: 'structured',
  name: 'dot',
  opcode: Opcode.Dot,
  simplify: ([a, b]) => {
    if (a.op.name === 'neg') return dot(a.inputs[0], b).neg();
    if (b.op.name === 'neg') return dot(a, b.inputs[0]).neg();
    for (const [p, q] of [
      [a, b],
      [b, a],
    ]) {
      if (p.op.name === 'expand' && p.inputs[0].size === 1) return sum(q).mul(reshape(p.inputs[0], []));
      if (p.op.name === 'mul' && p.inputs[0].size === 1)
        return dot(p.inputs[1], q).mul(reshape(p.inputs[0], []));
      if (p.op.name === 'mul' && p.inputs[1].size === 1)
        return dot(p.inputs[0], q).mul(reshape(p.inputs[1], []));
    }
    return undefined;
  },
  cotangent: (node, g, k) => node.inputs[1 - k].mul(g),
  encode: (to, node) => {
    to.count(node.inputs[0].size);
    to.input(0);
    to.input(1);
    to.output();
    to.accumulate();
  },
  blocks: (node) => ({ rows: node.inputs[0].size, inputs: ['row', 'row'], output: 'accumulated' }),
  run: ({ f64 }, code, at) => {
    const n = code[at + 1];
    const [a, b, y] = [code[at + 2] >>> 3, code[at + 3] >>> 3, code[at + 4] >>> 3];
    let total = code[at + 5] ? f64[y] : 0;
    for (let i = 0; i < n; i++) total += f64[a + i] * f64[b + i];
    f64[y] = f64[y + 1] = total;
  },
};

/** Sum of any number of scalars. */
export const totalOperation: StructuredOperation = {
  kind: 'structured',
  name: 'total',
  opcode: Opcode.Total,
  cotangent: (_node, g) => g,
  encode: (to, node) => {
    to.word(node.inputs.length);
    to.output();
    node.inputs.forEach((_, k) => to.input(k));
  },
  run: ({ f64 }, code, at) => {
    let total = 0;
    for (let i = 0; i < code[at + 1]; i++) total += f64[code[at + 3 + i] >>> 3];
    const y = code[at + 2] >>> 3;
    f64[y] = f64[y + 1] = total;
  },
};

/** Σ of all elements, or along one axis (counted from the end when negative). */
export function sum(x: Expression, axis?: number): Expression {
  return reduce(sumOperation, x, axis);
}

/** Mean of all elements, or along one axis. */
export function mean(x: Expression, axis?: number): Expression {
  const count = axis === undefined ? x.size : x.shape[resolveAxis('mean', x.shape, axis)];
  return sum(x, axis).div(count);
}

/** Largest of all elements, or along one axis. */
export function max(x: Expression, axis?: number): Expression {
  return reduce(maxOperation, x, axis);
}

/** Σ aᵢ·bᵢ of two arrays of one shape. */
export function dot(a: Expression, b: Expression): Expression {
  if (!sameShape(a.shape, b.shape)) {
    throw new RangeError(
      `dot: expected two arrays of one shape, got ${describeShape(a.shape)} and ${describeShape(b.shape)}`,
    );
  }
  if (a.size === 1) return reshape(a, []).mul(reshape(b, []));
  const [p, q] = a.id <= b.id ? [a, b] : [b, a];
  return a.graph.node(dotOperation, [p, q], []);
}

/** Sum of scalars, with what is known beforehand added up beforehand. */
export function total(terms: readonly Expression[]): Expression {
  const graph = terms[0].graph;
  const known: Expression[] = [];
  const unknown: Expression[] = [];
  let literal = 0;
  const visit = (term: Expression): void => {
    if (term.literal !== undefined) literal += term.literal;
    else if (term.isConstant) known.push(reshape(term, []));
    else if (term.op === totalOperation || term.op.name === 'add') term.inputs.forEach(visit);
    else if (term.op.name === 'sub' && term.inputs.some((input) => input.isConstant)) {
      visit(term.inputs[0]);
      visit(term.inputs[1].neg());
    } else unknown.push(reshape(term, []));
  };
  terms.forEach(visit);
  if (literal !== 0 || known.length + unknown.length === 0) known.push(graph.scalar(literal));
  return addAll(
    known.length > 1 && unknown.length > 0 ? [...unknown, addAll(known)] : [...unknown, ...known],
  );

  function addAll(parts: readonly Expression[]): Expression {
    if (parts.length === 1) return parts[0];
    return parts.length === 2 ? parts[0].add(parts[1]) : graph.node(totalOperation, parts, []);
  }
}

/** Stretches to a shape that the expression's own broadcasts to. */
export function expand(x: Expression, shape: Shape): Expression {
  if (sameShape(x.shape, shape)) return x;
  if (x.size === 1) return stretch(x, { outer: 1, length: sizeOf(shape), inner: 1 }, shape);
  const missing = shape.length - x.shape.length;
  const from = [...new Array<number>(Math.max(missing, 0)).fill(1), ...x.shape];
  if (missing < 0 || from.some((extent, axis) => extent !== 1 && extent !== shape[axis])) {
    throw new RangeError(`expand: ${describeShape(x.shape)} does not broadcast to ${describeShape(shape)}`);
  }
  let result = x;
  // Neighbouring axes that stretch are one stretch, from the last on.
  for (let end = shape.length; end > 0;) {
    let start = end;
    while (start > 0 && from[start - 1] === 1 && shape[start - 1] !== 1) start--;
    if (start === end) {
      end--;
      continue;
    }
    const view = {
      outer: sizeOf(from.slice(0, start)),
      length: sizeOf(shape.slice(start, end)),
      inner: sizeOf(from.slice(end)),
    };
    for (let axis = start; axis < end; axis++) from[axis] = shape[axis];
    result = stretch(result, view, [...from]);
    end = start;
  }
  return reshape(result, shape);
}

/** Sums what was stretched: the adjoint of broadcasting `shape` to that of `g`. */
export function unexpand(g: Expression, shape: Shape): Expression {
  if (sameShape(g.shape, shape)) return g;
  if (sizeOf(shape) === 1) return reshape(sum(g), shape);
  let result = g;
  const missing = g.shape.length - shape.length;
  for (let axis = g.shape.length - 1; axis >= 0; axis--) {
    const wanted = axis >= missing ? shape[axis - missing] : 1;
    if (wanted === g.shape[axis]) continue;
    const shrunk = [...result.shape];
    const view = axisView(result.shape, axis);
    shrunk[axis] = 1;
    result = reduceView(sumOperation, result, view, shrunk);
  }
  return reshape(result, shape);
}

/** A reduction of all elements, or along one axis. */
export function reduce(op: StructuredOperation, x: Expression, axis: number | undefined): Expression {
  if (axis === undefined) {
    if (x.size === 0) throw new RangeError(`${op.name}: there are no elements`);
    return reduceView(op, x, { outer: 1, length: x.size, inner: 1 }, []);
  }
  const resolved = resolveAxis(op.name, x.shape, axis);
  const shape = x.shape.filter((_, i) => i !== resolved);
  return reduceView(op, x, axisView(x.shape, resolved), shape);
}

/** A reduction along the axis of a view. */
export function reduceView(op: StructuredOperation, x: Expression, view: AxisView, shape: Shape): Expression {
  return x.graph.node(op, [x], shape, { ...view });
}

/** Repeats every element along the axis of a view. */
export function stretch(x: Expression, view: AxisView, shape: Shape): Expression {
  return x.graph.node(expandOperation, [x], shape, { ...view });
}

/** [header, outer, length, inner, x, y, accumulate] */
function encodeReduction(to: Encoder, { size, attributes: { outer, length, inner } }: Expression): void {
  to.word(outer);
  if (size === 1) to.count(length);
  else to.word(length);
  to.word(inner);
  to.input(0);
  to.output();
  to.accumulate();
}

function reduceWith(
  one: (values: Float64Array, start: number, stride: number, length: number) => number,
  join?: (a: number, b: number) => number,
): StructuredOperation['run'] {
  return ({ f64 }: Memory, code, at) => {
    const [outer, length, inner] = [code[at + 1], code[at + 2], code[at + 3]];
    const [x, y] = [code[at + 4] >>> 3, code[at + 5] >>> 3];
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++) {
        const result = one(f64, x + o * length * inner + i, inner, length);
        const target = y + o * inner + i;
        f64[target] = code[at + 6] && join ? join(f64[target], result) : result;
      }
    }
    if (outer * inner === 1) f64[y + 1] = f64[y];
  };
}
