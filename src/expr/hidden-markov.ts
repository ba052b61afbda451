/** Hidden Markov models with the states summed out. */
import type { Expression } from './expression';
import { graphOf } from './graph';
import { at, slice } from './operations/layout';
import { logSumExp } from './operations/log-sum-exp';
import { reshape } from './operations/view';
import type { Operand } from './rank';
import { describeShape } from './shape';
import { scan } from './scan/scan';

/**
 * Log density of all observations of a hidden Markov chain, its states summed out by the forward algorithm in log space.
 *
 * @param logEmission [steps, states]: log density of each observation given each state
 * @param transition [states, states]: probability of the column's state after the row's
 * @param initial [states]: probability of each state at the first step
 * @throws RangeError for shapes that do not fit
 */
export function hmmMarginal(logEmission: Operand, transition: Operand, initial: Operand): Expression<0> {
  const graph = graphOf('hmmMarginal', [logEmission, transition, initial]);
  const [emission, matrix, start] = [logEmission, transition, initial].map((operand) =>
    graph.expression(operand),
  );
  const [steps, states] = emission.shape;
  const fits =
    emission.rank === 2 &&
    matrix.rank === 2 &&
    matrix.shape.every((extent) => extent === states) &&
    start.rank === 1 &&
    start.size === states;
  if (!fits) {
    throw new RangeError(
      `hmmMarginal: expected shapes [steps, states], [states, states] and [states], got ` +
        [emission, matrix, start].map(({ shape }) => describeShape(shape)).join(', '),
    );
  }
  const logTransition = matrix.log();
  const first = start.log().add(at(emission, 0));
  if (steps === 1) return logSumExp(first) as Expression<0>;
  const { state } = scan(
    { initial: { forward: first }, over: { now: slice(emission, 1) } },
    ({ forward }, { now }) => ({
      state: { forward: logSumExp(reshape(forward, [states, 1]).add(logTransition), 0).add(now) },
    }),
  );
  return logSumExp(state.forward) as Expression<0>;
}
