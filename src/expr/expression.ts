/** An immutable node of an expression graph: an operation on inputs, with a static shape. */
import type { Graph } from './graph';
import type { Attributes, Operation } from './operation';
import type { Broadcast, GatherRank, Lower, MaxRank, Operand, ProductRank, RankOf } from './rank';
import { sizeOf, type Shape } from './shape';

/** Elements are f64, or i32 for indices. */
export type DType = 'f64' | 'i32';

/**
 * A value that will be computed: data, a parameter, or anything made of them. Arithmetic broadcasts like NumPy's.
 * `R` is the rank (number of axes).
 */
export class Expression<R extends number = number> {
  /** Only for the types: keeps ranks apart. */
  declare readonly __rank: R;

  constructor(
    readonly graph: Graph,
    readonly id: number,
    readonly op: Operation,
    readonly inputs: readonly Expression[],
    readonly attributes: Attributes,
    readonly shape: Shape,
    readonly dtype: DType,
    /** Depends on data and literals only. */
    readonly isConstant: boolean,
    /** Values of a literal or of data, row-major. */
    readonly values: Float64Array | Int32Array | undefined,
    /** Name of an input. */
    readonly name: string | undefined,
    /** Values of a slot until its host writes others, row-major. */
    readonly initial: Float64Array | Int32Array | undefined,
  ) {}

  get rank(): R {
    return this.shape.length as R;
  }

  /** Number of elements. */
  get size(): number {
    return sizeOf(this.shape);
  }

  /** Whether numbers beside the inputs make the operation what it is. */
  get hasAttributes(): boolean {
    for (const _ in this.attributes) return true;
    return false;
  }

  /** The number this is, when it is a literal with one element. */
  get literal(): number | undefined {
    return this.values !== undefined && this.values.length === 1 ? this.values[0] : undefined;
  }

  add<B extends Operand>(b: B): Expression<MaxRank<R, RankOf<B>>> {
    return this.graph.functions.add(this, b) as never;
  }
  sub<B extends Operand>(b: B): Expression<MaxRank<R, RankOf<B>>> {
    return this.graph.functions.sub(this, b) as never;
  }
  mul<B extends Operand>(b: B): Expression<MaxRank<R, RankOf<B>>> {
    return this.graph.functions.mul(this, b) as never;
  }
  div<B extends Operand>(b: B): Expression<MaxRank<R, RankOf<B>>> {
    return this.graph.functions.div(this, b) as never;
  }
  pow<B extends Operand>(b: B): Expression<MaxRank<R, RankOf<B>>> {
    return this.graph.functions.pow(this, b) as never;
  }
  neg(): Expression<R> {
    return this.graph.functions.neg(this) as never;
  }
  exp(): Expression<R> {
    return this.graph.functions.exp(this) as never;
  }
  log(): Expression<R> {
    return this.graph.functions.log(this) as never;
  }
  sqrt(): Expression<R> {
    return this.graph.functions.sqrt(this) as never;
  }
  square(): Expression<R> {
    return this.graph.functions.square(this) as never;
  }
  abs(): Expression<R> {
    return this.graph.functions.abs(this) as never;
  }
  /** Sum of all elements, or along one axis. */
  sum(): Expression<0>;
  sum(axis: number): Expression<Lower<R>>;
  sum(axis?: number): Expression {
    return this.graph.functions.sum(this, axis);
  }
  /** Mean of all elements, or along one axis. */
  mean(): Expression<0>;
  mean(axis: number): Expression<Lower<R>>;
  mean(axis?: number): Expression {
    return this.graph.functions.mean(this, axis);
  }
  /** Inner product of two arrays of the same shape. */
  dot(b: Operand): Expression<0> {
    return this.graph.functions.dot(this, b);
  }
  /** Matrix product; a vector on the left is a row, on the right a column. */
  matmul<B extends Operand>(b: B): Expression<ProductRank<R, RankOf<B>>> {
    return this.graph.functions.matmul(this, b) as never;
  }
  transpose(): Expression<R> {
    return this.graph.functions.transpose(this) as never;
  }
  reshape<const S extends readonly number[]>(shape: S): Expression<S['length']> {
    return this.graph.functions.reshape(this, shape) as never;
  }
  /** Elements `start ≤ i < stop` along an axis (the first unless told); negative positions count from the end. */
  slice(start: number, stop?: number, axis?: number): Expression<R> {
    return this.graph.functions.slice(this, start, stop, axis) as never;
  }
  /**
   * The element, row, … at a position of the first axis: a number, of which negative ones count from the end, or as many
   * positions as discrete parameters say, `mu.at(z)`.
   */
  at<I extends Operand>(position: I): Expression<GatherRank<R, RankOf<I>>> {
    return this.graph.functions.at(this, position) as never;
  }
  /** Elements of the first axis chosen by integer data, or by discrete parameters: `intercept.gather(county)`. */
  gather<I extends Operand>(index: I): Expression<GatherRank<R, RankOf<I>>> {
    return this.graph.functions.gather(this, index) as never;
  }

  toString(): string {
    return `${this.name ?? this.op.name}${this.shape.length ? `[${this.shape.join(',')}]` : ''}`;
  }
}

export type { Broadcast };
