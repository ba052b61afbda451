/** Systems of differential equations, as models write them. */
import { requireInteger } from '../../arguments';
import { Expression } from '../expression';
import { gradient } from '../gradient';
import { graphOf, withGraph } from '../graph';
import { stack } from '../operations/layout';
import { reshape } from '../operations/view';
import type { Operand } from '../rank';
import { describeShape } from '../shape';
import { Captures, replaceLargest } from '../substitute';
import { classifier, Dependence } from '../scan/dependence';
import { odeNode } from './operation';

export interface OdeOptions {
  /** State at `start`: a vector, or scalars. */
  readonly initial: Operand | readonly Operand[];
  /** Times at which the solution is wanted: data, none before `start`, ascending. */
  readonly times: Operand;
  /** Time of the initial state; default 0. */
  readonly start?: number;
  /** Accepted error per step, relative to the state; default 1e-6. */
  readonly relativeTolerance?: number;
  /** Accepted error per step, in the units of the state; default 1e-6. */
  readonly absoluteTolerance?: number;
  /** Steps after which the solver gives up; default 10,000. */
  readonly maxSteps?: number;
  /**
   * 'rk45' (default): Dormand & Prince's Runge–Kutta pair of orders 5 and 4 with dense output. 'stiff': the Rosenbrock
   * W-method ROS34PW2 of orders 3 and 2 (Rang & Angermann 2005), with the exact Jacobian.
   */
  readonly method?: 'rk45' | 'stiff';
}

/**
 * Solves d state/dt = f(t, state) with an adaptive step; differentiable in the initial state and in whatever f uses. A
 * solve that fails (too many steps, a state that is not finite) gives NaN, so that the point is rejected.
 *
 * @param derivative from time and state (a vector) to the state's derivative, a vector or scalars; called once
 * @returns the solution: [times, size of the state]
 * @throws RangeError for times that are not data, not ascending or before `start`; for tolerances that are not positive;
 *   for a derivative of another size than the state's
 * @example
 * const z = odeSolve((t, z) => [z.at(0).mul(a.sub(b.mul(z.at(1)))), z.at(1).mul(d.mul(z.at(0)).sub(c))], { initial, times });
 */
export function odeSolve(
  derivative: (time: Expression<0>, state: Expression<1>) => Operand | readonly Operand[],
  options: OdeOptions,
): Expression<2> {
  const {
    start = 0,
    relativeTolerance = 1e-6,
    absoluteTolerance = 1e-6,
    maxSteps = 10_000,
    method = 'rk45',
  } = options;
  const scalars = isList(options.initial) ? options.initial : [options.initial];
  const graph = graphOf('odeSolve', [...scalars, options.times]);
  const vector = (value: Operand | readonly Operand[]): Expression => {
    if (!isList(value)) return graph.expression(value);
    return stack(value.map((part) => reshape(graph.expression(part), [])));
  };
  const initial = vector(options.initial);
  if (initial.rank !== 1) {
    throw new RangeError(`odeSolve: the initial state must be a vector, got ${describeShape(initial.shape)}`);
  }
  if (method !== 'rk45' && method !== 'stiff') {
    throw new RangeError(`odeSolve: method must be 'rk45' or 'stiff', got ${String(method)}`);
  }
  if (!(relativeTolerance > 0 && absoluteTolerance > 0)) {
    throw new RangeError(
      `odeSolve: tolerances must be > 0, got ${relativeTolerance} and ${absoluteTolerance}`,
    );
  }
  requireInteger('odeSolve', 'maxSteps', maxSteps, 1);
  const times = graph.expression(options.times);
  checkTimes(times, start);

  const time = graph.input('time');
  const state = graph.input('state', initial.shape);
  const slope = withGraph(graph, () => vector(derivative(time as Expression<0>, state as Expression<1>)));
  if (slope.rank !== 1 || slope.size !== initial.size) {
    throw new RangeError(
      `odeSolve: the derivative has shape ${describeShape(slope.shape)}, the state ${describeShape(initial.shape)}`,
    );
  }
  const stiff = method === 'stiff';
  const jacobian = stiff
    ? stack(Array.from({ length: initial.size }, (_, i) => gradient(slope.at(i), [state])[0]))
    : undefined;

  const dependence = classifier([state], [time]);
  const captures = new Captures();
  const [inside, localJacobian] = replaceLargest([slope, jacobian ?? slope], (node) =>
    dependence(node) === Dependence.None ? captures.place(node) : undefined,
  );
  const body = {
    time,
    state,
    captured: captures.places,
    slope: inside,
    jacobian: jacobian && localJacobian,
  };
  const fixed = [
    initial,
    graph.scalar(start),
    reshape(times, [times.size]),
    graph.scalar(relativeTolerance),
    graph.scalar(absoluteTolerance),
  ];
  return odeNode(body, { base: initial.size, stiff, maxSteps }, [
    ...fixed,
    ...captures.values,
  ]) as Expression<2>;
}

function isList(value: Operand | readonly Operand[]): value is readonly Operand[] {
  return Array.isArray(value) && value.some((part) => part instanceof Expression);
}

function checkTimes(times: Expression, start: number): void {
  if (!times.values) throw new RangeError('odeSolve: the times must be data');
  let before = start;
  times.values.forEach((time, i) => {
    if (!(time >= before)) {
      throw new RangeError(
        `odeSolve: times[${i}] is ${time}, expected at least ${before}: times ascend from the start`,
      );
    }
    before = time;
  });
}
