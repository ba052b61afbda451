/**
 * A sum over rows of data, estimated on some of them. Every node between the data and a term is one of three things:
 * *whole* (it has nothing to do with rows), *rows* (an axis of it follows the rows, each element by its own row), or an
 * *estimate* (sums over rows of the batch, times rows/size, and what is affine in them). Each estimate is unbiased by
 * construction; whatever would make it otherwise is refused.
 */

import { reachable, readsOf } from '../../../compile/unit';
import {
  describeShape,
  type Expression,
  expand,
  reshape,
  type Shape,
  sizeOf,
  transpose,
} from '../../../expr';
import { expandOperation } from '../../../expr/operations/reduce';
import { gatherOperation, gatherPositionsOperation } from '../../../expr/operations/indexing';

/** What a node is to the rows, and what stands for it on a batch. */
type Part =
  | { readonly kind: 'whole'; readonly value: Expression }
  | { readonly kind: 'rows'; readonly value: Expression; readonly axis: number }
  | { readonly kind: 'estimate'; readonly value: Expression };

/** Why a term is not a sum over rows. */
export class NotAdditive extends Error {}

/** Operations that are linear in their input, or in one of two while the other is whole. */
const LINEAR = new Set([
  'reshape',
  'sum',
  'expand',
  'slice',
  'pad',
  'concatenate',
  'transpose',
  'total',
  'cumulativeSum',
  'neg',
  'add',
  'sub',
]);
const BILINEAR = new Set(['mul', 'dot', 'matrixVector', 'rowDots', 'matrixProduct', 'batchedProduct']);

export class RowBatch {
  private readonly parts = new Map<Expression, Part>();
  private readonly provenance = new Map<Expression, boolean>();
  private batched = false;

  /**
   * @param names data that have the dimension
   * @param rows how many rows there are
   * @param index the slot that holds the positions of a batch
   */
  constructor(
    private readonly names: ReadonlySet<string>,
    private readonly rows: number,
    private readonly index: Expression,
  ) {}

  /** Whether anything so far is estimated from a batch. */
  get isUsed(): boolean {
    return this.batched;
  }

  /**
   * An unbiased estimate of a scalar.
   *
   * @throws NotAdditive where it is not affine in sums over rows
   */
  estimate(term: Expression): Expression {
    for (const node of reachable([term], ({ isConstant }) => isConstant)) {
      if (!this.parts.has(node)) this.parts.set(node, this.make(node));
    }
    const part = this.parts.get(term)!;
    if (part.kind !== 'rows') return part.value;
    throw new NotAdditive('it has an element for each row, not their sum');
  }

  private make(node: Expression): Part {
    if (node.isConstant) return this.data(node);
    const parts = node.inputs.map((input) => this.parts.get(input)!);
    this.checkBody(node);
    if (parts.every(({ kind }) => kind === 'whole')) return { kind: 'whole', value: node };
    if (!parts.some(({ kind }) => kind === 'rows')) return this.affine(node, parts);
    if (parts.some(({ kind }) => kind === 'estimate')) {
      throw new NotAdditive(`${node.op.name} combines single rows with a sum over rows`);
    }
    return this.rowwise(node, parts);
  }

  /** Data follow the rows where they come from data that do and have one axis of that extent. */
  private data(node: Expression): Part {
    if (!this.comesFromRows(node)) return { kind: 'whole', value: node };
    const axes = node.shape.flatMap((extent, axis) => (extent === this.rows ? [axis] : []));
    if (axes.length === 1) return { kind: 'rows', value: this.taken(node, axes[0]), axis: axes[0] };
    if (2 * node.size <= this.rows) return { kind: 'whole', value: node };
    throw new NotAdditive(
      axes.length > 1
        ? `of data of shape ${describeShape(node.shape)}, more than one axis is as long as there are rows`
        : `data of shape ${describeShape(node.shape)} are made of many rows, but do not follow them one by one`,
    );
  }

  private comesFromRows(node: Expression): boolean {
    let found = this.provenance.get(node);
    if (found === undefined) {
      const all = reachable([node], () => false, readsOf);
      found = all.some(
        ({ values, name }) => values !== undefined && name !== undefined && this.names.has(name),
      );
      this.provenance.set(node, found);
    }
    return found;
  }

  /** What a loop or a solver reads besides its inputs must have nothing to do with rows. */
  private checkBody(node: Expression): void {
    const reads = readsOf(node).slice(node.inputs.length);
    if (reads.length === 0) return;
    const data = reachable(reads, ({ isConstant }) => isConstant, readsOf).filter(
      ({ isConstant }) => isConstant,
    );
    if (data.some((leaf) => this.data(leaf).kind === 'rows')) throw this.refusal(node);
  }

  /** Of sums over rows and what is whole. */
  private affine(node: Expression, parts: readonly Part[]): Part {
    const { name } = node.op;
    const estimates = parts.filter(({ kind }) => kind === 'estimate').length;
    const isAffine =
      LINEAR.has(name) ||
      (BILINEAR.has(name) && estimates === 1) ||
      ((name === 'div' || name === 'gather') && parts[1].kind === 'whole') ||
      (name === 'select' && parts[0].kind === 'whole');
    if (!isAffine) throw new NotAdditive(`${name} of a sum over rows is not a sum over rows`);
    return {
      kind: 'estimate',
      value: this.rebuilt(
        node,
        parts.map(({ value }) => value),
        node.shape,
      ),
    };
  }

  private rowwise(node: Expression, parts: readonly Part[]): Part {
    const { op, attributes, inputs } = node;
    if (op.kind === 'elementwise') {
      const axis = parts.find(({ kind }) => kind === 'rows') as { axis: number };
      return this.rowsOf(node, this.along(inputs, parts, axis.axis), axis.axis);
    }
    if (op.kind === 'fused') return this.fused(node, parts);
    switch (op.name) {
      case 'reshape': {
        const { value, axis } = this.only(parts);
        return { kind: 'rows', ...this.reshaped(value, axis, inputs[0].shape, node) };
      }
      case 'sum':
      case 'max':
      case 'logSumExp':
      case 'slice':
      case 'cumulativeSum':
        return this.alongAxis(node, this.only(parts));
      case 'expand': {
        const { value, axis } = this.only(parts);
        const before = sizeOf(inputs[0].shape.slice(0, axis));
        const isOuter = before * this.rows <= attributes.outer;
        const to = this.axisBehind(node, isOuter ? before : before * attributes.length);
        return this.rowsOf(node, [value], to, this.shrunk(node, isOuter ? 'outer' : 'inner'));
      }
      case 'transpose': {
        const { value, axis } = this.only(parts);
        return { kind: 'rows', value: transpose(value), axis: 1 - axis };
      }
      case 'concatenate': {
        const { axis } = parts.find(({ kind }) => kind === 'rows') as { axis: number };
        if (axis === attributes.axis) throw this.refusal(node);
        const resized = this.shrunk(node, axis < attributes.axis ? 'outer' : 'inner');
        return this.rowsOf(node, this.along(inputs, parts, axis, true), axis, resized);
      }
      case 'gather': {
        const [table, index] = parts;
        if (table.kind !== 'whole' || index.kind !== 'rows') throw this.refusal(node);
        return this.rowsOf(node, [table.value, index.value], index.axis);
      }
      case 'triangularSolve': {
        const [matrix, right] = parts;
        if (matrix.kind !== 'whole' || right.kind !== 'rows' || right.axis !== 1) throw this.refusal(node);
        return this.rowsOf(node, [matrix.value, right.value], 1);
      }
      case 'dot': {
        const { axis } = parts.find(({ kind }) => kind === 'rows') as { axis: number };
        return this.summed(this.rebuilt(node, this.along(inputs, parts, axis, true), []));
      }
      case 'matrixVector':
        return this.product(node, parts, [1, 0], [0]);
      case 'rowDots':
        return this.product(node, parts, [0, 1], [0]);
      case 'matrixProduct': {
        const { transposeA, transposeB } = attributes;
        return this.product(node, parts, [transposeA, 1 - transposeA], [transposeB, 1 - transposeB]);
      }
      case 'batchedProduct': {
        const stacked = parts.map((part, k) =>
          inputs[k].rank === 3 ? this.followed(inputs[k], part, 0) : part.value,
        );
        if (parts.some((part, k) => part.kind === 'rows' && (part.axis !== 0 || inputs[k].rank !== 3))) {
          throw this.refusal(node);
        }
        return this.rowsOf(node, stacked, 0);
      }
      default:
        throw this.refusal(node);
    }
  }

  /**
   * Products of a matrix and a matrix or vector.
   *
   * @param left free axis and summed axis of the left operand
   * @param right summed axis and, of a matrix, free axis of the right one
   */
  private product(
    node: Expression,
    parts: readonly Part[],
    left: readonly number[],
    right: readonly number[],
  ): Part {
    const [a, b] = parts;
    const isAt = (part: Part, axis: number | undefined): boolean =>
      part.kind === 'rows' && part.axis === axis;
    if (isAt(a, left[0]) && b.kind === 'whole') return this.rowsOf(node, [a.value, b.value], 0);
    if (isAt(b, right[1]) && a.kind === 'whole') return this.rowsOf(node, [a.value, b.value], 1);
    if (isAt(a, left[0]) || isAt(b, right[1])) throw this.refusal(node);
    const [x, y] = node.inputs;
    const inputs = [this.followed(x, a, left[1]), this.followed(y, b, right[0])];
    return this.summed(this.rebuilt(node, inputs, node.shape));
  }

  /** A fused sum over elements, of which one or more follow the rows. */
  private fused(node: Expression, parts: readonly Part[]): Part {
    const { op, inputs } = node;
    if (op.kind !== 'fused' || (op.blocks !== undefined && op.name !== 'groupedGaussian'))
      throw this.refusal(node);
    if (op.name !== 'groupedGaussian') {
      const { axis } = parts.find(({ kind }) => kind === 'rows') as { axis: number };
      return this.summed(this.rebuilt(node, this.along(inputs, parts, axis), []));
    }
    const [x, table, index, factor, offset, w] = parts;
    if ([table, factor, w].some(({ kind }) => kind !== 'whole')) throw this.refusal(node);
    const ownOffset = inputs[4].size === 1 ? offset.value : this.followed(inputs[4], offset, 0);
    const ownX = this.followed(inputs[0], x, 0);
    const positions = this.followed(inputs[2], index, 0);
    const values = [ownX, table.value, positions, factor.value, ownOffset, w.value];
    return this.summed(this.rebuilt(node, values, []));
  }

  /** Along one axis of the input: over it, for each row, or for sums over the rows themselves. */
  private alongAxis(node: Expression, { value, axis }: { value: Expression; axis: number }): Part {
    const { op, inputs, attributes } = node;
    const { outer, length } = attributes;
    const before = sizeOf(inputs[0].shape.slice(0, axis));
    const [where, left] =
      before * this.rows <= outer
        ? (['outer', before] as const)
        : before >= outer * length
          ? ([
              'inner',
              op.name === 'sum' || op.name === 'max' || op.name === 'logSumExp'
                ? before / length
                : (before / length) * (attributes.count ?? length),
            ] as const)
          : (['length', 0] as const);
    if (where !== 'length') {
      return this.rowsOf(node, [value], this.axisBehind(node, left), this.shrunk(node, where));
    }
    if (op.name !== 'sum') throw this.refusal(node);
    return this.summed(this.rebuilt(node, [value], node.shape, this.shrunk(node, 'length')));
  }

  /** The inputs of an operation whose elements meet one by one; single numbers stay unless `all` must have the axis. */
  private along(
    inputs: readonly Expression[],
    parts: readonly Part[],
    axis: number,
    all = false,
  ): Expression[] {
    return inputs.map((input, k) =>
      !all && input.size === 1 && parts[k].kind === 'whole' ? input : this.followed(input, parts[k], axis),
    );
  }

  /** A part as it follows the rows along an axis. */
  private followed(node: Expression, part: Part, axis: number): Expression {
    if (part.kind === 'rows' && part.axis === axis) return part.value;
    if (part.kind !== 'whole' || node.shape[axis] !== this.rows) {
      throw new NotAdditive('rows meet rows along another axis');
    }
    return this.taken(node, axis);
  }

  /** The elements of a batch along an axis of something that is whole: of data, or of what is stretched along the axis. */
  private taken(node: Expression, axis: number): Expression {
    const { op, inputs, shape } = node;
    const batch = this.resized(shape, axis);
    if (op === expandOperation) return this.stretched(node, axis, batch);
    if (node.isConstant) return this.chosen(node, axis, batch);
    if (op.kind === 'elementwise') {
      const parts = inputs.map((input) => (input.size === 1 ? input : this.taken(input, axis)));
      return this.rebuilt(node, parts, batch);
    }
    if (op.name === 'reshape') {
      const before = sizeOf(shape.slice(0, axis));
      const from = this.axisBehind(inputs[0], before);
      return reshape(this.taken(inputs[0], from), batch);
    }
    throw new NotAdditive(
      `${node} has ${this.rows} elements that are no data of the rows; a parameter with an element for each row cannot be ` +
        'learnt from batches of rows',
    );
  }

  /** What is stretched along an axis, stretched less; or part of what is stretched along another. */
  private stretched(node: Expression, axis: number, batch: Shape): Expression {
    const { inputs, attributes, shape } = node;
    const [source] = inputs;
    if (source.size === 1) return expand(reshape(source, []), batch);
    const { outer, length } = attributes;
    const before = sizeOf(shape.slice(0, axis));
    const where = before * this.rows <= outer ? 'outer' : before >= outer * length ? 'inner' : 'length';
    if (where === 'length') return this.rebuilt(node, [source], batch, this.shrunk(node, where));
    const from = this.axisBehind(source, where === 'outer' ? before : before / length);
    return this.rebuilt(node, [this.taken(source, from)], batch, this.shrunk(node, where));
  }

  /** The elements of data that a batch has. */
  private chosen(node: Expression, axis: number, batch: Shape): Expression {
    const { graph, shape } = node;
    this.batched = true;
    if (node.dtype === 'i32') {
      if (shape.length > 1) throw new NotAdditive('positions must be a vector');
      return graph.node(gatherPositionsOperation, [node, this.index], batch);
    }
    if (axis === 0) {
      return graph.node(gatherOperation, [node, this.index], batch, { inner: sizeOf(shape.slice(1)) });
    }
    if (axis !== shape.length - 1) {
      throw new NotAdditive(
        `of data of shape ${describeShape(shape)}, rows are an axis in the middle; make it the first`,
      );
    }
    const columns = transpose(reshape(node, [node.size / this.rows, this.rows]));
    const rows = graph.node(gatherOperation, [columns, this.index], [this.index.size, columns.shape[1]], {
      inner: columns.shape[1],
    });
    return reshape(transpose(rows), batch);
  }

  private reshaped(
    value: Expression,
    axis: number,
    shape: Shape,
    node: Expression,
  ): { value: Expression; axis: number } {
    const to = this.axisBehind(node, sizeOf(shape.slice(0, axis)));
    return { value: reshape(value, this.resized(node.shape, to)), axis: to };
  }

  /** The axis of a node that follows the rows, behind `before` repetitions of what comes after. */
  private axisBehind(node: Expression, before: number): number {
    const axis = node.shape.findIndex(
      (extent, k) => extent === this.rows && sizeOf(node.shape.slice(0, k)) === before,
    );
    if (axis < 0) throw this.refusal(node);
    return axis;
  }

  private rowsOf(
    node: Expression,
    inputs: readonly Expression[],
    axis: number,
    attributes?: Record<string, number>,
  ): Part {
    return {
      kind: 'rows',
      value: this.rebuilt(node, inputs, this.resized(node.shape, axis), attributes),
      axis,
    };
  }

  private rebuilt(
    node: Expression,
    inputs: readonly Expression[],
    shape: Shape,
    attributes: Readonly<Record<string, number>> | undefined = node.hasAttributes
      ? node.attributes
      : undefined,
  ): Expression {
    return node.graph.node(node.op, inputs, shape, attributes);
  }

  /** A sum over the rows of a batch, scaled to all. */
  private summed(value: Expression): Part {
    return { kind: 'estimate', value: value.mul(this.rows / this.index.size) };
  }

  /** The attributes of a node with an extent for the batch in place of all rows. */
  private shrunk({ attributes }: Expression, name: 'outer' | 'length' | 'inner'): Record<string, number> {
    return { ...attributes, [name]: (attributes[name] / this.rows) * this.index.size };
  }

  private resized(shape: Shape, axis: number): Shape {
    return shape.map((extent, k) => (k === axis ? this.index.size : extent));
  }

  private only(parts: readonly Part[]): { value: Expression; axis: number } {
    return parts[0] as { value: Expression; axis: number };
  }

  private refusal(node: Expression): NotAdditive {
    return new NotAdditive(`${node.op.name} takes rows together`);
  }
}
