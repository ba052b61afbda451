/** Loops over time with carried state, as models write them. */
import type { Expression } from '../expression';
import { graphOf, withGraph } from '../graph';
import { expand } from '../operations/reduce';
import type { Lower, Operand, Raise, RankOf } from '../rank';
import { describeShape } from '../shape';
import { buildScan } from './build';

type Operands = Readonly<Record<string, Operand>>;
type Places<T extends Operands> = { readonly [K in keyof T]: Expression<RankOf<T[K]>> };
type Elements<T extends Operands> = { readonly [K in keyof T]: Expression<Lower<RankOf<T[K]>>> };

/** What a scan runs over. */
export interface ScanOptions<S extends Operands, X extends Operands> {
  /** State before the first step, by name. */
  readonly initial: S;
  /** Sequences, by name: the step sees an element of each, along their first axis. */
  readonly over?: X;
  /** Number of steps; that of the sequences unless there are none. */
  readonly length?: number;
  /** From the last element to the first; default false. */
  readonly reverse?: boolean;
}

/** What one step gives. */
export interface ScanStep<S extends Operands, Y extends Operands> {
  /** The state after the step: every name of the initial state, of the same shapes. */
  readonly state: { readonly [K in keyof S]: Operand };
  /** Results to keep for every step, by name. */
  readonly results?: Y;
}

export interface ScanResult<S extends Operands, Y extends Operands> {
  /** State after the last step. */
  readonly state: Places<S>;
  /** Results of all steps, with a leading axis of time. */
  readonly results: { readonly [K in keyof Y]: Expression<Raise<RankOf<Y[K]>>> };
}

/**
 * Repeats a step along sequences, handing a state from each to the next; differentiable, and not unrolled.
 *
 * @param step from the state and the elements of a step to the next state and the results to keep; called once, with
 *   placeholders
 * @throws RangeError for sequences of different lengths, or a state that changes its shape
 * @example
 * // GARCH(1,1): variances from yesterday's shock and yesterday's variance
 * const { results } = scan({ initial: { variance: v1 }, over: { shock } }, ({ variance }, { shock }) => ({
 *   state: { variance: alpha0.add(alpha1.mul(shock.square())).add(beta1.mul(variance)) },
 *   results: { variance },
 * }));
 */
export function scan<
  S extends Operands,
  X extends Operands = Readonly<Record<never, never>>,
  Y extends Operands = Readonly<Record<never, never>>,
>(
  options: ScanOptions<S, X>,
  step: (state: Places<S>, elements: Elements<X>) => ScanStep<S, Y>,
): ScanResult<S, Y> {
  const { initial, over = {} as X, reverse = false } = options;
  const graph = graphOf('scan', [...Object.values(initial), ...Object.values(over)]);
  const states = Object.entries(initial).map(([name, value]) => ({ name, value: graph.expression(value) }));
  const sequences = Object.entries(over).map(([name, value]) => ({ name, value: graph.expression(value) }));
  if (states.length === 0) throw new RangeError('scan: the state is empty; what has no state needs no scan');
  const length = lengthOf(sequences, options.length);

  const places = states.map(({ name, value }) => graph.input(`state ${name}`, value.shape));
  const elements = sequences.map(({ name, value }) => graph.input(`element ${name}`, value.shape.slice(1)));
  const { state, results = {} as Y } = withGraph(graph, () =>
    step(byName(states, places) as Places<S>, byName(sequences, elements) as Elements<X>),
  );
  const next = states.map(({ name, value }) => {
    if (!Object.hasOwn(state, name)) throw new RangeError(`scan: the step gives no next '${name}'`);
    const after = graph.expression(state[name]);
    try {
      return expand(after, value.shape);
    } catch {
      throw new RangeError(
        `scan: '${name}' begins as ${describeShape(value.shape)} and becomes ${describeShape(after.shape)}; a state keeps its shape`,
      );
    }
  });
  const stray = Object.keys(state).find((name) => !Object.hasOwn(initial, name));
  if (stray !== undefined)
    throw new RangeError(`scan: the step gives a state '${stray}' that the initial state does not have`);
  const kept = Object.entries(results).map(([name, value]) => ({ name, value: graph.expression(value) }));

  const built = buildScan({
    length,
    reverse,
    carries: places,
    initial: states.map(({ value }) => value),
    elements,
    sequences: sequences.map(({ value }) => value),
    next,
    stacked: kept.map(({ value }) => value),
    summed: [],
  });
  return { state: byName(states, built.final) as never, results: byName(kept, built.stacked) as never };
}

function lengthOf(
  sequences: readonly { name: string; value: Expression }[],
  given: number | undefined,
): number {
  for (const { name, value } of sequences) {
    if (value.rank === 0)
      throw new RangeError(`scan: '${name}' is a scalar, expected a sequence along its first axis`);
  }
  const lengths = sequences.map(({ value }) => value.shape[0]);
  const length = given ?? lengths[0];
  if (length === undefined || !Number.isInteger(length) || length < 1) {
    throw new RangeError(`scan: expected a length of at least 1, or sequences that have one; got ${length}`);
  }
  const other = sequences.find((_, k) => lengths[k] !== length);
  if (other)
    throw new RangeError(`scan: '${other.name}' has ${other.value.shape[0]} elements, expected ${length}`);
  return length;
}

function byName(
  names: readonly { name: string }[],
  values: readonly Expression[],
): Record<string, Expression> {
  return Object.fromEntries(names.map(({ name }, k) => [name, values[k]]));
}
