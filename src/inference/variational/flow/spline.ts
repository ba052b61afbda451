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
  sqrt,
  square,
  sum,
} from '../../../expr';
import type { Graph } from '../../../expr/graph';
import type { ParameterList } from '../parameters';
import type { Flowed, Layer } from './layer';
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
  const through =
    (bend: (x: Expression, knots: Knots) => Bent) =>
    (x: Expression): Flowed => {
      const before = from > 0 ? [slice(x, 0, from)] : [];
      const behind = to < size ? [slice(x, to, size)] : [];
      const rest = [...before, ...behind];
      const numbers = alone ?? net!(rest.length === 1 ? rest[0] : concat(rest));
      const knots = knotsOf(graph, reshape(numbers, [bent, PER_ELEMENT]));
      const { value, logSlope } = bend(slice(x, from, to), knots);
      const parts = [...before, value, ...behind];
      return { value: parts.length === 1 ? parts[0] : concat(parts), logDeterminant: sum(logSlope) };
    };
  return { forward: through(spline), backward: through(inverseSpline) };
}

/** Bins of splines [n, BINS]: where they begin, how large they are, and the slopes at their ends. */
interface Knots {
  readonly lefts: Expression;
  readonly bottoms: Expression;
  readonly widths: Expression;
  readonly heights: Expression;
  readonly leftSlopes: Expression;
  readonly rightSlopes: Expression;
}

/** What splines make of elements [n], and the logarithms of their slopes there. */
interface Bent {
  readonly value: Expression;
  readonly logSlope: Expression;
}

function knotsOf(graph: Graph, numbers: Expression): Knots {
  const widths = shares(slice(numbers, 0, BINS, 1));
  const heights = shares(slice(numbers, BINS, 2 * BINS, 1));
  const slopes = softplus(slice(numbers, 2 * BINS, PER_ELEMENT, 1).add(UNIT_SLOPE)).add(LEAST_SLOPE);
  const ones = graph.filled(1, [numbers.shape[0], 1]);
  // Where bins begin: sums of the bins before, by a matrix of ones above the diagonal.
  const before = graph.constant(
    Float64Array.from({ length: BINS * BINS }, (_, at) => (Math.floor(at / BINS) < at % BINS ? 1 : 0)),
    [BINS, BINS],
  );
  return {
    widths,
    heights,
    lefts: widths.matmul(before).sub(REACH),
    bottoms: heights.matmul(before).sub(REACH),
    leftSlopes: concat([ones, slopes], 1),
    rightSlopes: concat([slopes, ones], 1),
  };
}

/** The bin that each element lies in, and its spline there; outside the interval everything is finite and of no consequence. */
interface Bin {
  /** 1 within the interval, else 0. */
  readonly within: Expression;
  readonly left: Expression;
  readonly bottom: Expression;
  readonly width: Expression;
  readonly height: Expression;
  /** Of the chord. */
  readonly slope: Expression;
  readonly leftSlope: Expression;
  readonly rightSlope: Expression;
}

/** @param starts where bins begin, on the axis of `at` */
function binOf(at: Expression, starts: Expression, knots: Knots): Bin {
  const { graph, size: n } = at;
  const column = reshape(at, [n, 1]);
  const reached = lessEqual(starts, expand(column, [n, BINS]));
  const beyond = lessEqual(graph.filled(REACH, [n, 1]), column);
  const bin = reached.sub(concat([slice(reached, 1, BINS, 1), beyond], 1));
  const chosen = (values: Expression): Expression => sum(values.mul(bin), 1);
  const within = sum(bin, 1);
  const outside = within.neg().add(1);
  const width = chosen(knots.widths).add(outside);
  const height = chosen(knots.heights).add(outside);
  return {
    within,
    left: chosen(knots.lefts),
    bottom: chosen(knots.bottoms),
    width,
    height,
    slope: height.div(width),
    leftSlope: chosen(knots.leftSlopes).add(outside),
    rightSlope: chosen(knots.rightSlopes).add(outside),
  };
}

/** Height and log slope at a place of the bin, 0 to 1 from left to right. */
function along({ within, height, slope, leftSlope, rightSlope }: Bin, place: Expression) {
  const room = place.mul(place.neg().add(1));
  const denominator = slope.add(leftSlope.add(rightSlope).sub(slope.mul(2)).mul(room));
  const risen = slope.mul(square(place)).add(leftSlope.mul(room)).div(denominator).mul(height);
  const numerator = rightSlope
    .mul(square(place))
    .add(slope.mul(room).mul(2))
    .add(leftSlope.mul(square(place.neg().add(1))));
  const logSlope = log(square(slope).mul(numerator))
    .sub(log(square(denominator)))
    .mul(within);
  return { risen, logSlope };
}

/** Monotone rational-quadratic splines of the elements of x. */
function spline(x: Expression, knots: Knots): Bent {
  const bin = binOf(x, knots.lefts, knots);
  const place = x.sub(bin.left).div(bin.width).mul(bin.within);
  const { risen, logSlope } = along(bin, place);
  return { value: select(bin.within, bin.bottom.add(risen), x), logSlope };
}

/** The x that the splines take to y, by the root of a quadratic that is free of cancellation; slopes are those at x. */
function inverseSpline(y: Expression, knots: Knots): Bent {
  const bin = binOf(y, knots.bottoms, knots);
  const { slope, leftSlope, rightSlope, height } = bin;
  const risen = y.sub(bin.bottom).mul(bin.within);
  const excess = risen.mul(leftSlope.add(rightSlope).sub(slope.mul(2)));
  const a = height.mul(slope.sub(leftSlope)).add(excess);
  const b = height.mul(leftSlope).sub(excess);
  const c = slope.mul(risen).neg();
  const place = c.mul(-2).div(b.add(sqrt(square(b).sub(a.mul(c).mul(4)))));
  return {
    value: select(bin.within, bin.left.add(place.mul(bin.width)), y),
    logSlope: along(bin, place).logSlope,
  };
}

/** Positive shares of the whole interval, by a softmax along the last axis. */
function shares(x: Expression): Expression {
  const [n] = x.shape;
  const total = reshape(logSumExp(x, 1), [n, 1]);
  const share = exp(x.sub(expand(total, x.shape)));
  return share.mul(2 * REACH * (1 - LEAST_SHARE * BINS)).add(2 * REACH * LEAST_SHARE);
}
