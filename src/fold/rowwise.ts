/**
 * Calculations that treat every row alike: elementwise, on data of the row, tables looked up by data, linear predictors
 * of known columns, and scalars. Rows of equal data then have equal results, and one can stand for all.
 */
import { matmul, reshape, type Expression } from '../expr';
import { apply } from '../expr/operations/elementwise';
import type { KnownData } from './knownData';
import { isMove, movesOf } from './moves';

/** Where a calculation starts from: the data that it takes from a row, column by column, and what it makes of them. */
export interface Leaf {
  readonly columns: readonly (() => ArrayLike<number>)[];
  readonly restricted: (columns: readonly Float64Array[]) => Expression;
}

export type Leaves = ReadonlyMap<Expression, Leaf>;

/** Steps of a calculation beyond which we do not look for equal rows. */
const PATIENCE = 300;

/** The data that the calculations of some nodes of `rows` elements take from a row; undefined where they are of another kind. */
export function leavesOf(nodes: readonly Expression[], rows: number, data: KnownData): Leaves | undefined {
  const leaves = new Map<Expression, Leaf>();
  const seen = new Set<Expression>();
  const stack = [...nodes];
  while (stack.length > 0) {
    const node = stack.pop()!;
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.size === 1) continue;
    if (node.size !== rows || seen.size > PATIENCE) return undefined;
    const [first, vector] = node.inputs;
    if (data.has(node)) {
      leaves.set(node, {
        columns: [() => data.of(node)],
        restricted: ([column]) => node.graph.constant(column),
      });
    } else if (node.op.kind === 'elementwise' || node.op.kind === 'view') stack.push(...node.inputs);
    else if (isMove(node) && 2 * first.size <= rows) {
      leaves.set(node, {
        columns: [() => movesOf(node)],
        restricted: ([positions]) => reshape(first, [-1]).gather(positions),
      });
    } else if (isProduct(node) && data.has(first)) {
      leaves.set(node, {
        columns: columnsOf(node, data),
        restricted: (columns) => {
          const matrix = Float64Array.from(columns.flatMap((column) => [...column]));
          return matmul(vector, node.graph.constant(matrix, [columns.length, columns[0].length]));
        },
      });
    } else return undefined;
  }
  return leaves;
}

/** The same calculation for some of the rows. */
export function restrict(
  node: Expression,
  chosen: Int32Array,
  leaves: Leaves,
  done = new Map<Expression, Expression>(),
): Expression {
  let result = done.get(node);
  if (result) return result;
  const leaf = leaves.get(node);
  if (leaf) result = leaf.restricted(leaf.columns.map((column) => taken(column(), chosen)));
  else if (node.size === 1) result = reshape(node, []);
  else {
    const inputs = node.inputs.map((input) => restrict(input, chosen, leaves, done));
    result = node.op.kind === 'elementwise' ? apply(node.op, inputs) : inputs[0];
  }
  done.set(node, result);
  return result;
}

function taken(values: ArrayLike<number>, chosen: Int32Array): Float64Array {
  return Float64Array.from(chosen, (row) => values[row]);
}

function isProduct({ op }: Expression): boolean {
  return op.name === 'matrixVector' || op.name === 'rowDots';
}

/** The columns of a known matrix that is multiplied by a vector: new arrays. */
export function columnsOf(
  { op, size, inputs: [matrix, vector] }: Expression,
  data: KnownData,
): (() => Float64Array)[] {
  const [start, step] = op.name === 'matrixVector' ? [size, 1] : [1, vector.size];
  return Array.from({ length: vector.size }, (_, k) => () => {
    const values = data.of(matrix);
    const column = new Float64Array(size);
    for (let i = 0; i < size; i++) column[i] = values[k * start + i * step];
    return column;
  });
}
