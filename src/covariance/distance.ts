/** Distances between points, written so that what depends on data alone is computed once, and each pair once. */
import {
  add,
  concat,
  describeShape,
  equal,
  gather,
  matmul,
  reciprocal,
  reshape,
  square,
  sub,
  symmetricMatrix,
  type Expression,
  type Operand,
} from '../expr';
import { graphOf } from '../expr/graph';
import { upperPairs } from '../expr/operations/linear-algebra/symmetric';

/** Points as rows of a matrix, and the other points: the same ones unless told. */
export interface Points {
  readonly rows: Expression;
  readonly others: Expression;
  /** Number of coordinates. */
  readonly dimension: number;
}

export function pointsOf(operation: string, points: Operand, other: Operand | undefined): Points {
  const graph = graphOf(operation, other === undefined ? [points] : [points, other]);
  const asRows = (operand: Operand): Expression => {
    const x = graph.expression(operand);
    if ((x.rank !== 1 && x.rank !== 2) || x.size === 0) {
      throw new RangeError(
        `${operation}: expected points as a vector [n] or a matrix [n, coordinates], got ${describeShape(x.shape)}`,
      );
    }
    return x.rank === 1 ? reshape(x, [x.size, 1]) : x;
  };
  const rows = asRows(points);
  const others = other === undefined ? rows : asRows(other);
  if (rows.shape[1] !== others.shape[1]) {
    throw new RangeError(
      `${operation}: the other points have ${others.shape[1]} coordinates, expected ${rows.shape[1]} as the first`,
    );
  }
  return { rows, others, dimension: rows.shape[1] };
}

/** A positive number for all coordinates, or one for each. */
export function scaleOf(operation: string, name: string, scale: Operand, points: Points): Expression {
  const value = points.rows.graph.expression(scale);
  if (value.rank > 1 || (value.rank === 1 && value.size !== points.dimension)) {
    throw new RangeError(
      `${operation}: expected ${name} to be a scalar or a vector [${points.dimension}], got ${describeShape(value.shape)}`,
    );
  }
  return value.size === 1 ? reshape(value, []) : value;
}

/** The matrix [n, m] of what was computed for each pair: all pairs, or of one set of points those in order. */
export function matrixOfPairs(points: Points, values: Expression): Expression<2> {
  const [n, m] = [points.rows.shape[0], points.others.shape[0]];
  return points.rows === points.others ? symmetricMatrix(values) : reshape(values, [n, m]);
}

/** (x_d − y_d)² for coordinate d, a vector over pairs. */
function squaredDifference({ rows, others }: Points, d: number): Expression {
  const [x, y] = [rows, others].map((set) => set.slice(d, d + 1, 1));
  if (rows === others) {
    const pairs = upperPairs(rows.graph, rows.shape[0]);
    const flat = reshape(x, [x.size]);
    return square(sub(gather(flat, pairs.rows), gather(flat, pairs.columns)));
  }
  return reshape(square(sub(x, reshape(y, [1, y.size]))), [x.size * y.size]);
}

/** Σ_d (x_d − y_d)², a vector over pairs. */
export function squaredDistance(points: Points): Expression {
  let sum = squaredDifference(points, 0);
  for (let d = 1; d < points.dimension; d++) sum = add(sum, squaredDifference(points, d));
  return sum;
}

/** Σ_d ((x_d − y_d)/scale_d)², a vector over pairs. */
export function scaledSquaredDistance(points: Points, scale: Expression): Expression {
  const weights = square(reciprocal(scale));
  if (scale.rank === 0) return squaredDistance(points).mul(weights);
  const rows = Array.from({ length: points.dimension }, (_, d) =>
    reshape(squaredDifference(points, d), [1, -1]),
  );
  return matmul(weights, concat(rows));
}

/** √Σ_d ((x_d − y_d)/scale_d)², a vector over pairs, with derivative 0 where points coincide. */
export function scaledDistance(points: Points, scale: Expression): Expression {
  const apart = squaredDistance(points);
  if (scale.rank === 0) return distanceOf(apart, apart).mul(reciprocal(scale));
  return distanceOf(scaledSquaredDistance(points, scale), apart);
}

/** The root of a squared distance that vanishes where `apart` does: there it is taken of 1, whose slope is finite. */
function distanceOf(squared: Expression, apart: Expression): Expression {
  const coincident = equal(apart, 0);
  return sub(add(squared, coincident).sqrt(), coincident);
}
