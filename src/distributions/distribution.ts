/** What every distribution is: named parameters, a support, and one log density written as additive terms. */
import {
  add,
  broadcastShapes,
  describeShape,
  exp,
  expand,
  mul,
  sameShape,
  select,
  sizeOf,
  sum,
  total,
  withGraph,
  Expression,
  type MaxRank,
  type Operand,
  type RankOf,
  type Shape,
  type Without,
} from '../expr';
import { graphOf, type Graph } from '../expr/graph';
import { checkParameter } from './check';
import type { Requirement } from './requirement';
import type { Variate, Variates } from './variate';
import { eachInside, clampInside, eventsInside, split, type JointRequirement, type Support } from './support';

/** A parameter as it was given, and what it must satisfy. */
export interface Parameter {
  readonly value: Operand;
  readonly requirement: Requirement;
  /** Trailing axes that belong to one event, where it is more than a number (a mean vector: 1, a covariance: 2). */
  readonly eventRank?: number;
  /** What the elements of one such vector or matrix must satisfy together. */
  readonly joint?: JointRequirement;
}

/** A fused kernel: its sum over all elements in one pass, and the same elementwise. */
export interface FusedTerm {
  readonly sum: () => Expression<0>;
  readonly elementwise: () => Expression;
}

/**
 * One addend of a log density. It keeps the shape it comes in, so that a sum over many observations counts what they
 * share once, and what depends on data alone folds away.
 */
export type Term = Operand | FusedTerm;

/** A location-scale family: location + scale·z has this distribution where z has `standard`. */
export interface LocationScale {
  readonly location: Operand;
  readonly scale: Operand;
  readonly standard: Distribution;
}

/** A linear image of a standard form: `place(z)` has this distribution where z has `standard`. */
export interface LinearImage {
  readonly standard: AnyDistribution;
  readonly place: (z: Expression) => Expression;
  /** The inverse of `place`. */
  readonly standardize: (x: Expression) => Expression;
}

export type Standardised = LocationScale | LinearImage;

/** Both logarithms at x inside the support, so that neither tail is the difference of the other from 1. */
export interface Cumulative {
  /** log P(X ≤ x) */
  readonly logCdf: (x: Expression) => Operand;
  /** log P(X > x) */
  readonly logCcdf: (x: Expression) => Operand;
}

export interface Definition {
  readonly name: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly support: Support;
  /** Axes of one event: 0 for a number, 1 for a vector, 2 for a matrix. Default 0. */
  readonly eventRank?: number;
  /** Shape of one event, as far as the parameters tell it. By default unknown where events have axes. */
  readonly eventShape?: (graph: Graph) => Shape | undefined;
  /**
   * Addends of the log density at x inside the support, normalising constants included. Each broadcasts to the axes
   * before those of an event: one number an event.
   */
  readonly terms: (x: Expression) => readonly Term[];
  /** Puts mass on single points of a continuous support. Default false. */
  readonly atoms?: boolean;
  /** The distribution function, where it has a closed form. */
  readonly cumulative?: Cumulative;
  /** How it is drawn; by default the linear image of its standard form, where that is what there is. */
  readonly variate?: Variate;
  /** Made on demand: the standard member of a family has a standard form of its own. */
  readonly standardise?: () => Standardised;
}

/** A distribution of numbers, vectors or matrices. */
export type AnyDistribution = Distribution<number, number>;

/**
 * An inert description: nothing is computed before it meets a value in a graph. `R` is the rank of a value, events and
 * their batches, as far as the parameters tell; `E` is that of one event: 0 for numbers, 1 for vectors, 2 for matrices.
 */
export class Distribution<R extends number = number, E extends number = 0> {
  /** Only for the types: keep ranks apart. */
  declare readonly __rank: R;
  declare readonly __eventRank: E;

  constructor(private readonly definition: Definition) {
    for (const [name, parameter] of Object.entries(definition.parameters)) {
      if (!(parameter.value instanceof Expression)) {
        checkParameter(definition.name, name, parameter.requirement, parameter.value);
      }
    }
  }

  get name(): string {
    return this.definition.name;
  }

  get parameters(): Readonly<Record<string, Parameter>> {
    return this.definition.parameters;
  }

  get support(): Support {
    return this.definition.support;
  }

  /** Puts mass on whole numbers only. */
  get discrete(): boolean {
    return this.definition.support.integer;
  }

  /** Has a density on the real line, as parameters need. */
  get continuous(): boolean {
    return !this.discrete && this.definition.atoms !== true;
  }

  /** The location-scale form, where there is one. */
  get standardised(): Standardised | undefined {
    return this.definition.standardise?.();
  }

  /** Axes of one event. */
  get eventRank(): number {
    return this.definition.eventRank ?? 0;
  }

  /** Shape of a value that the parameters alone ask for; throws where they leave the size of an event open. */
  get shape(): Shape {
    const { batch, event } = this.parameterShapes();
    if (event !== undefined) return [...batch, ...event];
    throw new RangeError(`${this.name}: its arguments do not say how large one value is; give dims`);
  }

  /** Shape of values of shape `value` and the parameters broadcast together; throws where they do not fit. */
  shapeWith(value: Shape): Shape {
    const { eventRank } = this;
    const { batch, event } = this.parameterShapes();
    const found = value.slice(Math.max(value.length - eventRank, 0));
    if (found.length < eventRank || (event !== undefined && !sameShape(event, found))) {
      const one = event === undefined ? `at least ${eventRank} axes` : `shape ${describeShape(event)}`;
      throw new RangeError(`${this.name}: one value has ${one}, got shape ${describeShape(value)}`);
    }
    const batches = [value.slice(0, value.length - eventRank), batch];
    return [...broadcastShapes(this.name, batches), ...found];
  }

  /**
   * Log density of each event of `x`, normalised; −∞ outside the support. The shape is that of `x` and the parameters
   * broadcast together, without the axes of an event. One of them must be an expression, or a graph current.
   */
  logDensity<X extends Operand, Q extends number, F extends number>(
    this: Distribution<Q, F>,
    x: X,
  ): Expression<Without<MaxRank<Q, RankOf<X>>, F>> {
    return this.weightedLogDensity(x, 0) as Expression<never>;
  }

  /**
   * Log density of each event of `x`, times a weight of which the logarithm is given: −∞ outside the support. Addends that
   * all events share are added up first.
   */
  weightedLogDensity(x: Operand, logWeight: Operand): Expression {
    return this.within([x, logWeight], (graph) => {
      const { at, inside, shape } = this.place(graph.expression(x), false);
      const density = [logWeight, ...this.definition.terms(at)]
        .map((term) => graph.expression(isFused(term) ? term.elementwise() : term))
        .sort((a, b) => a.size - b.size)
        .reduce((a, b) => add(a, b));
      return expand(
        inside === undefined ? density : select(inside, density, -Infinity),
        broadcastShapes(this.name, [shape, density.shape]),
      );
    });
  }

  /**
   * Sum of the log densities over all events of `x` and the parameters broadcast together, by the fused kernels and
   * with shared terms counted once. `inside` promises that `x` lies in the support, and spares the test.
   */
  logDensitySum(x: Operand, { inside: known = false } = {}): Expression<0> {
    return this.within([x], (graph) => {
      const { at, inside, shape } = this.place(graph.expression(x), known);
      const parts = this.definition
        .terms(at)
        .map((term) => (isFused(term) ? term.sum() : sumOver(graph.expression(term), sizeOf(shape))));
      if (inside !== undefined) parts.push(sum(select(inside, 0, -Infinity)));
      return total(parts);
    });
  }

  /** The value moved into the support, which of its events lie there (undefined: all do), and the shape of the batch. */
  private place(
    value: Expression,
    known: boolean,
  ): { at: Expression; inside: Expression | undefined; shape: Shape } {
    const { support, eventRank } = this;
    const full = this.shapeWith(value.shape);
    if (eventRank > 0) value = expand(value, full);
    const shape = full.slice(0, full.length - eventRank);
    if (known) return { at: value, inside: undefined, shape };
    const each = eachInside(support, value);
    return {
      at: each === undefined ? value : clampInside(support, each, value),
      inside: eventsInside(support, each, value, eventRank),
      shape,
    };
  }

  /** What the parameters broadcast to, apart from the axes of an event, and the shape of an event. */
  private parameterShapes(): { batch: Shape; event: Shape | undefined } {
    const { definition, eventRank } = this;
    const parameters = Object.values(definition.parameters);
    if (parameters.length === 0) return { batch: [], event: eventRank === 0 ? [] : undefined };
    return this.within([], (graph) => {
      const batches = parameters.map((parameter) => {
        const { shape } = graph.expression(parameter.value);
        return shape.slice(0, Math.max(shape.length - (parameter.eventRank ?? 0), 0));
      });
      const event = eventRank === 0 ? [] : definition.eventShape?.(graph);
      return { batch: broadcastShapes(this.name, batches), event };
    });
  }

  /** Addends of the log density at `x`, which must lie in the support: what distributions made of this one build on. */
  terms(x: Expression): readonly Term[] {
    return this.definition.terms(x);
  }

  /**
   * One draw of shape `draw.shape`, as an expression over standard draws.
   *
   * @throws TypeError when the distribution does not say how it is drawn
   */
  variate(draw: Variates): Expression {
    return withGraph(draw.graph, () => expand(draw.graph.expression(this.drawnBy()(draw)), draw.shape));
  }

  private drawnBy(): Variate {
    const { variate } = this.definition;
    if (variate !== undefined) return variate;
    const form = this.standardised;
    if (form !== undefined && 'place' in form) return (draw) => form.place(form.standard.variate(draw));
    throw new TypeError(`${this.name}: cannot be drawn from`);
  }

  /** Has `cdf`, `logCdf` and `logCcdf`. */
  get hasCdf(): boolean {
    return this.definition.cumulative !== undefined;
  }

  /**
   * P(X ≤ x) at each element of `x`, which need not lie in the support.
   *
   * @throws TypeError when the distribution function has no closed form
   */
  cdf<X extends Operand, Q extends number>(this: Distribution<Q>, x: X): Expression<MaxRank<Q, RankOf<X>>> {
    return exp(this.logCdf(x)) as Expression<never>;
  }

  /**
   * log P(X ≤ x) at each element of `x`, exact in both tails.
   *
   * @throws TypeError when the distribution function has no closed form
   */
  logCdf<X extends Operand, Q extends number>(
    this: Distribution<Q>,
    x: X,
  ): Expression<MaxRank<Q, RankOf<X>>> {
    return this.accumulated('logCdf', x, -Infinity, 0) as Expression<never>;
  }

  /**
   * log P(X > x) at each element of `x`, exact in both tails.
   *
   * @throws TypeError when the distribution function has no closed form
   */
  logCcdf<X extends Operand, Q extends number>(
    this: Distribution<Q>,
    x: X,
  ): Expression<MaxRank<Q, RankOf<X>>> {
    return this.accumulated('logCcdf', x, 0, -Infinity) as Expression<never>;
  }

  private accumulated(which: keyof Cumulative, x: Operand, below: number, above: number): Expression {
    const { cumulative } = this.definition;
    if (cumulative === undefined) {
      throw new TypeError(`${this.name}: the distribution function has no closed form`);
    }
    return this.within([x], (graph) => {
      const value = graph.expression(x);
      const shape = this.shapeWith(value.shape);
      const { at, isBelow, isAbove } = split(this.support, value);
      let result = graph.expression(cumulative[which](at));
      if (isBelow !== undefined) result = select(isBelow, below, result);
      if (isAbove !== undefined) result = select(isAbove, above, result);
      return expand(result, shape);
    });
  }

  private within<T>(operands: readonly Operand[], body: (graph: Graph) => T): T {
    const parameters = Object.values(this.definition.parameters).map((parameter) => parameter.value);
    const graph = graphOf(this.name, [...operands, ...parameters]);
    return withGraph(graph, () => body(graph));
  }
}

function isFused(term: Term): term is FusedTerm {
  return typeof term === 'object' && 'elementwise' in term;
}

/** Sum of a term broadcast to `size` events: broadcasting repeats every one equally often. */
function sumOver(term: Expression, size: number): Expression<0> {
  const repeats = size / term.size;
  return repeats === 1 ? sum(term) : mul(repeats, sum(term));
}
