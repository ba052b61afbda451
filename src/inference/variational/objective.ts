/** An approximation that is an expression of base noise, and the program that its bound is climbed with. */

import { fullInstance } from '../../backend/wasm';
import { compileProgram } from '../../compile';
import { concat, type Expression, gradient, reshape, sum, total, withGraph } from '../../expr';
import { substitute } from '../../expr/substitute';
import type { Posterior } from '../../model';
import type { ParameterList } from './parameters';

const DENSITY = 0;

/** Draws made from standard normal noise ε by a transformation. */
export interface Transformation {
  readonly parameters: ParameterList;
  /** The slot that base noise is written to: a vector. */
  readonly noise: Expression;
  /** The unconstrained position of a draw: `dimension` values. */
  readonly position: Expression;
  /** log |det| of the derivative of the position by the noise. */
  readonly logDeterminant: Expression;
  /** Log density of the approximation at an unconstrained position: a vector of `dimension` values. */
  readonly logDensity: (position: Expression) => Expression;
  /**
   * Derivatives of the draw's log density by the parameters, the draw held fixed; their mean is 0. Absent where the
   * density is known by its noise only.
   */
  readonly score?: () => readonly Expression[];
  /** Where whole numbers are drawn. */
  readonly choices?: Choices;
}

/**
 * Whole numbers among the draws. Their places stand in all expressions of the transformation until derivatives have been
 * taken, which whole numbers have none of.
 */
export interface Choices {
  /** What they are, by their places: expressions of parameters and noise. */
  readonly values: ReadonlyMap<Expression, Expression>;
  /** Log mass of each number, given what it depends on: a vector. */
  readonly logMasses: Expression;
  /** What of log p(D, θ) − log q(θ) each number can change: a vector of as many. */
  readonly signals: Expression;
}

/** The program of a transformation: what the module climbs, and what gives draws. */
export interface Objective {
  readonly program: Uint8Array;
  /** Parameters of the transformation. */
  readonly dimension: number;
  readonly noise: number;
  /** Whole numbers in a draw. */
  readonly choices: number;
  readonly initial: Float64Array;
}

/**
 * Procedure 0: log p(T(ε)) + log |det T′(ε)| and its gradient by the parameters; procedure 1: T(ε), then log |det T′(ε)|.
 * Where whole numbers are drawn, slot 1 has a weight for the score of each, which is added to the gradient, and procedure 2
 * gives the signals that make the weights, with the value of procedure 0.
 *
 * @param landing gradients follow the path alone: without the score, which has mean 0 (Roeder, Wu & Duvenaud 2017)
 */
export function objectiveOf(
  posterior: Posterior,
  transformation: Transformation,
  landing = false,
): Objective {
  const { parameters, noise, position, logDeterminant, score, choices } = transformation;
  const { inputs } = parameters;
  const { graph } = posterior;
  return withGraph(graph, () => {
    const logDensity = total(substitute(posterior.folded.values, segmentsOf(posterior, position)));
    const bound = logDensity.add(logDeterminant) as Expression;
    const count = choices?.logMasses.size ?? 0;
    const weights = choices && graph.slot('weights', new Float64Array(count), [count]);
    const climbed = weights ? (bound.add(sum(weights.mul(choices.logMasses))) as Expression) : bound;
    const scores = landing ? score!() : [];
    const slopes = gradient(climbed, inputs).map((slope, i) =>
      landing ? (slope.add(scores[i]) as Expression) : slope,
    );
    const filled = (expressions: readonly Expression[]): Expression[] =>
      choices === undefined ? [...expressions] : substitute(expressions, choices.values);
    const [value] = filled([bound]);
    const program = compileProgram({
      density: { inputs, outputs: filled(slopes), value },
      quantities: { inputs, outputs: filled([concat([position, reshape(logDeterminant, [1])])]) },
      ...(choices && { terms: { inputs, outputs: filled([choices.signals]), value } }),
      slots: weights ? [noise, weights] : [noise],
    });
    const initial = parameters.initial();
    return { program, dimension: initial.length, noise: noise.size, choices: count, initial };
  });
}

/** The posterior's inputs as parts of one position. */
export function segmentsOf(posterior: Posterior, position: Expression): Map<Expression, Expression> {
  let offset = 0;
  return new Map(
    posterior.inputs.map((input) => {
      const segment = reshape(position.slice(offset, offset + input.size), input.shape);
      offset += input.size;
      return [input, segment as Expression];
    }),
  );
}

/** The log density of a transformation whose parameters have come to rest, at any unconstrained position. */
export async function densityAnywhere(
  { graph, dimension }: Posterior,
  { parameters, logDensity }: Transformation,
  values: Float64Array,
): Promise<(position: Float64Array) => number> {
  const program = withGraph(graph, () => {
    const position = graph.input('position', [dimension]);
    const [value] = substitute([logDensity(position)], parameters.valued(values));
    return compileProgram({ density: { inputs: [position], outputs: [], value } });
  });
  const instance = await fullInstance({ kind: 'program', dimension, program });
  return (position) => instance.value(DENSITY, position);
}
