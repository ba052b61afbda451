/** Parameters that take whole numbers only, and the least and largest they can take. */
import type { AnyDistribution } from '../distributions/distribution';
import { expand, type Expression, type Operand } from '../expr';
import { isKnown, knownValues } from './known';

/** A parameter whose coordinates in the unconstrained position are its values: no transform, no Jacobian. */
export interface DiscreteParameter {
  readonly name: string;
  /** Its segment of the position, one of `posterior.inputs`. */
  readonly input: Expression;
  /** What it is drawn from, given the parameters before it. */
  readonly distribution: AnyDistribution;
}

/** The least and the largest value of each element of a discrete parameter. */
export interface WholeBounds {
  /** −∞ where there is none, or where it depends on other parameters. */
  readonly lower: Float64Array;
  /** ∞ where there is none, or where it depends on other parameters. */
  readonly upper: Float64Array;
}

/** Bounds of a discrete parameter, row-major, as far as they are known before sampling. */
export function boundsOf({ input, distribution: { support } }: DiscreteParameter): WholeBounds {
  const each = (bound: Operand | undefined, otherwise: number): Float64Array => {
    const given = bound === undefined || !isKnown(bound) ? otherwise : bound;
    if (typeof given === 'number') return new Float64Array(input.size).fill(given);
    return Float64Array.from(knownValues(expand(input.graph.expression(given), input.shape)));
  };
  return { lower: each(support.lower, -Infinity), upper: each(support.upper, Infinity) };
}
