/** What the elements of a vector or matrix must satisfy together, to within rounding of data. */
import {
  abs,
  equal,
  less,
  lessEqual,
  lowerTriangle,
  max,
  mul,
  square,
  sub,
  sum,
  transpose,
  type Expression,
} from '../expr';
import { eachEvent } from '../transforms/eachEvent';
import { choleskyFactor } from '../transforms/factor';
import { diagonals, sumTrailing } from './event';
import type { JointRequirement } from './support';

/** Far above rounding, far below what a forgotten element leaves out. */
const TOLERANCE = 1e-8;

export const sumsToOne: JointRequirement = {
  text: 'sum to 1',
  holds: (x) => lessEqual(abs(sub(sum(x, -1), 1)), TOLERANCE),
};

export const positiveDefinite: JointRequirement = {
  text: 'be a symmetric positive definite matrix',
  holds: (x) =>
    matrixHolds(x, (matrix) => mul(isSymmetric(matrix), hasPositiveDiagonal(choleskyFactor(matrix)))),
};

export const correlationMatrix: JointRequirement = {
  text: 'be a correlation matrix: symmetric, positive definite, with ones on the diagonal',
  holds: (x) =>
    matrixHolds(x, (matrix) =>
      mul(positiveDefinite.holds(matrix), every(lessEqual(abs(sub(diagonals(matrix), 1)), TOLERANCE))),
    ),
};

export const triangularFactor: JointRequirement = {
  text: 'be lower triangular with a positive diagonal',
  holds: (x) => matrixHolds(x, isTriangularFactor),
};

export const correlationFactor: JointRequirement = {
  text: 'be lower triangular with a positive diagonal and rows of length one',
  holds: (x) =>
    matrixHolds(x, (matrix) =>
      mul(isTriangularFactor(matrix), every(lessEqual(abs(sub(sum(square(matrix), 1), 1)), TOLERANCE))),
    ),
};

function matrixHolds(x: Expression, holds: (matrix: Expression) => Expression): Expression {
  if (x.rank < 2 || x.shape.at(-1) !== x.shape.at(-2)) return x.graph.scalar(0);
  return eachEvent([{ value: x, eventRank: 2 }], holds);
}

/** 1 where every element is 1. */
function every(x: Expression): Expression<0> {
  return equal(sumTrailing(x, x.rank), x.size) as Expression<0>;
}

function isSymmetric(matrix: Expression): Expression<0> {
  return lessEqual(max(abs(sub(matrix, transpose(matrix)))), mul(TOLERANCE, max(abs(matrix))));
}

// A factor that could not be found is NaN, which is not above 0.
function hasPositiveDiagonal(factor: Expression): Expression<0> {
  return every(less(0, diagonals(factor)));
}

function isTriangularFactor(matrix: Expression): Expression<0> {
  return mul(every(equal(matrix, lowerTriangle(matrix))), hasPositiveDiagonal(matrix));
}
