/** Sums of squares of many rows as sums of squares of few, where the rows are linear in few unknowns. */
import { add, matmul, mul, reshape, sub, total, type Expression } from '../expr';
import { fused, gaussianOperation } from '../expr/operations/fused';
import { groupResidual } from '../expr/operations/group-residual';
import { affineOf } from './affine';
import { negativeSum } from './factor';
import type { Folded } from './folded';
import { join } from './join';
import type { KnownData } from './knownData';
import { reduceRows, type GroupRow, type Reduced } from './leastSquares';
import { planOf, type Plan } from './plan';
import { scalesOf } from './scales';
import { squaresOf } from './squares';

/** The same value from fewer rows; undefined where there is none, or where it would cost more. */
export function foldGaussian(node: Expression, data: KnownData): Folded | undefined {
  const squares = squaresOf(node);
  if (!squares) return undefined;
  const { x, mu, w, rows } = squares;
  if (rows < FEWEST) return undefined;
  const scales = scalesOf(w, rows, data);
  const residual = scales && affineOf(mu, rows, data, x);
  const plan = residual && planOf(residual, rows, scales.common.length);
  if (!plan) return undefined;
  const weights = scales.factor.key === '' ? undefined : scales.factor.rows();
  const weighted = (values: Float64Array): Float64Array => {
    if (weights) for (let i = 0; i < rows; i++) values[i] *= weights[i];
    return values;
  };
  const columns = plan.dense.flatMap((part) => part.columns()).map(weighted);
  const y = weighted(negativeSum(residual.known, rows));
  const factors = plan.groups?.tables.map(({ factor }) => weighted(factor.rows()));
  const values: Expression[] = [];
  for (let c = 0; c < scales.common.length; c++) {
    const reduced = reduceRows(
      columns.map((column) => scales.select(column, c)),
      scales.select(y, c),
      plan.groups && {
        size: plan.groups.size,
        index: scales.select(plan.groups.index, c),
        factors: factors!.map((factor) => scales.select(factor, c)),
      },
    );
    if (!reduced) return undefined;
    values.push(densityOf(plan, reduced, scales.common[c]));
  }
  return {
    value: total(values),
    rows,
    into: {
      kind: 'triangle',
      scales: values.length,
      unknowns: plan.unknowns,
      groups: plan.groups?.size ?? 0,
      rowsOfGroup: plan.groups?.tables.length ?? 0,
    },
  };
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
