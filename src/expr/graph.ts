/** A graph of expressions: makes nodes, each distinct one once (hash-consing). */
import { Expression, type DType } from './expression';
import type { Attributes, LeafOperation, Operation } from './operation';
import type { Data, Operand } from './rank';
import { describeShape, sameShape, sizeOf, type Shape } from './shape';
import type { ExpressionFunctions } from './functions';

const NONE: Attributes = {};
const SCALAR: Shape = [];

export const constantOperation: LeafOperation = { kind: 'leaf', name: 'constant' };
/** Numbers that a host may replace in a loaded program: never folded. */
export const slotOperation: LeafOperation = { kind: 'leaf', name: 'slot', cotangent: () => undefined };
export const inputOperation: LeafOperation = { kind: 'leaf', name: 'input', cotangent: () => undefined };

let current: Graph | undefined;

/** Runs `build` with `graph` as the one that numbers and arrays given to free functions join. */
export function withGraph<T>(graph: Graph, build: () => T): T {
  const outer = current;
  current = graph;
  try {
    return build();
  } finally {
    current = outer;
  }
}

/** The graph of the first expression among the operands, else the one being built. */
export function graphOf(operation: string, operands: readonly Operand[]): Graph {
  for (const operand of operands) if (operand instanceof Expression) return operand.graph;
  if (current) return current;
  throw new Error(
    `${operation}: none of the arguments is an expression; free functions build expressions inside a model's callbacks`,
  );
}

export class Graph {
  /** The free functions, for the methods of expressions. */
  declare readonly functions: ExpressionFunctions;

  private readonly nodes = new Map<string, Expression>();
  private readonly arrays = new WeakMap<object, Expression>();
  private readonly reals = new Map<Expression, Expression>();
  private readonly indices = new Map<Expression, Expression>();
  private readonly transposes = new Map<Expression, Expression>();
  private count = 0;

  /** The node of `op` on `inputs`; the same node for the same question. */
  node(
    op: Operation,
    inputs: readonly Expression[],
    shape: Shape,
    attributes: Attributes = NONE,
  ): Expression {
    for (const input of inputs) {
      if (input.graph !== this)
        throw new Error(
          `${op.name}: ${input} belongs to another model; build each model's expressions in its own callbacks`,
        );
    }
    const simpler = op.simplify?.(inputs, shape, attributes);
    if (simpler) return simpler;
    let key = op.name;
    for (const input of inputs) key += `,${input.id}`;
    if (attributes !== NONE) for (const name in attributes) key += `;${attributes[name]}`;
    key += `|${shape.join(',')}`;
    let node = this.nodes.get(key);
    if (!node) {
      const isConstant = inputs.every((input) => input.isConstant);
      const dtype = op.kind === 'structured' && op.positions ? 'i32' : 'f64';
      node = this.add(op, inputs, attributes, shape, dtype, isConstant);
      this.nodes.set(key, node);
    }
    return node;
  }

  /** Unknowns of the given shape: a segment of a procedure's input. */
  input(name: string, shape: Shape = SCALAR): Expression {
    return this.add(inputOperation, [], NONE, shape, 'f64', false, undefined, name);
  }

  /**
   * Numbers that can be replaced in a loaded program, row-major: a weight, or positions such as the rows of a minibatch.
   * Not folded, and not differentiated.
   */
  slot(name: string, initial: Float64Array | Int32Array, shape: Shape = SCALAR): Expression {
    this.checkSize('slot', initial, shape);
    const dtype = initial instanceof Int32Array ? 'i32' : 'f64';
    return this.add(slotOperation, [], NONE, shape, dtype, false, undefined, name, initial);
  }

  /** A number as a literal. */
  scalar(value: number): Expression<0> {
    const key = `#${Object.is(value, -0) ? '-0' : value}`;
    let node = this.nodes.get(key);
    if (!node) {
      node = this.add(constantOperation, [], NONE, SCALAR, 'f64', true, Float64Array.of(value));
      this.nodes.set(key, node);
    }
    return node as Expression<0>;
  }

  /** Data, row-major. The array is kept, not copied: it must not change. */
  constant(values: ArrayLike<number>, shape: Shape = [values.length], name?: string): Expression {
    return this.data(values instanceof Float64Array ? values : Float64Array.from(values), shape, 'f64', name);
  }

  /** Integer data used as positions. */
  integers(values: ArrayLike<number>, shape: Shape = [values.length], name?: string): Expression {
    return this.data(values instanceof Int32Array ? values : Int32Array.from(values), shape, 'i32', name);
  }

  /** Zeros, or another number, in every element. */
  filled(value: number, shape: Shape): Expression {
    return this.functions.expand(this.scalar(value), shape);
  }

  /** The operand as a node of this graph: numbers become literals, arrays data. */
  expression(operand: Operand): Expression {
    if (operand instanceof Expression) return operand.dtype === 'i32' ? this.real(operand) : operand;
    if (typeof operand === 'number') return this.scalar(operand);
    let node = this.arrays.get(operand);
    if (!node) {
      const { values, shape } = flatten(operand);
      node = this.constant(values, shape);
      this.arrays.set(operand, node);
    }
    return node;
  }

  /** The operand as positions below `bound`; only data can index. Throws for anything but integers in range. */
  index(operation: string, operand: Operand, bound: number): Expression {
    const node = operand instanceof Expression ? operand : this.expression(operand);
    if (!node.values)
      throw new TypeError(`${operation}: the index must be integer data, got a computed ${node}`);
    for (let i = 0; i < node.values.length; i++) {
      const value = node.values[i];
      if (!Number.isInteger(value) || value < 0 || value >= bound) {
        throw new RangeError(
          `${operation}: index[${i}] is ${value}, expected an integer from 0 to ${bound - 1}`,
        );
      }
    }
    if (node.dtype === 'i32') return node;
    let converted = this.indices.get(node);
    if (!converted) {
      converted = this.integers(node.values, node.shape, node.name);
      this.indices.set(node, converted);
    }
    return converted;
  }

  /** A matrix of data the other way round, kept with the graph: moving numbers needs no program. */
  transposed(matrix: Expression): Expression {
    let result = this.transposes.get(matrix);
    if (!result) {
      const [rows, columns] = matrix.shape;
      const from = matrix.values!;
      const values = new Float64Array(from.length);
      for (let r = 0; r < rows; r++)
        for (let c = 0; c < columns; c++) values[c * rows + r] = from[r * columns + c];
      result = this.constant(values, [columns, rows], matrix.name);
      this.transposes.set(matrix, result);
      this.transposes.set(result, matrix);
    }
    return result;
  }

  private real(node: Expression): Expression {
    let converted = this.reals.get(node);
    if (!converted) {
      converted = this.constant(Float64Array.from(node.values!), node.shape, node.name);
      this.reals.set(node, converted);
    }
    return converted;
  }

  private data(values: Float64Array | Int32Array, shape: Shape, dtype: DType, name?: string): Expression {
    this.checkSize('constant', values, shape);
    return this.add(constantOperation, [], NONE, shape, dtype, true, values, name);
  }

  private checkSize(what: string, values: ArrayLike<number>, shape: Shape): void {
    if (sizeOf(shape) !== values.length) {
      throw new RangeError(`${what}: ${values.length} values do not fill the shape ${describeShape(shape)}`);
    }
  }

  private add(
    op: Operation,
    inputs: readonly Expression[],
    attributes: Attributes,
    shape: Shape,
    dtype: DType,
    isConstant: boolean,
    values?: Float64Array | Int32Array,
    name?: string,
    initial?: Float64Array | Int32Array,
  ): Expression {
    return new Expression(
      this,
      this.count++,
      op,
      inputs,
      attributes,
      shape,
      dtype,
      isConstant,
      values,
      name,
      initial,
    );
  }
}

/** Nested arrays of equal lengths as row-major values and a shape; throws where a row is ragged. */
function flatten(data: Data): { values: Float64Array; shape: Shape } {
  if (!Array.isArray(data))
    return { values: Float64Array.from(data as ArrayLike<number>), shape: [data.length] };
  if (data.length === 0 || !isList(data[0]))
    return { values: Float64Array.from(data as number[], real), shape: [data.length] };
  const rows = (data as unknown as Data[]).map(flatten);
  const shape = rows[0].shape;
  const width = sizeOf(shape);
  const values = new Float64Array(rows.length * width);
  rows.forEach((row, i) => {
    if (!sameShape(row.shape, shape)) {
      throw new RangeError(
        `constant: row ${i} has shape ${describeShape(row.shape)}, the first one ${describeShape(shape)}`,
      );
    }
    values.set(row.values, i * width);
  });
  return { values, shape: [rows.length, ...shape] };
}

function isList(value: unknown): boolean {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}

function real(value: unknown): number {
  if (typeof value !== 'number')
    throw new TypeError(`constant: expected numbers, got ${String(value)} (${typeof value})`);
  return value;
}
