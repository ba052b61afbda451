/** A model that has met its data: the log density as tagged terms of one graph, and what a draw consists of. */
import { compileProgram } from '../compile';
import { sizeOf, total, valueAndGradient, withGraph, type Expression, type Shape } from '../expr';
import type { Graph } from '../expr/graph';
import type { Layout, ProgramTarget, Quantity } from '../target/target';
import type { Dimension, Label } from './declaration';
import type { Origin } from './record';
import type { Ranks } from './types';

/** One term of the log density. */
export interface PosteriorTerm {
  readonly name: string;
  readonly role: 'prior' | 'jacobian' | 'likelihood';
  readonly value: Expression<0>;
  /** For observed data: the log likelihood of each element. Built when asked for. */
  readonly pointwise?: () => Expression;
}

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
  readonly terms: readonly PosteriorTerm[];
  /** Parameters first, in the model's order, then derived quantities. */
  readonly quantities: readonly PosteriorQuantity[];
  readonly coords: Readonly<Record<string, readonly Label[]>>;
  readonly inverse: () => Inverse;
  readonly origin: Origin;
}

/** `Q`: rank of each quantity by name. */
export class Posterior<Q extends Ranks = Ranks> {
  /** Only for the types: names and ranks of what a draw holds. */
  declare readonly __quantities: Q;
  readonly graph: Graph;
  readonly inputs: readonly Expression[];
  readonly terms: readonly PosteriorTerm[];
  readonly quantities: readonly PosteriorQuantity[];
  readonly layout: Layout;
  /** Number of unconstrained parameters. */
  readonly dimension: number;
  /** The model and its data, for predictions. */
  readonly origin: Origin;
  private readonly invert: () => Inverse;
  private known?: Inverse;
  private compiled?: ProgramTarget;

  constructor({ graph, inputs, terms, quantities, coords, inverse, origin }: PosteriorParts) {
    this.graph = graph;
    this.inputs = inputs;
    this.terms = terms;
    this.quantities = quantities;
    this.layout = layoutOf(quantities, coords);
    this.dimension = inputs.reduce((total, input) => total + input.size, 0);
    this.invert = inverse;
    this.origin = origin;
  }

  /** The compiled density with its gradient, quantities, terms and inverse; compiled on first use. */
  get target(): ProgramTarget {
    return (this.compiled ??= this.compile());
  }

  /** From constrained values to the unconstrained position; built on first use. */
  get inverse(): Inverse {
    return (this.known ??= this.invert());
  }

  private compile(): ProgramTarget {
    const { inputs, terms, inverse } = this;
    const values = terms.map((term) => term.value);
    const density = withGraph(this.graph, () => (values.length === 0 ? this.graph.scalar(0) : total(values)));
    const { value, gradient } = valueAndGradient(density, inputs);
    const program = compileProgram({
      density: { inputs, outputs: gradient, value },
      quantities: { inputs, outputs: this.quantities.map((quantity) => quantity.value) },
      terms: { inputs, outputs: values },
      unconstrain: inverse,
    });
    return {
      kind: 'program',
      dimension: this.dimension,
      program,
      layout: this.layout,
      terms: terms.map((term) => term.name),
    };
  }
}

function layoutOf(quantities: readonly PosteriorQuantity[], coords: PosteriorParts['coords']): Layout {
  let offset = 0;
  const placed = quantities.map(({ name, kind, value, dims }): Quantity => {
    const shape: Shape = value.shape;
    const quantity = {
      name,
      kind,
      shape,
      offset,
      dims: dims.map((dim) => (typeof dim === 'string' ? dim : undefined)),
    };
    offset += sizeOf(shape);
    return quantity;
  });
  const used = new Set(placed.flatMap((quantity) => quantity.dims));
  const shown = Object.entries(coords).filter(([dim]) => used.has(dim));
  return { quantities: placed, size: offset, coords: Object.fromEntries(shown) };
}
