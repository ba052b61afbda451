/** LKJ distribution of correlation matrices, on their Cholesky factors. */
import {
  add,
  div,
  lgamma,
  log,
  mul,
  sqrt,
  square,
  sub,
  sum,
  type Expression,
  type Operand,
  type Raise,
  type RankOf,
} from '../expr';
import { correlationCholesky } from '../transforms/correlationCholesky';
import { bySize } from '../transforms/table';
import { LOG_PI } from './constants';
import { Distribution, type Term } from './distribution';
import { alongEvent, diagonals } from './event';
import { correlationFactor } from './joint';
import { strictlyPositive } from './requirement';
import type { Support } from './support';
import { belowDiagonal, onDiagonal } from './triangular';
import type { Variates } from './variate';

const factors: Support = {
  integer: false,
  open: false,
  interior: 0,
  joint: correlationFactor,
  transform: correlationCholesky,
};

/** K − 1, K − 2, …, 0: what the change from matrix to factor adds to the exponents of the diagonal. */
const exponents = bySize((order: number): Float64Array =>
  Float64Array.from({ length: order }, (_, i) => order - 1 - i),
);

/** ½ (K − 1 − k) for k = 1 … K − 1. */
const halves = bySize((order: number): Float64Array =>
  Float64Array.from({ length: order - 1 }, (_, k) => (order - 2 - k) / 2),
);

/**
 * Σᵢ (K − i + 2η − 2)·log Lᵢᵢ, normalised: the factors L of K×K correlation matrices with density ∝ detᶯ⁻¹ (Lewandowski,
 * Kurowicka & Joe 2009). Each correlation has the marginal Beta(η − 1 + K/2, η − 1 + K/2) on (−1, 1).
 *
 * @param concentration η, > 0: 1 is uniform over correlation matrices, more favours weak correlations; dims give K
 * @throws RangeError when a plain parameter is out of range
 */
export function lkjCholesky<C extends Operand>(concentration: C): Distribution<Raise<Raise<RankOf<C>>>, 2> {
  return new Distribution({
    name: 'lkjCholesky',
    parameters: { concentration: { value: concentration, requirement: strictlyPositive } },
    support: factors,
    eventRank: 2,
    variate: (draw) => onion(draw, concentration),
    terms: (x) => {
      const logs = log(diagonals(x));
      return [sum(mul(logs, exponents(x.shape.at(-1)!)), -1), ...lkjTerms(concentration, logs)];
    },
  });
}

/**
 * Each row is a point of a half sphere, the squared length of its part before the diagonal a beta draw (Lewandowski,
 * Kurowicka & Joe 2009, section 3.2): normal draws, and the root of a gamma draw on the diagonal, over their length.
 */
export function onion(draw: Variates, concentration: Operand): Expression {
  const { graph, shape } = draw;
  const order = shape.at(-1)!;
  const eta = alongEvent(graph.expression(concentration));
  const remaining = Array.from({ length: order }, (_, i) => (order - 1 - i) / 2);
  const squares = draw.over(shape.slice(0, -1)).gamma(add(eta, remaining), 0.5);
  const normals = mul(draw.normal(0, 1), belowDiagonal(order));
  const lengths = sqrt(add(sum(square(normals), -1), squares)) as Expression;
  return div(add(normals, mul(onDiagonal(order), alongEvent(sqrt(squares)))), alongEvent(lengths));
}

/** (η − 1)·log det of the correlation matrix, normalised, given the logarithms of its factor's diagonal. */
export function lkjTerms(concentration: Operand, logDiagonal: Expression): Term[] {
  const order = logDiagonal.shape.at(-1)!;
  const eta = logDiagonal.graph.expression(concentration);
  const shapes = lgamma(add(alongEvent(eta), halves(order)));
  return [
    mul(mul(2, sub(eta, 1)), sum(logDiagonal, -1)),
    sub(mul(order - 1, lgamma(add(eta, (order - 1) / 2))), sum(shapes, -1)),
    (-order * (order - 1) * LOG_PI) / 4,
  ];
}
