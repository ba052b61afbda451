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
import { addendsIn } from './addends';

/** Groups of rows that are summed one by one. */
const FEW_GROUPS = 16;
/** Most pairs of an element and a whole number, for each of both. */
const MOST_PAIRS = 8;

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
  return terms.flatMap(({ name, value, pointwise, distribution }) => {
    if (pointwise !== undefined) return pointwise();
    if (distribution === undefined) return addendsIn(value);
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

/** The elements of a part, added up for each whole number that they depend on. */
function spread(part: Expression, rows: Dependence, ancestors: readonly Set<number>[]): Expression {
  const count = ancestors.length;
  if (rows.count === 1) return masked(sum(part), touchedBy(rows.row(0), ancestors), count);
  const groups = groupsOf(part.size, rows, ancestors);
  const elements = reshape(part, [part.size]);
  if (groups.length <= FEW_GROUPS) {
    const sums = groups.map(({ rows: own, touched }) => {
      const whole = own.length === part.size;
      return masked(sum(whole ? part : gather(elements, Int32Array.from(own))), touched, count);
    });
    return sums.reduce((a, b) => a.add(b) as Expression);
  }
  const pairs = groups.reduce((total, { rows: own, touched }) => total + own.length * touched.length, 0);
  if (pairs <= MOST_PAIRS * (part.size + count)) return scattered(elements, groups, count);
  // Dearer to tell apart than it is worth.
  return masked(sum(part), [...new Set(groups.flatMap(({ touched }) => touched))], count);
}

/** Rows of a part that depend on the same whole numbers, and those, with their ancestors. */
interface Group {
  readonly rows: number[];
  readonly touched: readonly number[];
}

function groupsOf(size: number, rows: Dependence, ancestors: readonly Set<number>[]): Group[] {
  const groups = new Map<string, Group>();
  for (let row = 0; row < size; row++) {
    const own = rows.row(row);
    if (own?.length === 0) continue;
    const key = own === undefined ? '' : own.join();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { rows: [row], touched: touchedBy(own, ancestors) });
    else group.rows.push(row);
  }
  return [...groups.values()];
}

/** Some whole numbers (undefined: all) and their ancestors. */
function touchedBy(own: Int32Array | undefined, ancestors: readonly Set<number>[]): number[] {
  if (own === undefined) return [...ancestors.keys()];
  return [...new Set([...own].flatMap((one) => [...ancestors[one]]))];
}

/** One number, where it counts. */
function masked(value: Expression, touched: readonly number[], count: number): Expression {
  if (touched.length === count) return expand(value, [count]);
  const mask = new Float64Array(count);
  for (const one of touched) mask[one] = 1;
  return value.graph.constant(mask).mul(value) as Expression;
}

/** Each element, added to all that it touches. */
function scattered(elements: Expression, groups: readonly Group[], count: number): Expression {
  const from: number[] = [];
  const to: number[] = [];
  for (const { rows, touched } of groups) {
    for (const row of rows) {
      for (const one of touched) {
        from.push(row);
        to.push(one);
      }
    }
  }
  const isOneToOne =
    from.length === count && elements.size === count && from.every((row, i) => row === i && to[i] === i);
  if (isOneToOne) return elements;
  const { graph } = elements;
  const positions = graph.integers(Int32Array.from(to), [to.length]);
  return graph.node(scatterAddOperation, [gather(elements, Int32Array.from(from)), positions], [count], {
    inner: 1,
  });
}
