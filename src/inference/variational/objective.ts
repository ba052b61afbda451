/** An approximation that is an expression of base noise, and the program that its bound is climbed with. */

import { compileProgram } from '../../compile';
import { concat, type Expression, reshape, total, withGraph } from '../../expr';
import { gradient } from '../../expr';
import { substitute } from '../../expr/substitute';
import type { Posterior } from '../../model';
import type { ParameterList } from './parameters';

/** Draws made from standard normal noise ε by a smooth transformation. */
export interface Transformation {
  readonly parameters: ParameterList;
  /** The slot that base noise is written to: a vector. */
  readonly noise: Expression;
  /** The unconstrained position of a draw: `dimension` values. */
  readonly position: Expression;
  /** log |det| of the derivative of the position by the noise. */
  readonly logDeterminant: Expression;
}

/** The program of a transformation: what the module climbs, and what gives draws. */
export interface Objective {
  readonly program: Uint8Array;
  /** Parameters of the transformation. */
  readonly dimension: number;
  readonly noise: number;
  readonly initial: Float64Array;
}

/**
 * Procedure 0: log p(T(ε)) + log |det T′(ε)| and its gradient by the parameters; procedure 1: T(ε), then log |det T′(ε)|.
 */
export function objectiveOf(posterior: Posterior, transformation: Transformation): Objective {
  const { parameters, noise, position, logDeterminant } = transformation;
  return withGraph(posterior.graph, () => {
    let offset = 0;
    const segments = new Map(
      posterior.inputs.map((input) => {
        const segment = reshape(position.slice(offset, offset + input.size), input.shape);
        offset += input.size;
        return [input, segment as Expression];
      }),
    );
    const logDensity = total(substitute(posterior.folded.values, segments));
    const value = logDensity.add(logDeterminant) as Expression;
    const program = compileProgram({
      density: { inputs: parameters.inputs, outputs: gradient(value, parameters.inputs), value },
      quantities: {
        inputs: parameters.inputs,
        outputs: [concat([position, reshape(logDeterminant, [1])])],
      },
      slots: [noise],
    });
    const initial = parameters.initial();
    return { program, dimension: initial.length, noise: noise.size, initial };
  });
}
