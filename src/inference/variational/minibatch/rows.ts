/**
 * A sum over rows of data, estimated on some of them. Every node between the data and a term is one of three things:
 * *whole* (it has nothing to do with rows), *rows* (an axis of it follows the rows, each element by its own row), or an
 * *estimate* (sums over rows of the batch, times rows/size, and what is affine in them). Each estimate is unbiased by
 * construction; whatever would make it otherwise is refused.
 */

import { reachable, readsOf } from '../../../compile/unit';
import { describeShape, type Expression, reshape, type Shape, sizeOf } from '../../../expr';
import { NotAdditive, type Selection } from './selection';

/** What a node is to the rows, and what stands for it on a batch. */
type Part =
  | { readonly kind: 'whole'; readonly value: Expression }
  | Rows
  | { readonly kind: 'estimate'; readonly value: Expression };

interface Rows {
  readonly kind: 'rows';
  readonly value: Expression;
  /** The axis that follows the rows. */
  readonly axis: number;
}

/** Operations that are linear in all their inputs together. */
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
/** Operations that are linear in each of two inputs. */
const BILINEAR = new Set(['mul', 'dot', 'matrixVector', 'rowDots', 'matrixProduct', 'batchedProduct']);
/** Operations whose result lacks the axis they run along. */
const REDUCING = new Set(['sum', 'max', 'logSumExp']);

export class RowEstimate {
  private readonly parts = new Map<Expression, Part>();
  private readonly provenance = new Map<Expression, boolean>();

  /** @param names data that have the dimension */
  constructor(
    private readonly names: ReadonlySet<string>,
    private readonly selection: Selection,
  ) {}

  /**
   * An unbiased estimate of a scalar.
   *
   * @throws NotAdditive where it is not affine in sums over rows
   */
  of(term: Expression): Expression {
    for (const node of reachable([term], ({ isConstant }) => isConstant)) {
      if (!this.parts.has(node)) this.parts.set(node, this.make(node));
    }
    const part = this.parts.get(term)!;
    if (part.kind !== 'rows') return part.value;
    throw new NotAdditive('it has an element for each row, not their sum');
  }

  private make(node: Expression): Part {
    if (node.isConstant) return this.data(node);
    this.checkBody(node);
    const parts = node.inputs.map((input) => this.parts.get(input)!);
    if (parts.every(({ kind }) => kind === 'whole')) return { kind: 'whole', value: node };
    if (!parts.some(isRows)) return this.affine(node, parts);
    if (parts.some(({ kind }) => kind === 'estimate')) {
      throw new NotAdditive(`${node.op.name} combines single rows with a sum over rows`);
    }
    return this.rowwise(node, parts);
  }

  /** Data follow the rows where they come from data that do and have one axis of that extent. */
  private data(node: Expression): Part {
    const { rows } = this.selection;
    if (!this.comesFromRows(node)) return { kind: 'whole', value: node };
    const axes = node.shape.flatMap((extent, axis) => (extent === rows ? [axis] : []));
    if (axes.length === 1) return { kind: 'rows', value: this.selection.of(node, axes[0]), axis: axes[0] };
    // A few sums over the rows cost nothing, and are exact.
    if (2 * node.size <= rows) return { kind: 'whole', value: node };
    throw new NotAdditive(
      axes.length > 1
        ? `of data of shape ${describeShape(node.shape)}, more than one axis is as long as there are rows`
        : `data of shape ${describeShape(node.shape)} are made of many rows, but do not follow them one by one`,
    );
  }

  private comesFromRows(node: Expression): boolean {
    let found = this.provenance.get(node);
    if (found === undefined) {
      found = reachable([node], () => false, readsOf).some(
        ({ values, name }) => values !== undefined && name !== undefined && this.names.has(name),
      );
      this.provenance.set(node, found);
    }
    return found;
  }

  /** What a loop or a solver reads besides its inputs must have nothing to do with rows. */
  private checkBody(node: Expression): void {
    const inside = readsOf(node).slice(node.inputs.length);
    const leaves = reachable(inside, ({ isConstant }) => isConstant, readsOf);
    if (leaves.some((leaf) => leaf.isConstant && isRows(this.data(leaf)))) throw refusal(node);
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
    return { kind: 'estimate', value: rebuilt(node, parts.map(valueOf), node.shape) };
  }

  /** Of rows and what is whole. */
  private rowwise(node: Expression, parts: readonly Part[]): Part {
    const { op, attributes, inputs } = node;
    const { value, axis } = parts.find(isRows)!;
    if (op.kind === 'elementwise') return this.rows(node, this.along(inputs, parts, axis), axis);
    if (op.kind === 'fused') return this.fused(node, parts, axis);
    switch (op.name) {
      case 'reshape': {
        const to = this.selection.axisBehind(node, sizeOf(inputs[0].shape.slice(0, axis)));
        return { kind: 'rows', value: reshape(value, this.selection.resized(node.shape, to)), axis: to };
      }
      case 'transpose':
        return this.rows(node, [value], 1 - axis);
      case 'sum':
      case 'max':
      case 'logSumExp':
      case 'slice':
      case 'cumulativeSum':
        return this.alongAxis(node, value, sizeOf(inputs[0].shape.slice(0, axis)));
      case 'expand': {
        const before = sizeOf(inputs[0].shape.slice(0, axis));
        const place = this.selection.placeOf(node, before) === 'outer' ? 'outer' : 'inner';
        const to = this.selection.axisBehind(node, place === 'outer' ? before : before * attributes.length);
        return this.rows(node, [value], to, this.selection.shrunk(node, place));
      }
      case 'concatenate': {
        if (axis === attributes.axis) throw refusal(node);
        const resized = this.selection.shrunk(node, axis < attributes.axis ? 'outer' : 'inner');
        return this.rows(node, this.followed(inputs, parts, axis), axis, resized);
      }
      case 'gather':
        if (isRows(parts[0])) throw refusal(node);
        return this.rows(node, parts.map(valueOf), axis);
      case 'triangularSolve':
        if (isRows(parts[0]) || axis !== 1) throw refusal(node);
        return this.rows(node, parts.map(valueOf), axis);
      case 'dot':
        return this.summed(rebuilt(node, this.followed(inputs, parts, axis), []));
      case 'matrixVector':
        return this.product(node, parts, [1, 0], [0]);
      case 'rowDots':
        return this.product(node, parts, [0, 1], [0]);
      case 'matrixProduct': {
        const { transposeA, transposeB } = attributes;
        return this.product(node, parts, [transposeA, 1 - transposeA], [transposeB, 1 - transposeB]);
      }
      case 'batchedProduct': {
        const stacked = inputs.map((input) => input.rank === 3);
        if (parts.some((part, k) => isRows(part) && (part.axis !== 0 || !stacked[k]))) throw refusal(node);
        const values = parts.map((part, k) => (stacked[k] ? this.follow(inputs[k], part, 0) : part.value));
        return this.rows(node, values, 0);
      }
      default:
        throw refusal(node);
    }
  }

  /** A fused sum over elements: over those of the rows. */
  private fused(node: Expression, parts: readonly Part[], axis: number): Part {
    const { op, inputs } = node;
    if (op.name === 'groupedGaussian') {
      const [, table, , factor, , w] = parts;
      if ([table, factor, w].some(isRows)) throw refusal(node);
      const values = parts.map((part, k) =>
        k === 0 || k === 2 || (k === 4 && inputs[k].size > 1) ? this.follow(inputs[k], part, 0) : part.value,
      );
      return this.summed(rebuilt(node, values, []));
    }
    if (op.kind !== 'fused' || op.blocks !== undefined) throw refusal(node);
    return this.summed(rebuilt(node, this.along(inputs, parts, axis), []));
  }

  /**
   * Along one axis of the input: within each row, or over the rows.
   *
   * @param before repetitions before the axis of rows
   */
  private alongAxis(node: Expression, value: Expression, before: number): Part {
    const { op, attributes } = node;
    const place = this.selection.placeOf(node, before);
    const resized = this.selection.shrunk(node, place);
    if (place === 'length') {
      if (op.name !== 'sum') throw refusal(node);
      return this.summed(rebuilt(node, [value], node.shape, resized));
    }
    const left = REDUCING.has(op.name) ? 1 : (attributes.count ?? attributes.length);
    const behind = place === 'outer' ? before : (before / attributes.length) * left;
    return this.rows(node, [value], this.selection.axisBehind(node, behind), resized);
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
    const free = parts.map((part, k) => isRows(part) && part.axis === (k === 0 ? left[0] : right[1]));
    if (free[0] || free[1]) {
      if (parts.every(isRows)) throw refusal(node);
      return this.rows(node, parts.map(valueOf), free[0] ? 0 : 1);
    }
    const [a, b] = node.inputs;
    const summands = [this.follow(a, parts[0], left[1]), this.follow(b, parts[1], right[0])];
    return this.summed(rebuilt(node, summands, node.shape));
  }

  /** Operands whose elements meet one by one: each follows the rows, or is a single number. */
  private along(inputs: readonly Expression[], parts: readonly Part[], axis: number): Expression[] {
    return inputs.map((input, k) =>
      input.size === 1 && !isRows(parts[k]) ? input : this.follow(input, parts[k], axis),
    );
  }

  /** Operands that all have the axis of rows. */
  private followed(inputs: readonly Expression[], parts: readonly Part[], axis: number): Expression[] {
    return inputs.map((input, k) => this.follow(input, parts[k], axis));
  }

  private follow(node: Expression, part: Part, axis: number): Expression {
    if (isRows(part) && part.axis === axis) return part.value;
    if (isRows(part) || node.shape[axis] !== this.selection.rows) {
      throw new NotAdditive('rows meet rows along another axis');
    }
    return this.selection.of(node, axis);
  }

  private rows(
    node: Expression,
    inputs: readonly Expression[],
    axis: number,
    attributes?: Readonly<Record<string, number>>,
  ): Part {
    return {
      kind: 'rows',
      value: rebuilt(node, inputs, this.selection.resized(node.shape, axis), attributes),
      axis,
    };
  }

  /** A sum over the rows of a batch, scaled to all. */
  private summed(value: Expression): Part {
    return { kind: 'estimate', value: value.mul(this.selection.rows / this.selection.size) };
  }
}

function isRows(part: Part): part is Rows {
  return part.kind === 'rows';
}

function valueOf({ value }: Part): Expression {
  return value;
}

/** The same operation on other inputs. */
function rebuilt(
  node: Expression,
  inputs: readonly Expression[],
  shape: Shape,
  attributes: Readonly<Record<string, number>> | undefined = node.hasAttributes ? node.attributes : undefined,
): Expression {
  return node.graph.node(node.op, inputs, shape, attributes);
}

function refusal(node: Expression): NotAdditive {
  return new NotAdditive(`${node.op.name} takes rows together`);
}
