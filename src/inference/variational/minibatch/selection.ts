/** The elements that a batch of rows has along an axis of something that is there for all rows. */

import {
  describeShape,
  type Expression,
  expand,
  reshape,
  type Shape,
  sizeOf,
  transpose,
} from '../../../expr';
import { gatherOperation, gatherPositionsOperation } from '../../../expr/operations/indexing';
import { expandOperation } from '../../../expr/operations/reduce';

/** Why something is not a sum over rows. */
export class NotAdditive extends Error {}

/** Where an axis lies in an operation's view of (outer, length, inner). */
export type Place = 'outer' | 'length' | 'inner';

export class Selection {
  /** Whether anything has been selected. */
  isUsed = false;

  /**
   * @param rows how many rows there are
   * @param index the slot that holds the positions of a batch
   */
  constructor(
    readonly rows: number,
    private readonly index: Expression,
  ) {}

  /** Rows of a batch. */
  get size(): number {
    return this.index.size;
  }

  /**
   * The elements of the batch along an axis of data, of what is stretched along the axis, or of what is made of such.
   *
   * @throws NotAdditive for anything else
   */
  of(node: Expression, axis: number): Expression {
    const { op, inputs, shape } = node;
    const batch = this.resized(shape, axis);
    if (op === expandOperation) return this.ofStretched(node, axis, batch);
    if (node.isConstant) return this.ofData(node, axis, batch);
    if (op.kind === 'elementwise') {
      const parts = inputs.map((input) => (input.size === 1 ? input : this.of(input, axis)));
      return node.graph.node(op, parts, batch);
    }
    if (op.name === 'reshape') {
      return reshape(this.of(inputs[0], this.axisBehind(inputs[0], sizeOf(shape.slice(0, axis)))), batch);
    }
    throw new NotAdditive(
      `${node} has ${this.rows} elements that are no data of the rows; a parameter with an element for each row cannot be ` +
        'learnt from batches of rows',
    );
  }

  /** A shape with the extent of a batch along an axis. */
  resized(shape: Shape, axis: number): Shape {
    return shape.map((extent, k) => (k === axis ? this.size : extent));
  }

  /** The attributes of a node whose view has the extent of a batch in place of all rows. */
  shrunk({ attributes }: Expression, place: Place): Record<string, number> {
    return { ...attributes, [place]: (attributes[place] / this.rows) * this.size };
  }

  /** Where the axis of rows lies in a node's view, `before` repetitions of what comes after from the start. */
  placeOf({ attributes: { outer, length } }: Expression, before: number): Place {
    if (before * this.rows <= outer) return 'outer';
    return before >= outer * length ? 'inner' : 'length';
  }

  /**
   * The axis of a node that has an element for each row and lies behind `before` repetitions of what comes after.
   *
   * @throws NotAdditive where there is none
   */
  axisBehind(node: Expression, before: number): number {
    const axis = node.shape.findIndex(
      (extent, k) => extent === this.rows && sizeOf(node.shape.slice(0, k)) === before,
    );
    if (axis < 0) throw new NotAdditive(`${node.op.name} takes rows together`);
    return axis;
  }

  /** What is stretched along the axis, stretched less; or part of what is stretched along another. */
  private ofStretched(node: Expression, axis: number, batch: Shape): Expression {
    const [source] = node.inputs;
    if (source.size === 1) return expand(reshape(source, []), batch);
    const before = sizeOf(node.shape.slice(0, axis));
    const place = this.placeOf(node, before);
    const from = place === 'inner' ? before / node.attributes.length : before;
    const part = place === 'length' ? source : this.of(source, this.axisBehind(source, from));
    return node.graph.node(node.op, [part], batch, this.shrunk(node, place));
  }

  private ofData(node: Expression, axis: number, batch: Shape): Expression {
    const { shape } = node;
    this.isUsed = true;
    if (axis === 0) return this.gathered(node, batch);
    if (axis !== shape.length - 1 || node.dtype === 'i32') {
      throw new NotAdditive(`of data of shape ${describeShape(shape)}, the rows must be the first axis`);
    }
    const columns = node.size / this.rows;
    const byRows = transpose(reshape(node, [columns, this.rows]));
    return reshape(transpose(this.gathered(byRows, [this.size, columns])), batch);
  }

  private gathered(node: Expression, batch: Shape): Expression {
    const gather = node.dtype === 'i32' ? gatherPositionsOperation : gatherOperation;
    return node.graph.node(gather, [node, this.index], batch, {
      inner: sizeOf(node.shape.slice(1)),
    });
  }
}
