/**
 * Coupling layers of monotone rational-quadratic splines (Durkan, Bekasov, Murray & Papamakarios 2019): one half of a
 * vector is bent by splines whose knots depend on the other half; outside an interval the spline is the identity.
 */

import {
  concat,
  exp,
  expand,
  type Expression,
  lessEqual,
  log,
  logSumExp,
  reshape,
  select,
  slice,
  softplus,
  square,
  sum,
} from '../../../expr';
import type { Graph } from '../../../expr/graph';
import type { ParameterList } from '../parameters';
import type { Layer } from './layer';
import { network } from './network';

const BINS = 10;
/** Half-width of the interval, in standard deviations of the noise. */
const REACH = 5;
/** Least share of a bin, and least slope. */
const LEAST_SHARE = 0.01;
const LEAST_SLOPE = 0.01;
/** softplus of this is 1 − LEAST_SLOPE: a spline that starts as the identity. */
const UNIT_SLOPE = 0.5254587192925019;
/** Numbers that make a spline: widths, heights, and slopes at the inner knots. */
const PER_ELEMENT = 3 * BINS - 1;

/** Bends the elements from `from` to `to`; the network sees the others. */
export function splineLayer(
  graph: Graph,
  parameters: ParameterList,
  name: string,
  { size, hidden, from, to }: { size: number; hidden: number; from: number; to: number },
): Layer {
  const bent = to - from;
  const others = size - bent;
  const outputs = bent * PER_ELEMENT;
  // A single unknown has a spline of its own, which depends on nothing.
  const alone = others === 0 ? parameters.filled(`${name}.knots`, [outputs]) : undefined;
  const net = alone ? undefined : network(parameters, name, { inputs: others, hidden, outputs });
  return (x) => {
    const before = from > 0 ? [slice(x, 0, from)] : [];
    const behind = to < size ? [slice(x, to, size)] : [];
    const rest = [...before, ...behind];
    const knots = alone ?? net!(rest.length === 1 ? rest[0] : concat(rest));
    const { value, logSlope } = spline(graph, slice(x, from, to), reshape(knots, [bent, PER_ELEMENT]));
    const parts = [...before, value, ...behind];
    return { value: parts.length === 1 ? parts[0] : concat(parts), logDeterminant: sum(logSlope) };
  };
}

/** Monotone rational-quadratic splines of the elements of x [n], and the logarithms of their slopes. */
function spline(graph: Graph, x: Expression, knots: Expression): { value: Expression; logSlope: Expression } {
  const n = x.size;
  const wide: [number, number] = [n, BINS];
  const widths = shares(slice(knots, 0, BINS, 1));
  const heights = shares(slice(knots, BINS, 2 * BINS, 1));
  const slopes = softplus(slice(knots, 2 * BINS, PER_ELEMENT, 1).add(UNIT_SLOPE)).add(LEAST_SLOPE);
  const ones = graph.filled(1, [n, 1]);
  const leftSlopes = concat([ones, slopes], 1);
  const rightSlopes = concat([slopes, ones], 1);
  // Where bins begin: sums of the bins before, by a matrix of ones above the diagonal.
  const before = graph.constant(
    Float64Array.from({ length: BINS * BINS }, (_, at) => (Math.floor(at / BINS) < at % BINS ? 1 : 0)),
    [BINS, BINS],
  );
  const lefts = widths.matmul(before).sub(REACH);
  const bottoms = heights.matmul(before).sub(REACH);

  // 1 in the bin that x lies in, 0 elsewhere; all 0 outside the interval.
  const column = reshape(x, [n, 1]);
  const reached = lessEqual(lefts, expand(column, wide));
  const beyond = lessEqual(graph.filled(REACH, [n, 1]), column);
  const bin = reached.sub(concat([slice(reached, 1, BINS, 1), beyond], 1));
  const chosen = (values: Expression): Expression => sum(values.mul(bin), 1);
  const within = sum(bin, 1);
  const outside = within.neg().add(1);

  const width = chosen(widths).add(outside);
  const height = chosen(heights).add(outside);
  const left = chosen(leftSlopes).add(outside);
  const right = chosen(rightSlopes).add(outside);
  const slope = height.div(width);
  // Outside the interval the fractions below are of no consequence, but must be finite.
  const place = x.sub(chosen(lefts)).div(width).mul(within);
  const room = place.mul(place.neg().add(1));
  const denominator = slope.add(left.add(right).sub(slope.mul(2)).mul(room));
  const risen = slope.mul(square(place)).add(left.mul(room)).div(denominator).mul(height);
  const value = select(within, chosen(bottoms).add(risen), x);
  const numerator = right
    .mul(square(place))
    .add(slope.mul(room).mul(2))
    .add(left.mul(square(place.neg().add(1))));
  const logSlope = log(square(slope).mul(numerator))
    .sub(log(square(denominator)))
    .mul(within);
  return { value, logSlope };
}

/** Positive shares of the whole interval, by a softmax along the last axis. */
function shares(x: Expression): Expression {
  const [n] = x.shape;
  const total = reshape(logSumExp(x, 1), [n, 1]);
  const share = exp(x.sub(expand(total, x.shape)));
  return share.mul(2 * REACH * (1 - LEAST_SHARE * BINS)).add(2 * REACH * LEAST_SHARE);
}
