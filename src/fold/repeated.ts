/**
 * Sums over rows of which many have the same data: each distinct row once, times how often it comes. With scalar
 * parameters these are sufficient statistics; with indicators for predictors, a table of counts.
 */
import { dot, exp, mul, reshape, sub, type Expression } from '../expr';
import {
  bernoulliLogitOperation,
  binomialLogitOperation,
  fused,
  poissonLogOperation,
} from '../expr/operations/fused';
import { dotOperation, sumOperation } from '../expr/operations/reduce';
import { DoubleDouble } from './doubleDouble';
import type { Folded } from './folded';
import type { KnownData } from './knownData';
import { partition, type Partition } from './partition';
import { leavesOf, restrict } from './rowwise';

/** Rows from which on there can be anything to win, and how many of them must be left for one that goes. */
const FEWEST = 8;
const SHARE = 0.5;

/** Σ over rows of weights, each known, times calculations that treat rows alike. */
interface RowSum {
  readonly calculations: readonly Expression[];
  readonly weights: readonly (Expression | undefined)[];
  /** The sum, given calculations for classes of rows and the weights of each class. */
  readonly combine: (calculations: readonly Expression[], weights: readonly Expression[]) => Expression;
}

/** The same value from the distinct rows; undefined where most are. */
export function foldRepeated(node: Expression, data: KnownData): Folded | undefined {
  const sum = rowSumOf(node, data);
  if (!sum) return undefined;
  const { calculations, weights, combine } = sum;
  const rows = Math.max(...calculations.map(({ size }) => size));
  if (rows < FEWEST) return undefined;
  const leaves = leavesOf(calculations, rows, data);
  const columns = leaves && [...leaves.values()].flatMap((leaf) => leaf.columns);
  const classes = columns && partition(columns, rows, SHARE * rows);
  if (!classes) return undefined;
  const totals = weights.map((weight) => totalsOf(classes, weight && data.of(weight)));
  // What has no weight need not be computed.
  const places = Array.from(classes.first.keys()).filter((place) =>
    totals.some((total) => total[place] !== 0),
  );
  const chosen = Int32Array.from(places, (place) => classes.first[place]);
  const { graph } = node;
  const done = new Map<Expression, Expression>();
  const value =
    places.length === 0
      ? graph.scalar(0)
      : combine(
          calculations.map((calculation) => restrict(calculation, chosen, leaves, done)),
          totals.map((total) => graph.constant(Float64Array.from(places, (place) => total[place]))),
        );
  return { value: reshape(value, []), rows, into: { kind: 'distinct', rows: places.length } };
}

function rowSumOf({ op, inputs, size }: Expression, data: KnownData): RowSum | undefined {
  const [a, b, c] = inputs;
  if (size !== 1) return undefined;
  switch (op) {
    case sumOperation:
      return { calculations: [a], weights: [undefined], combine: ([f], [n]) => weighted(n, f) };
    case dotOperation: {
      const known = [a, b].find((side) => data.has(side));
      if (!known)
        return {
          calculations: [a, b],
          weights: [undefined],
          combine: ([f, g], [n]) => weighted(n, mul(f, g)),
        };
      return { calculations: [known === a ? b : a], weights: [known], combine: ([f], [n]) => weighted(n, f) };
    }
    case bernoulliLogitOperation:
      return data.has(a)
        ? {
            calculations: [b],
            weights: [a, undefined],
            combine: ([eta], [y, n]) => fused(binomialLogitOperation, [y, n, eta]),
          }
        : undefined;
    case binomialLogitOperation:
      return data.has(a) && data.has(b)
        ? {
            calculations: [c],
            weights: [a, b],
            combine: ([eta], [y, n]) => fused(binomialLogitOperation, [y, n, eta]),
          }
        : undefined;
    case poissonLogOperation:
      return data.has(a)
        ? {
            calculations: [b],
            weights: [a, undefined],
            combine: ([eta], [y, n]) => sub(weighted(y, eta), weighted(n, exp(eta))),
          }
        : undefined;
  }
  return undefined;
}

/** Σ of weights times numbers, or times a number that all have. */
function weighted(weights: Expression, f: Expression): Expression {
  return f.size === weights.size
    ? dot(reshape(weights, [-1]), reshape(f, [-1]))
    : mul(weights.sum(), reshape(f, []));
}

/** The weights of each class added up, rounded once; how many rows it has, where they have no weights. */
function totalsOf({ classes, first }: Partition, weights: ArrayLike<number> | undefined): Float64Array {
  const sums = Array.from(first, () => new DoubleDouble());
  const scalar = weights?.length === 1;
  for (let i = 0; i < classes.length; i++)
    sums[classes[i]].add(weights === undefined ? 1 : weights[scalar ? 0 : i], 0);
  return Float64Array.from(sums, ({ high }) => high);
}
