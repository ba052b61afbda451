/**
 * −½ Σ ((x − μ)·w)² where every row takes its mean from its group, μ = table[index] + factor·offset: the likelihood of
 * hierarchical regressions. One pass over the rows in place of one each for the gather, the sum, the density and the
 * scatter of its slopes.
 */
import { Opcode } from '../../../assembly/program/opcodes';
import type { Expression } from '../expression';
import type { FusedOperation, RowRole } from '../operation';
import { gatherOperation } from './indexing';
import { partialCotangent } from './partial';

/** Inputs: x, table, index, factor (a scalar), offset (a scalar, or one a row), w (a scalar). */
export const groupedGaussianOperation: FusedOperation = {
  kind: 'fused',
  name: 'groupedGaussian',
  opcode: Opcode.GroupedGaussian,
  arity: 6,
  definition: (inputs) => scaledResidual(inputs).square().mul(-0.5),
  // The kernel takes x for data and has no slope for it.
  cotangent: (node, g, k) =>
    k === 0 ? scaledResidual(node.inputs).mul(node.inputs[5]).mul(g).neg() : partialCotangent(node, g, k),
  blocks: (inputs) => {
    const rows = inputs[2].size;
    const roles: RowRole[] = [
      'row',
      'whole',
      'row',
      'whole',
      isVector(inputs[4], rows) ? 'row' : 'whole',
      'whole',
    ];
    return { rows, inputs: roles, output: 'accumulated' };
  },
  /**
   * [header, n, offset is a vector, x, table, index, factor, offset, w, size of the table,
   * value, ∂table, ∂factor, ∂offset, ∂w, accumulate]; addresses of results are 0 where nobody asks.
   */
  encode: (to, inputs) => {
    to.count(inputs[2].size);
    to.word(isVector(inputs[4], inputs[2].size) ? 1 : 0);
    for (let k = 0; k < 6; k++) to.input(k);
    to.word(inputs[1].size);
    for (const k of [0, 2, 4, 5, 6]) to.output(k);
    to.accumulate();
  },
  run: ({ f64, i32 }, code, at) => {
    const n = code[at + 1];
    const step = code[at + 2];
    const [x, table] = [code[at + 3] >>> 3, code[at + 4] >>> 3];
    const index = code[at + 5] >>> 2;
    const factor = f64[code[at + 6] >>> 3];
    const offset = code[at + 7] >>> 3;
    const w = f64[code[at + 8] >>> 3];
    const size = code[at + 9];
    const [value, slopes, factorSlope, offsetSlope, wSlope] = code
      .subarray(at + 10, at + 15)
      .map((a) => a >>> 3);
    const accumulate = code[at + 15];
    if (slopes && !accumulate) f64.fill(0, slopes, slopes + size);
    let squares = 0;
    let products = 0;
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const group = i32[index + i];
      const o = f64[offset + i * step];
      const z = (f64[x + i] - f64[table + group] - factor * o) * w;
      const slope = z * w;
      squares += z * z;
      products += slope * o;
      sum += slope;
      if (slopes) f64[slopes + group] += slope;
      if (step && offsetSlope) f64[offsetSlope + i] = factor * slope;
    }
    const put = (to: number, result: number): void => {
      if (to) f64[to] = f64[to + 1] = accumulate ? f64[to] + result : result;
    };
    put(value, -0.5 * squares);
    put(factorSlope, products);
    if (!step) put(offsetSlope, factor * sum);
    put(wSlope, -squares / w);
  },
};

/** The inputs of the grouped kernel that gives the same sum as a Gaussian's over these; undefined where there is none. */
export function asGrouped([x, mu, w]: readonly Expression[]): Expression[] | undefined {
  const rows = mu.size;
  if (rows < 2 || !isVector(x, rows) || !x.isConstant || w.size > 1) return undefined;
  const addends = addendsOf(mu);
  const gathered = addends.findIndex((node) => isGroupwise(node, rows));
  if (gathered < 0) return undefined;
  const [table, index] = addends[gathered].inputs;
  const rest = addends.filter((_, k) => k !== gathered);
  const graph = mu.graph;
  if (rest.length === 0) return [x, table, index, graph.scalar(1), graph.scalar(0), w];
  const offset = rest.reduce((sum, node) => sum.add(node));
  const [factor, vector] = asProduct(offset, rows) ?? [graph.scalar(1), offset];
  return vector.size === 1 || isVector(vector, rows) ? [x, table, index, factor, vector, w] : undefined;
}

/** The terms of a sum, however it is nested. */
function addendsOf(node: Expression): Expression[] {
  return node.op.name === 'add' ? node.inputs.flatMap(addendsOf) : [node];
}

/** A number for each row, gathered from a vector of some. */
function isGroupwise(node: Expression, rows: number): boolean {
  return (
    node.op === gatherOperation &&
    isVector(node, rows) &&
    node.attributes.inner === 1 &&
    node.inputs[0].size > 1
  );
}

/** A scalar and a vector whose product the node is. */
function asProduct(node: Expression, rows: number): [Expression, Expression] | undefined {
  if (node.op.name !== 'mul') return undefined;
  const [a, b] = node.inputs;
  if (a.size === 1 && isVector(b, rows)) return [a, b];
  return b.size === 1 && isVector(a, rows) ? [b, a] : undefined;
}

function isVector(node: Expression, rows: number): boolean {
  return node.rank === 1 && node.size === rows;
}

function scaledResidual([x, table, index, factor, offset, w]: readonly Expression[]): Expression {
  return x.sub(table.gather(index)).sub(factor.mul(offset)).mul(w);
}
