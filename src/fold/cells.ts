/**
 * Normal observations whose means and scales repeat, however they are computed: of every cell of equal ones the number
 * of rows, their mean and their sum of squares. −½ Σ (xᵢ − μ)²·w² = −½ (n·(x̄ − μ)² + Σ (xᵢ − x̄)²)·w².
 */
import { mul, sub, total, type Expression } from '../expr';
import { fused, gaussianOperation } from '../expr/operations/fused';
import type { Folded } from './folded';
import type { KnownData } from './knownData';
import { reduceRows } from './leastSquares';
import { partition } from './partition';
import { leavesOf, restrict } from './rowwise';
import { squaresOf } from './squares';

/** Rows of a cell, on average, from which on it pays. */
const FEWEST = 4;

export function foldCells(node: Expression, data: KnownData): Folded | undefined {
  const squares = squaresOf(node);
  if (!squares || squares.rows < 2 * FEWEST || !data.has(squares.x)) return undefined;
  const { x, mu, w, rows } = squares;
  const leaves = leavesOf([mu, w], rows, data);
  const columns = leaves && [...leaves.values()].flatMap((leaf) => leaf.columns);
  const cells = columns && partition(columns, rows, rows / FEWEST);
  if (!cells) return undefined;
  const known = data.of(x);
  const observed = Float64Array.from(cells.classes, (_, i) => known[x.size === 1 ? 0 : i]);
  const reduced = reduceRows([], observed, {
    index: cells.classes,
    size: cells.first.length,
    factors: [new Float64Array(rows).fill(1)],
  });
  if (!reduced) return undefined;
  const { graph } = node;
  const [{ own, rest, reference }] = reduced.groups;
  const [mean, scale] = [mu, w].map((part) => restrict(part, cells.first, leaves));
  const shift = mul(graph.constant(own[0]!), sub(mean, graph.constant(reference)));
  const within = scale.size === 1 ? reduced.rest : reduced.leftOver;
  return {
    value: total([
      fused(gaussianOperation, [graph.constant(rest), shift, scale]),
      fused(gaussianOperation, [graph.constant(within), graph.scalar(0), scale]),
    ]),
    rows,
    into: { kind: 'cells', cells: cells.first.length },
  };
}
