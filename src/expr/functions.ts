/** The free functions of expressions: what models are written with. Arguments broadcast like NumPy's. */
import type { Expression } from './expression';
import { Graph, graphOf } from './graph';
import { one, two } from './lift';
import * as contract from './operations/contract';
import { apply } from './operations/elementwise';
import { binary } from './operations/binary';
import * as fused from './operations/fused';
import * as indexing from './operations/indexing';
import * as layout from './operations/layout';
import { logSumExp as logSumExpOf } from './operations/log-sum-exp';
import * as reduce from './operations/reduce';
import { unary } from './operations/unary';
import { reshape as reshapeView } from './operations/view';
import type { Broadcast, GatherRank, Lower, MaxRank, Operand, ProductRank, Raise, RankOf } from './rank';
import { resolveAxis, type Shape } from './shape';

const lift = (name: string, operand: Operand): Expression => graphOf(name, [operand]).expression(operand);

/** −x */
export const neg = one(unary.neg);
/** |x| */
export const abs = one(unary.abs);
/** −1, 0 or 1 */
export const sign = one(unary.sign);
/** x² */
export const square = one(unary.square);
/** √x */
export const sqrt = one(unary.sqrt);
/** 1/x */
export const reciprocal = one(unary.reciprocal);
/** The largest integer not above x. */
export const floor = one(unary.floor);
/** eˣ */
export const exp = one(unary.exp);
/** eˣ − 1, exact near 0 */
export const expm1 = one(unary.expm1);
/** Natural logarithm. */
export const log = one(unary.log);
/** log(1 + x), exact near 0 */
export const log1p = one(unary.log1p);
/** Hyperbolic tangent. */
export const tanh = one(unary.tanh);
/** 1/(1 + e⁻ˣ), the inverse of logit. */
export const sigmoid = one(unary.sigmoid);
/** log(1 + eˣ) */
export const softplus = one(unary.softplus);
export const sin = one(unary.sin);
export const cos = one(unary.cos);
/** log |Γ(x)| */
export const lgamma = one(unary.lgamma);
/** d/dx log Γ(x) */
export const digamma = one(unary.digamma);
/** d²/dx² log Γ(x); has no derivative here. */
export const trigamma = one(unary.trigamma);
/** The error function. */
export const erf = one(unary.erf);
/** 1 − erf(x), exact in the tail. */
export const erfc = one(unary.erfc);
/** Φ(x), the standard normal's distribution function. */
export const normalCdf = one(unary.normalCdf);
/** log Φ(x), exact in both tails. */
export const normalLogCdf = one(unary.normalLogCdf);
/** φ(x)/Φ(x), the derivative of log Φ. */
export const normalLogCdfDerivative = one(unary.normalLogCdfDerivative);

export const add = two(binary.add);
export const sub = two(binary.sub);
export const mul = two(binary.mul);
export const div = two(binary.div);
/** a to the power b. */
export const pow = two(binary.pow);
export const minimum = two(binary.minimum);
export const maximum = two(binary.maximum);
/** 1 where a < b, else 0. */
export const less = two(binary.less);
/** 1 where a ≤ b, else 0. */
export const lessEqual = two(binary.lessEqual);
/** 1 where a = b, else 0. */
export const equal = two(binary.equal);

/** a where the condition is not 0, else b; both are computed. */
export function select<C extends Operand, A extends Operand, B extends Operand>(
  condition: C,
  a: A,
  b: B,
): Expression<MaxRank<RankOf<C>, Broadcast<A, B>>> {
  return apply(binary.select, [condition, a, b]) as never;
}

/** log(p/(1 − p)) */
export function logit<A extends Operand>(p: A): Expression<RankOf<A>> {
  return log(p).sub(log1p(neg(p))) as never;
}

/** Σ of all elements, or along one axis. */
export function sum<A extends Operand>(x: A): Expression<0>;
export function sum<A extends Operand>(x: A, axis: number): Expression<Lower<RankOf<A>>>;
export function sum(x: Operand, axis?: number): Expression;
export function sum(x: Operand, axis?: number): Expression {
  return reduce.sum(lift('sum', x), axis);
}

/** Mean of all elements, or along one axis. */
export function mean<A extends Operand>(x: A): Expression<0>;
export function mean<A extends Operand>(x: A, axis: number): Expression<Lower<RankOf<A>>>;
export function mean(x: Operand, axis?: number): Expression;
export function mean(x: Operand, axis?: number): Expression {
  return reduce.mean(lift('mean', x), axis);
}

/** The largest of all elements, or along one axis. */
export function max<A extends Operand>(x: A): Expression<0>;
export function max<A extends Operand>(x: A, axis: number): Expression<Lower<RankOf<A>>>;
export function max(x: Operand, axis?: number): Expression;
export function max(x: Operand, axis?: number): Expression {
  return reduce.max(lift('max', x), axis);
}

/** log Σ eˣ over all elements, or along one axis, without overflow. */
export function logSumExp<A extends Operand>(x: A): Expression<0>;
export function logSumExp<A extends Operand>(x: A, axis: number): Expression<Lower<RankOf<A>>>;
export function logSumExp(x: Operand, axis?: number): Expression;
export function logSumExp(x: Operand, axis?: number): Expression {
  return logSumExpOf(lift('logSumExp', x), axis);
}

/** Sum of scalars. */
export function total(terms: readonly Operand[]): Expression<0> {
  if (terms.length === 0) throw new RangeError('total: there are no terms');
  const graph = graphOf('total', terms);
  return reduce.total(terms.map((term) => graph.expression(term))) as never;
}

/** Inner product of two arrays of one shape. */
export function dot(a: Operand, b: Operand): Expression<0> {
  const graph = graphOf('dot', [a, b]);
  return reduce.dot(graph.expression(a), graph.expression(b)) as never;
}

/**
 * Matrix product of matrices and vectors; a vector on the left is a row, on the right a column. [batch, m, k] times
 * [batch, k, n] is one product for each of the batch, and a matrix on either side is used with all of them.
 */
export function matmul<A extends Operand, B extends Operand>(
  a: A,
  b: B,
): Expression<ProductRank<RankOf<A>, RankOf<B>>> {
  const graph = graphOf('matmul', [a, b]);
  return contract.matmul(graph.expression(a), graph.expression(b)) as never;
}

/** The matrix xᵢ·yⱼ of two vectors. */
export function outer(x: Operand, y: Operand): Expression<2> {
  const graph = graphOf('outer', [x, y]);
  return contract.outer(graph.expression(x), graph.expression(y)) as never;
}

export function transpose<A extends Operand>(x: A): Expression<RankOf<A>> {
  return layout.transpose(lift('transpose', x)) as never;
}

/** The same elements, row-major, in another shape; one extent may be −1. */
export function reshape<const S extends Shape>(x: Operand, shape: S): Expression<S['length']> {
  return reshapeView(lift('reshape', x), shape) as never;
}

/** Stretched to a shape that the operand's broadcasts to. */
export function expand<const S extends Shape>(x: Operand, shape: S): Expression<S['length']> {
  return reduce.expand(lift('expand', x), shape) as never;
}

/** `x[index]` along the first axis; the index is integer data, or made of discrete parameters. */
export function gather<A extends Operand, I extends Operand>(
  x: A,
  index: I,
): Expression<GatherRank<RankOf<A>, RankOf<I>>> {
  return indexing.gather(graphOf('gather', [x, index]).expression(x), index) as never;
}

/** Elements `start ≤ i < stop` along an axis (the first unless told); negative positions count from the end. */
export function slice<A extends Operand>(
  x: A,
  start: number,
  stop?: number,
  axis?: number,
): Expression<RankOf<A>> {
  return layout.slice(lift('slice', x), start, stop, axis) as never;
}

/**
 * The element, row, … at a position of the first axis: a number, of which negative ones count from the end, or as many
 * positions as discrete parameters say.
 */
export function at<A extends Operand, I extends Operand = number>(
  x: A,
  position: I,
): Expression<GatherRank<RankOf<A>, RankOf<I>>> {
  const from = lift('at', x);
  return (
    typeof position === 'number' ? layout.at(from, position) : indexing.gather(from, position)
  ) as never;
}

/** Joins arrays along an axis (the first unless told); scalars count as vectors of one element. */
export function concat<A extends Operand>(parts: readonly A[], axis = 0): Expression<MaxRank<RankOf<A>, 1>> {
  const graph = graphOf('concat', parts);
  const arrays = parts.map((part) => {
    const x = graph.expression(part);
    return x.rank === 0 ? reshapeView(x, [1]) : x;
  });
  if (arrays.length > 0) resolveAxis('concat', arrays[0].shape, axis);
  return layout.concatenate(arrays, axis) as never;
}

/** Arrays of one shape along a new first axis. */
export function stack<A extends Operand>(parts: readonly A[]): Expression<Raise<RankOf<A>>> {
  const graph = graphOf('stack', parts);
  return layout.stack(parts.map((part) => graph.expression(part))) as never;
}

export { hmmMarginal } from './hidden-markov';
export { odeSolve, type OdeOptions } from './ode/solve';
export { scan, type ScanOptions, type ScanResult, type ScanStep } from './scan/scan';

/** −½ Σ ((x − μ)·w)² in one fused pass. */
export function gaussianKernel(x: Operand, mu: Operand, w: Operand): Expression<0> {
  return fused.fused(fused.gaussianOperation, [x, mu, w]) as never;
}

/** Σ y·η − log(1 + e^η) in one fused pass. */
export function bernoulliLogitKernel(y: Operand, eta: Operand): Expression<0> {
  return fused.fused(fused.bernoulliLogitOperation, [y, eta]) as never;
}

/** Σ y·η − n·log(1 + e^η) in one fused pass. */
export function binomialLogitKernel(y: Operand, n: Operand, eta: Operand): Expression<0> {
  return fused.fused(fused.binomialLogitOperation, [y, n, eta]) as never;
}

/** Σ y·η − e^η in one fused pass. */
export function poissonLogKernel(y: Operand, eta: Operand): Expression<0> {
  return fused.fused(fused.poissonLogOperation, [y, eta]) as never;
}

const functions = {
  neg,
  abs,
  sign,
  square,
  sqrt,
  reciprocal,
  floor,
  exp,
  expm1,
  log,
  log1p,
  tanh,
  sigmoid,
  softplus,
  sin,
  cos,
  lgamma,
  digamma,
  trigamma,
  erf,
  erfc,
  normalCdf,
  normalLogCdf,
  normalLogCdfDerivative,
  add,
  sub,
  mul,
  div,
  pow,
  minimum,
  maximum,
  less,
  lessEqual,
  equal,
  select,
  sum,
  mean,
  max,
  dot,
  matmul,
  transpose,
  reshape,
  expand,
  gather,
  slice,
  at,
};

/** What methods of expressions call. */
export type ExpressionFunctions = typeof functions;

Object.defineProperty(Graph.prototype, 'functions', { value: functions });
