/** What every distribution is: named parameters, a support, and one log density written as additive terms. */
import {
  add,
  broadcastShapes,
  expand,
  mul,
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
} from '../expr';
import { graphOf, type Graph } from '../expr/graph';
import { checkParameter } from './check';
import type { Requirement } from './requirement';
import { clampInside, isInside, type Support } from './support';

/** A parameter as it was given, and what it must satisfy. */
export interface Parameter {
  readonly value: Operand;
  readonly requirement: Requirement;
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
export interface Standardised {
  readonly location: Operand;
  readonly scale: Operand;
  readonly standard: Distribution;
}

export interface Definition {
  readonly name: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly support: Support;
  /** Addends of the log density at x inside the support, normalising constants included. */
  readonly terms: (x: Expression) => readonly Term[];
  /** Made on demand: the standard member of a family has a standard form of its own. */
  readonly standardise?: () => Standardised;
}

/** An inert description: nothing is computed before it meets a value in a graph. `R` is the rank of its parameters. */
export class Distribution<R extends number = number> {
  /** Only for the types: keeps ranks apart. */
  declare readonly __rank: R;

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

  /** The location-scale form, where there is one. */
  get standardised(): Standardised | undefined {
    return this.definition.standardise?.();
  }

  /** Shape of the parameters broadcast together. */
  get shape(): Shape {
    const operands = Object.values(this.definition.parameters).map((parameter) => parameter.value);
    if (operands.length === 0) return [];
    return this.within([], (graph) =>
      broadcastShapes(
        this.name,
        operands.map((operand) => graph.expression(operand).shape),
      ),
    );
  }

  /**
   * Log density at each element of `x`, normalised; −∞ outside the support. The shape is that of `x` and the parameters
   * broadcast together. One of them must be an expression, or a graph current.
   */
  logDensity<X extends Operand, Q extends number>(
    this: Distribution<Q>,
    x: X,
  ): Expression<MaxRank<Q, RankOf<X>>> {
    return this.within([x], (graph) => {
      const value = graph.expression(x);
      const shape = broadcastShapes(this.name, [value.shape, this.shape]);
      const inside = isInside(this.support, value);
      const at = inside === undefined ? value : clampInside(this.support, inside, value);
      const density = this.definition
        .terms(at)
        .map((term) => graph.expression(isFused(term) ? term.elementwise() : term))
        .reduce((a, b) => add(a, b));
      return expand(inside === undefined ? density : select(inside, density, -Infinity), shape);
    }) as Expression<never>;
  }

  /**
   * Sum of the log densities over all elements of `x` and the parameters broadcast together, by the fused kernels and
   * with shared terms counted once. `inside` promises that `x` lies in the support, and spares the test.
   */
  logDensitySum(x: Operand, { inside: known = false } = {}): Expression<0> {
    return this.within([x], (graph) => {
      const value = graph.expression(x);
      const size = sizeOf(broadcastShapes(this.name, [value.shape, this.shape]));
      const inside = known ? undefined : isInside(this.support, value);
      const at = inside === undefined ? value : clampInside(this.support, inside, value);
      const parts = this.definition
        .terms(at)
        .map((term) => (isFused(term) ? term.sum() : sumOver(graph.expression(term), size)));
      if (inside !== undefined) parts.push(sum(select(inside, 0, -Infinity)));
      return total(parts);
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

/** Sum of a term broadcast to `size` elements: broadcasting repeats every element equally often. */
function sumOver(term: Expression, size: number): Expression<0> {
  const repeats = size / term.size;
  return repeats === 1 ? sum(term) : mul(repeats, sum(term));
}
