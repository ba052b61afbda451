/** A model that has met its data: the log density as tagged terms of one graph, and what a draw consists of. */
import { compileProgram } from '../compile';
import type { AnyDistribution } from '../distributions/distribution';
import { sizeOf, total, valueAndGradient, withGraph, type Expression, type Shape } from '../expr';
import { foldTerms, type FoldedTerms } from '../fold';
import type { Graph } from '../expr/graph';
import type { Layout, ProgramTarget, Quantity } from '../target/target';
import type { Dimension, Label } from './declaration';
import type { DiscreteParameter } from './discrete';
import { explain, type Explanation } from './explain';
import type { Origin } from './record';
import type { Ranks } from './types';
import { update, type UpdateOptions } from './update';

/** Name of the slot that weights the likelihood. */
const LIKELIHOOD_WEIGHT = 'likelihoodWeight';

/** One term of the log density. */
export interface PosteriorTerm {
  readonly name: string;
  readonly role: 'prior' | 'jacobian' | 'likelihood';
  readonly value: Expression<0>;
  /** For observed data: the log likelihood of each element. Built when asked for. */
  readonly pointwise?: () => Expression;
  /** For the prior of a noncentered parameter: its log density at the parameter itself, not at the standard variable. */
  readonly placed?: () => Expression<0>;
  /** For the prior of a parameter that is not noncentered: what it is. */
  readonly distribution?: AnyDistribution;
}

const ALL_ROLES: readonly PosteriorTerm['role'][] = ['prior', 'jacobian', 'likelihood'];

/** Something a draw holds, as an expression of the unconstrained inputs. */
export interface PosteriorQuantity {
  readonly name: string;
  readonly kind: 'parameter' | 'derived';
  readonly value: Expression;
  readonly dims: readonly (Dimension | undefined)[];
}

/** The way back: from constrained values to the unconstrained position. */
export interface Inverse {
  /** Constrained values of the parameters, in the order of the layout. */
  readonly inputs: readonly Expression[];
  /** The segments of the unconstrained position. */
  readonly outputs: readonly Expression[];
}

export interface PosteriorParts {
  readonly graph: Graph;
  /** Segments of the unconstrained position, a parameter each. */
  readonly inputs: readonly Expression[];
  /** Those of them that take whole numbers only. */
  readonly discrete: readonly DiscreteParameter[];
  readonly terms: readonly PosteriorTerm[];
  /** Parameters first, in the model's order, then derived quantities. */
  readonly quantities: readonly PosteriorQuantity[];
  readonly coords: Readonly<Record<string, readonly Label[]>>;
  readonly inverse: () => Inverse;
  readonly origin: Origin;
  /** The same model given other data. */
  readonly recondition: (data: Origin['data'], coords: Origin['coords']) => Posterior;
}

/** `Q`: rank of each quantity by name. */
export class Posterior<Q extends Ranks = Ranks> {
  /** Only for the types: names and ranks of what a draw holds. */
  declare readonly __quantities: Q;
  readonly graph: Graph;
  readonly inputs: readonly Expression[];
  /** Parameters that take whole numbers only, in the model's order. */
  readonly discrete: readonly DiscreteParameter[];
  readonly terms: readonly PosteriorTerm[];
  readonly quantities: readonly PosteriorQuantity[];
  readonly layout: Layout;
  /** Number of unconstrained parameters. */
  readonly dimension: number;
  /** The model and its data, for predictions. */
  readonly origin: Origin;
  /** The posterior of the same model given other data, for updates. */
  readonly recondition: PosteriorParts['recondition'];
  private readonly invert: () => Inverse;
  private known?: Inverse;
  private compiled?: ProgramTarget;
  private tempered?: ProgramTarget;
  private values?: ProgramTarget;
  private algebra?: FoldedTerms;

  constructor({
    graph,
    inputs,
    discrete,
    terms,
    quantities,
    coords,
    inverse,
    origin,
    recondition,
  }: PosteriorParts) {
    this.graph = graph;
    this.inputs = inputs;
    this.discrete = discrete;
    this.terms = terms;
    this.quantities = quantities;
    this.layout = layoutOf(quantities, coords, new Set(discrete.map(({ name }) => name)));
    this.dimension = inputs.reduce((total, input) => total + input.size, 0);
    this.invert = inverse;
    this.origin = origin;
    this.recondition = recondition;
  }

  /** Coordinates of the position that take whole numbers only. */
  get integers(): number[] {
    const whole = this.discrete.map(({ input }) => input);
    return this.inputs
      .flatMap((input) => new Array<boolean>(input.size).fill(whole.includes(input)))
      .flatMap((is, i) => (is ? i : []));
  }

  /** The gradient of a value by the position: 0 along whole numbers, by which nothing is differentiated. */
  gradientOf(density: Expression): { value: Expression; gradient: Expression[] } {
    const whole = this.discrete.map(({ input }) => input);
    const real = this.inputs.filter((input) => !whole.includes(input));
    const { value, gradient } = valueAndGradient(density, real);
    const slopes = this.inputs.map(
      (input) => gradient[real.indexOf(input)] ?? this.graph.filled(0, input.shape),
    );
    return { value, gradient: slopes };
  }

  /**
   * The posterior given further rows of data as well: p(θ | old, new). Rows that are independent given the parameters
   * may come in any order, and it is checked that they are; those of a time series follow one another in time.
   *
   * @param more further rows of every variable that has the dimension which grows, and of no other
   * @param options `{ order: 'time' }` for a time series; `coords` where positions have labels
   * @throws ModelError when the rows do not fit, or are not independent of those before
   */
  update(more: Readonly<Record<string, unknown>>, options?: UpdateOptions): Posterior<Q> {
    return update(this, more, options) as Posterior<Q>;
  }

  /** The compiled density with its gradient, quantities, terms and inverse; compiled on first use. */
  get target(): ProgramTarget {
    return (this.compiled ??= this.compile());
  }

  /**
   * The same with the likelihood's weight β as slot 0 (`likelihoodWeight`, 1 at first), for tempering: log prior + log
   * Jacobian + β · log likelihood. Procedure `logLikelihood` gives the unweighted log likelihood.
   */
  get temperedTarget(): ProgramTarget {
    return (this.tempered ??= this.compile({ weighted: true }));
  }

  /** The tempered target without its gradient, for samplers that never ask for one. */
  get valueTarget(): ProgramTarget {
    return (this.values ??= this.compile({ weighted: true, differentiated: false }));
  }

  /** A density of some of the terms only, with its gradient: the prior, the likelihood, or both without Jacobians. */
  targetOf(roles: readonly PosteriorTerm['role'][]): ProgramTarget {
    return this.compile({ roles });
  }

  /** The terms in the form that costs least: what the data can add up beforehand is added up. Made on first use. */
  get folded(): FoldedTerms {
    return (this.algebra ??= withGraph(this.graph, () => foldTerms(this.terms.map(({ value }) => value))));
  }

  /** The plan of the density in words, when made a string: what was folded into what, and what a gradient costs. */
  explain(): Explanation {
    return explain(this);
  }

  /** From constrained values to the unconstrained position; built on first use. */
  get inverse(): Inverse {
    return (this.known ??= this.invert());
  }

  private compile({ weighted = false, differentiated = true, roles = ALL_ROLES } = {}): ProgramTarget {
    const weight = weighted ? this.graph.slot(LIKELIHOOD_WEIGHT, Float64Array.of(1)) : undefined;
    const { inputs, inverse } = this;
    const terms = this.terms
      .map((term, k) => ({ ...term, value: this.folded.values[k] }))
      .filter(({ role }) => roles.includes(role));
    const valuesOf = (chosen: readonly { value: Expression }[]): Expression[] =>
      chosen.map((term) => term.value);
    const sumOf = (chosen: readonly { value: Expression }[]): Expression =>
      chosen.length === 0 ? this.graph.scalar(0) : total(valuesOf(chosen));
    const { density, logLikelihood } = withGraph(this.graph, () => {
      if (weight === undefined) return { density: sumOf(terms), logLikelihood: undefined };
      const logLikelihood = sumOf(terms.filter(({ role }) => role === 'likelihood'));
      const rest = sumOf(terms.filter(({ role }) => role !== 'likelihood'));
      return { density: rest.add(weight.mul(logLikelihood)), logLikelihood };
    });
    const { value, gradient } = differentiated ? this.gradientOf(density) : { value: density, gradient: [] };
    const program = compileProgram({
      density: { inputs, outputs: gradient, value },
      quantities: { inputs, outputs: this.quantities.map((quantity) => quantity.value) },
      terms: { inputs, outputs: valuesOf(terms) },
      unconstrain: inverse,
      ...(weight && { slots: [weight], logLikelihood: { inputs, outputs: [], value: logLikelihood } }),
    });
    const { integers } = this;
    return {
      kind: 'program',
      dimension: this.dimension,
      program,
      layout: this.layout,
      terms: terms.map((term) => term.name),
      ...(weight && { slots: [LIKELIHOOD_WEIGHT] }),
      ...(integers.length > 0 && { integers }),
    };
  }
}

function layoutOf(
  quantities: readonly PosteriorQuantity[],
  coords: PosteriorParts['coords'],
  discrete: ReadonlySet<string>,
): Layout {
  let offset = 0;
  const placed = quantities.map(({ name, kind, value, dims }): Quantity => {
    const shape: Shape = value.shape;
    const quantity = {
      name,
      kind,
      shape,
      offset,
      dims: dims.map((dim) => (typeof dim === 'string' ? dim : undefined)),
      ...(discrete.has(name) && { discrete: true as const }),
    };
    offset += sizeOf(shape);
    return quantity;
  });
  const used = new Set(placed.flatMap((quantity) => quantity.dims));
  const shown = Object.entries(coords).filter(([dim]) => used.has(dim));
  return { quantities: placed, size: offset, coords: Object.fromEntries(shown) };
}
