/** Sums of squares of many rows as sums of squares of few, where the rows are linear in few unknowns. */
import { add, matmul, mul, reshape, sub, total, type Expression } from '../expr';
import { fused, gaussianOperation } from '../expr/operations/fused';
import { groupResidual } from '../expr/operations/group-residual';
import { affineOf } from './affine';
import { ones, type Factor } from './factor';
import type { Folded } from './folded';
import { join } from './join';
import type { KnownData } from './knownData';
import { reduceRows, type GroupRow, type Reduced } from './leastSquares';
import { planOf, type Plan } from './plan';
import { squaresOf } from './squares';

/** The same value from fewer rows; undefined where there is none, or where it would cost more. */
export function foldGaussian(node: Expression, data: KnownData): Folded | undefined {
  const squares = squaresOf(node);
  if (!squares) return undefined;
  const { x, mu, w, rows } = squares;
  if (rows < FEWEST) return undefined;
  const scale = scaleOfRows(w, rows, data);
  const residual = scale && affineOf(mu, rows, data, x);
  const plan = residual && planOf(residual, rows);
  if (!plan) return undefined;
  const weights = scale.factor.key === '' ? undefined : scale.factor.rows();
  const weighted = (values: Float64Array): Float64Array => {
    if (weights) for (let i = 0; i < rows; i++) values[i] *= weights[i];
    return values;
  };
  const reduced = reduceRows(
    plan.dense.flatMap(({ columns }) => columns()).map(weighted),
    weighted(negativeSum(residual.known, rows)),
    plan.groups && {
      ...plan.groups,
      factors: plan.groups.tables.map(({ factor }) => weighted(factor.rows())),
    },
  );
  return (
    reduced && {
      value: densityOf(plan, reduced, scale.common),
      rows,
      into: {
        kind: 'triangle',
        unknowns: plan.unknowns,
        groups: plan.groups?.size ?? 0,
        rowsOfGroup: plan.groups?.tables.length ?? 0,
      },
    }
  );
}

/** The density of the rows that are left. */
function densityOf({ dense, unknowns, groups }: Plan, reduced: Reduced, w: Expression): Expression {
  const { graph } = w;
  const [vector] = unknowns > 0 ? [join(dense.map((part) => part.vector))] : [];
  const shift = vector && sub(vector, graph.constant(reduced.reference));
  /** The product of a matrix, given by its columns one behind the other, and the shift. */
  const predicted = (columns: Float64Array, rows: number): Expression => {
    if (shift === undefined) return graph.scalar(0);
    if (unknowns === 1) return mul(graph.constant(columns), reshape(shift, []));
    return matmul(shift, graph.constant(columns, [unknowns, rows]));
  };
  const left = reduced.rest.length;
  const columns = new Float64Array(unknowns * left);
  reduced.rows.forEach((row, k) => row.forEach((value, j) => (columns[j * left + k] = value)));
  const parts = [fused(gaussianOperation, [graph.constant(reduced.rest), predicted(columns, left), w])];
  for (let k = 0; groups && k < groups.tables.length; k++) {
    const row = reduced.groups[k];
    parts.push(
      groupResidual({
        table: groups.tables[k].vector,
        ...othersOf(row, k),
        w,
        rest: graph.constant(row.rest),
        own: graph.constant(row.own[k]!),
        reference: graph.constant(row.reference),
      }),
    );
  }
  return total(parts);

  /** What the group's later tables and the common unknowns explain. */
  function othersOf({ own, common }: GroupRow, k: number): { factor: Expression; offset: Expression } {
    const tables = groups!.tables.slice(k + 1).map(({ vector: table }, i) => {
      const { reference } = reduced.groups[k + 1 + i];
      return mul(graph.constant(own[k + 1 + i]!), sub(table, graph.constant(reference)));
    });
    if (unknowns === 1 && tables.length === 0)
      return { factor: reshape(shift!, []), offset: graph.constant(common) };
    const addends = shift === undefined ? tables : [...tables, predicted(common, groups!.size)];
    if (addends.length === 0) return { factor: graph.scalar(0), offset: graph.scalar(0) };
    return { factor: graph.scalar(1), offset: addends.reduce((sum, addend) => add(sum, addend)) };
  }
}

/** Rows from which on there can be anything to win. */
const FEWEST = 16;

/** One number for all rows, and known factors of each. */
interface Scale {
  readonly common: Expression;
  readonly factor: Factor;
}

function scaleOfRows(w: Expression, rows: number, data: KnownData): Scale | undefined {
  if (w.size === 1) return { common: reshape(w, []), factor: ones(rows) };
  const affine = affineOf(w, rows, data);
  if (!affine) return undefined;
  const { known, parts } = affine;
  if (parts.length === 0) {
    // Of the other sign, which squares do not see.
    const factor = { key: 'weights', count: rows, rows: () => negativeSum(known, rows) };
    return { common: w.graph.scalar(1), factor };
  }
  const [part] = parts;
  const single = parts.length === 1 && known.length === 0 && part.kind === 'column';
  return single ? { common: part.scale, factor: part.factor } : undefined;
}

/** −Σ: the known part of a predictor, on the side of the observations. */
function negativeSum(factors: readonly Factor[], rows: number): Float64Array {
  const sum = new Float64Array(rows);
  for (const factor of factors) {
    const values = factor.rows();
    for (let i = 0; i < rows; i++) sum[i] -= values[i];
  }
  return sum;
}
