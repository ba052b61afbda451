/**
 * What each whole number of a draw can change of log p(D, θ) − log q(θ): the addends that depend on it, or on whole
 * numbers drawn given it. The score function's gradient needs no others, as their mean is the same whatever it is
 * (Rao-Blackwellisation by Markov blanket: Ranganath, Gerrish & Blei 2014).
 */

import { expand, type Expression, gather, reshape, sum } from '../../../expr';
import { scatterAddOperation } from '../../../expr/operations/indexing';
import { substitute } from '../../../expr/substitute';
import type { Posterior } from '../../../model';
import { dependenceOf, type Dependence } from '../../laplace/dependence';

/** A parameter of whole numbers. */
export interface Choice {
  /** Stands for its value. */
  readonly place: Expression;
  /** Log mass of each element, given those drawn before. */
  readonly logMass: Expression;
}

/**
 * One sum for each whole number, in the order of the choices: a vector. Every expression is one of noise, of parameters of
 * the approximation, and of the choices' places.
 *
 * @param values of the posterior's inputs
 * @param others addends besides those of the posterior, each of any shape
 */
export function signalsOf(
  posterior: Posterior,
  values: readonly Expression[],
  others: readonly Expression[],
  choices: readonly Choice[],
): Expression {
  const { graph, inputs } = posterior;
  const first = new Map<Expression, number>();
  let count = 0;
  for (const { place } of choices) {
    first.set(place, count);
    count += place.size;
  }
  const ancestors = ancestorsOf(choices, first);
  const onto = new Map(inputs.map((input, i) => [input, values[i]]));
  const parts = [...substitute(addendsOf(posterior), onto), ...others];
  const dependence = dependenceOf(parts, first);
  let signals = graph.filled(0, [count]);
  parts.forEach((part, number) => {
    const rows = dependence[number];
    if (rows !== undefined) signals = signals.add(spread(part, rows, ancestors)) as Expression;
  });
  return signals;
}

/** The log density in addends as small as can be told apart. */
function addendsOf({ terms, quantities }: Posterior): Expression[] {
  return terms.map(({ name, value, pointwise, distribution }) => {
    if (pointwise !== undefined) return pointwise();
    if (distribution === undefined) return value;
    return distribution.logDensity(quantities.find((quantity) => quantity.name === name)!.value);
  });
}

/** For each whole number itself and those that its mass depends on, theirs included. */
function ancestorsOf(choices: readonly Choice[], first: ReadonlyMap<Expression, number>): Set<number>[] {
  const ancestors: Set<number>[] = [];
  const masses = dependenceOf(
    choices.map(({ logMass }) => logMass),
    first,
  );
  choices.forEach(({ place }, number) => {
    for (let i = 0; i < place.size; i++) {
      const self = ancestors.length;
      const before = masses[number]?.row(i) ?? Int32Array.from({ length: first.get(place)! }, (_, k) => k);
      const all = new Set([self]);
      for (const other of before) if (other < self) ancestors[other].forEach((one) => all.add(one));
      ancestors.push(all);
    }
  });
  return ancestors;
}

/** Adds the elements of a part to the sums of all whole numbers that they depend on. */
function spread(part: Expression, rows: Dependence, ancestors: readonly Set<number>[]): Expression {
  const { graph } = part;
  const count = ancestors.length;
  const touched = (row: number): Iterable<number> | undefined => {
    const own = rows.row(row);
    return own && new Set([...own].flatMap((coordinate) => [...ancestors[coordinate]]));
  };
  if (rows.count === 1) {
    const whole = sum(part);
    const those = touched(0);
    if (those === undefined) return expand(whole, [count]);
    const mask = new Float64Array(count);
    for (const one of those) mask[one] = 1;
    return graph.constant(mask).mul(whole) as Expression;
  }
  const from: number[] = [];
  const to: number[] = [];
  const everywhere: number[] = [];
  for (let row = 0; row < part.size; row++) {
    const those = touched(row);
    if (those === undefined) everywhere.push(row);
    else {
      for (const one of those) {
        from.push(row);
        to.push(one);
      }
    }
  }
  const elements = reshape(part, [part.size]);
  let result = graph.filled(0, [count]);
  const isOneToOne =
    from.length === count && part.size === count && from.every((row, i) => row === i && to[i] === i);
  if (isOneToOne) result = elements;
  else if (from.length > 0) {
    const taken = gather(elements, Int32Array.from(from));
    const positions = graph.integers(Int32Array.from(to), [to.length]);
    result = graph.node(scatterAddOperation, [taken, positions], [count], { inner: 1 });
  }
  if (everywhere.length === 0) return result;
  return result.add(sum(gather(elements, Int32Array.from(everywhere)))) as Expression;
}
