/** A mixture of distributions, with the component that each observation came from summed out. */
import {
  add,
  broadcastShapes,
  concat,
  equal,
  expand,
  Expression,
  log,
  logSumExp,
  reshape,
  select,
  slice,
  stack,
  type Operand,
} from '../expr';
import type { Graph } from '../expr/graph';
import { logSumExpRows } from '../expr/operations/log-sum-exp-rows';
import { looserLower, looserUpper } from './bounds';
import { lastExtent } from './category';
import { Distribution, type Parameter } from './distribution';
import { sumsToOne } from './joint';
import { parametersOf } from './nested';
import { probability } from './requirement';
import type { Support } from './support';

/**
 * log Σₖ weights[k]·fₖ(x). The components are all continuous or all discrete; outside the support of a component its
 * density is 0.
 *
 * @param weights a vector of K probabilities that sum to 1, rows of them (shape [n, K]) where each observation has its
 *   own, or an array of K scalars: `[theta, theta.neg().add(1)]`
 * @param components K distributions of numbers, or of vectors of one size
 * @throws RangeError when there are no components, as many weights as components are not given, or kinds differ
 */
export function mixture<R extends number, E extends number>(
  weights: Operand | readonly Operand[],
  components: readonly Distribution<R, E>[],
): Distribution<R, E> {
  const count = components.length;
  const parts = weightsOf(weights);
  if (count === 0) throw new RangeError('mixture: there are no components');
  if (parts.count !== count) {
    throw new RangeError(`mixture: expected a weight for each of ${count} components, got ${parts.count}`);
  }
  const [{ eventRank, discrete, name: first }] = components;
  const odd = components.find((other) => other.eventRank !== eventRank || other.discrete !== discrete);
  if (odd !== undefined) throw new RangeError(`mixture: ${odd.name} does not mix with ${first}`);
  const named = [...new Set(components.map(({ name }) => name))];
  type Of = (component: Distribution<R, E>, logWeight: Expression) => Expression;
  const weighted = (x: Expression, of: Of): Expression[] =>
    components.map((component, k) => of(component, log(parts.at(k, x.graph))));
  const mix = (x: Expression, of: Of): Expression => {
    const logs = weighted(x, of);
    const shape = broadcastShapes(
      'mixture',
      logs.map((part) => part.shape),
    );
    return logSumExp(stack(logs.map((part) => expand(part, shape))), 0);
  };
  const densityAt =
    (x: Expression): Of =>
    (component, logWeight) =>
      component.weightedLogDensity(x, logWeight);
  return new Distribution({
    name: `mixture of ${named.join(' and ')}`,
    parameters: Object.assign(
      parts.parameters,
      ...components.map((component, k) => parametersOf(component, `component ${k}`)),
    ) as Record<string, Parameter>,
    support: hull(components.map(({ support }) => support)),
    eventRank,
    eventShape: () => components[0].shape.slice(components[0].shape.length - eventRank),
    variate: (draw) => {
      const chosen = draw
        .over(draw.shape.slice(0, draw.shape.length - eventRank))
        .categorical(parts.rows(draw.graph));
      const along = Array.from({ length: eventRank }, () => 1);
      const which = reshape(chosen, [...chosen.shape, ...along]);
      const values = components.map((component) => component.variate(draw));
      return values.reduceRight((others, value, k) => select(equal(which, k), value, others) as Expression);
    },
    terms: (x) => [
      {
        sum: () => logSumExpRows(weighted(x, densityAt(x))) as Expression<0>,
        elementwise: () => mix(x, densityAt(x)),
      },
    ],
    ...(components.every((component) => component.hasCdf) && {
      cumulative: {
        logCdf: (x) => mix(x, (component, w) => add(w, (component as Distribution).logCdf(x))),
        logCcdf: (x) => mix(x, (component, w) => add(w, (component as Distribution).logCcdf(x))),
      },
    }),
  });
}

interface Weights {
  readonly count: number;
  readonly parameters: Record<string, Parameter>;
  /** The weight of component `k`, of the shape of the observations or one that broadcasts to it. */
  readonly at: (k: number, graph: Graph) => Expression;
  /** All of them, along the last axis. */
  readonly rows: (graph: Graph) => Expression;
}

function weightsOf(weights: Operand | readonly Operand[]): Weights {
  if (Array.isArray(weights) && weights.some((weight) => weight instanceof Expression)) {
    return {
      count: weights.length,
      parameters: Object.fromEntries(
        (weights as readonly Operand[]).map((value, k) => [
          `weight ${k}`,
          { value, requirement: probability },
        ]),
      ),
      at: (k, graph) => graph.expression((weights as readonly Operand[])[k]),
      rows: (graph) => {
        const columns = (weights as readonly Operand[]).map((weight) => graph.expression(weight));
        const shape = broadcastShapes(
          'mixture',
          columns.map((column) => column.shape),
        );
        return concat(
          columns.map((column) => reshape(expand(column, shape), [...shape, 1])),
          -1,
        );
      },
    };
  }
  const value = weights as Operand;
  return {
    count: lastExtent('mixture', 'weights', value),
    parameters: { weights: { value, requirement: probability, eventRank: 1, joint: sumsToOne } },
    at: (k, graph) => {
      const rows = graph.expression(value);
      return reshape(slice(rows, k, k + 1, -1), rows.shape.slice(0, -1));
    },
    rows: (graph) => graph.expression(value),
  };
}

/** The smallest support that holds all of them: of numbers, by their bounds; of vectors, which must share it, the first. */
function hull(supports: readonly Support[]): Support {
  const [first] = supports;
  const lower = supports.some((support) => support.lower === undefined)
    ? undefined
    : supports.map((support) => support.lower as Operand).reduce(looserLower);
  const upper = supports.some((support) => support.upper === undefined)
    ? undefined
    : supports.map((support) => support.upper as Operand).reduce(looserUpper);
  return {
    ...first,
    lower,
    upper,
    open: supports.every((support) => support.open),
  };
}
