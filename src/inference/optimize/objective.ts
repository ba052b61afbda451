/** What is climbed: a chosen set of the terms of a posterior, compiled with its Hessian's products. */

import { compileProgram } from '../../compile';
import { type Expression, gradient, mul, sum, total, valueAndGradient, withGraph } from '../../expr';
import type { Posterior, PosteriorTerm } from '../../model/posterior';
import type { ProgramTarget } from '../../target/target';

/**
 * `likelihood`: the log likelihood alone. `posterior`: log prior and log likelihood, a density over the constrained
 * parameters, without Jacobian. `density`: the density of the unconstrained parameters, Jacobian included, which samplers
 * see and whose mode the Laplace approximation expands around.
 */
export type Objective = 'likelihood' | 'posterior' | 'density';

/** A target with procedures for curvature. */
export interface CurvedTarget extends ProgramTarget {
  /** Whether it has the procedure `hessianVector`: not where an operation has no second derivative. */
  readonly hasProducts: boolean;
}

/** What of the posterior's expressions is compiled besides the density. */
export interface Parts {
  /** Products of the Hessian with vectors. */
  readonly products: boolean;
  /** Gradients of the quantities. */
  readonly pullback: boolean;
  /** Gradients of the curvature along vectors. */
  readonly curvatureSlope?: boolean;
  /** Prior terms that are left out of the density, because a proximal method deals with them. */
  readonly without?: readonly PosteriorTerm[];
}

/** Compiles an objective. */
export function objectiveTarget(posterior: Posterior, objective: Objective, parts: Parts): CurvedTarget {
  const { graph, inputs, layout } = posterior;
  return withGraph(graph, () => {
    const chosen = termsOf(posterior, objective);
    const { without = [] } = parts;
    const smooth = chosen.filter(({ term }) => !without.includes(term)).map(({ value }) => value);
    const { value, gradient: slopes } = valueAndGradient(
      smooth.length === 0 ? graph.scalar(0) : total(smooth),
      inputs,
    );
    const products = parts.products ? productsOf(inputs, slopes) : undefined;
    const quantities = posterior.quantities.map((quantity) => quantity.value);
    const program = compileProgram({
      density: { inputs, outputs: slopes, value },
      quantities: { inputs, outputs: quantities },
      terms: { inputs, outputs: chosen.map((one) => one.value) },
      unconstrain: posterior.inverse,
      ...(products && { hessianVector: products }),
      ...(parts.curvatureSlope && { curvatureSlope: curvatureSlopeOf(inputs, slopes) }),
      ...(parts.pullback && { pullback: pullbackOf(inputs, quantities) }),
    });
    return {
      kind: 'program' as const,
      dimension: posterior.dimension,
      program,
      layout,
      terms: chosen.map(({ term }) => term.name),
      hasProducts: products !== undefined,
    };
  });
}

/** The terms of an objective, in the form that costs least. */
function termsOf(posterior: Posterior, objective: Objective): { term: PosteriorTerm; value: Expression }[] {
  const { terms, folded } = posterior;
  return terms.flatMap((term, k) => {
    if (!belongs(term, objective)) return [];
    const placed = objective === 'posterior' ? term.placed?.() : undefined;
    return [{ term, value: placed ?? folded.values[k] }];
  });
}

function belongs({ role }: PosteriorTerm, objective: Objective): boolean {
  if (objective === 'density') return true;
  return role === 'likelihood' || (objective === 'posterior' && role === 'prior');
}

interface Procedure {
  readonly inputs: readonly Expression[];
  readonly outputs: readonly Expression[];
}

/** [position, v] → H·v: the gradient of the gradient's inner product with v. */
function productsOf(inputs: readonly Expression[], slopes: readonly Expression[]): Procedure | undefined {
  const vectors = inputs.map((input) => input.graph.input(`along ${input.name}`, input.shape));
  try {
    return { inputs: [...inputs, ...vectors], outputs: gradient(inner(slopes, vectors), inputs) };
  } catch (error) {
    if (error instanceof Error && error.message.endsWith('has no derivative')) return undefined;
    throw error;
  }
}

/** [position, v] → the gradient of vᵀHv by the position. */
function curvatureSlopeOf(inputs: readonly Expression[], slopes: readonly Expression[]): Procedure {
  const vectors = inputs.map((input) => input.graph.input(`along ${input.name}`, input.shape));
  const products = gradient(inner(slopes, vectors), inputs);
  return { inputs: [...inputs, ...vectors], outputs: gradient(inner(products, vectors), inputs) };
}

/** [position, w] → the gradient of the quantities' inner product with w. */
function pullbackOf(inputs: readonly Expression[], quantities: readonly Expression[]): Procedure {
  const weights = quantities.map((quantity, k) => quantity.graph.input(`weight ${k}`, quantity.shape));
  return { inputs: [...inputs, ...weights], outputs: gradient(inner(quantities, weights), inputs) };
}

function inner(left: readonly Expression[], right: readonly Expression[]): Expression {
  return total(left.map((part, k) => sum(mul(part, right[k]))));
}
