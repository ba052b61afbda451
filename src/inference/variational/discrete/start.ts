/**
 * Where the mean-field family of a model with discrete parameters begins: near a conditional mode, found by climbing along
 * continuous coordinates with the whole numbers held, and along whole numbers one at a time with all else held, in turn.
 */

import type { FullExports, Instance } from '../../../backend/wasm';
import type { Posterior } from '../../../model';
import { boundsOf } from '../../../model/discrete';
import { lbfgs } from '../../optimize/lbfgs';

export interface DiscreteStart {
  /** Unconstrained. */
  readonly position: Float64Array;
  /** Of a Gaussian with the curvature there, for continuous coordinates; 1 where that says nothing. */
  readonly deviations: Float64Array;
}

const CLIMB = { memory: 6, tolerance: 1e-4, maxIterations: 200 };
const MOST_ROUNDS = 10;
/** Evaluations that a round along whole numbers may take; with more the starting point has to do. */
const MOST_EVALUATIONS = 200_000;
/** Values that a whole number is tried at, if it has no more; else steps that double. */
const MOST_VALUES = 128;
const LONGEST_STEP = 1 << 20;
/** Continuous coordinates whose curvature is looked at. */
const MOST_CURVATURES = 1000;
const DIFFERENCE = 1e-4;
const WIDEST = 10;

/** A coordinate that takes whole numbers. */
interface Choice {
  readonly at: number;
  readonly lower: number;
  readonly upper: number;
}

/** @param isChosen whether continuous parameters start where the user says, so that whole numbers are to follow them */
export function discreteStart(
  instance: Instance<FullExports>,
  posterior: Posterior,
  from: Float64Array,
  isChosen: boolean,
): DiscreteStart {
  const choices = choicesOf(posterior);
  const cost = choices.reduce((sum, choice) => sum + candidatesOf(choice, 0).length, 0);
  let position = from;
  const climb = (): void => {
    if (choices.length < position.length) position = lbfgs(instance, position, CLIMB).position;
  };
  if (!isChosen) climb();
  let moved = cost <= MOST_EVALUATIONS;
  for (let round = 0; moved && round < MOST_ROUNDS; round++) {
    moved = choose(instance, position, choices);
    if (moved) climb();
  }
  return { position, deviations: deviationsAt(instance, position, new Set(choices.map(({ at }) => at))) };
}

function choicesOf({ inputs, discrete }: Posterior): Choice[] {
  const choices: Choice[] = [];
  let first = 0;
  for (const input of inputs) {
    const parameter = discrete.find((candidate) => candidate.input === input);
    if (parameter !== undefined) {
      const { lower, upper } = boundsOf(parameter);
      lower.forEach((bound, i) => choices.push({ at: first + i, lower: bound, upper: upper[i] }));
    }
    first += input.size;
  }
  return choices;
}

/** Values to try in place of one. */
function candidatesOf({ lower, upper }: Choice, value: number): number[] {
  if (upper - lower < MOST_VALUES) {
    return Array.from({ length: upper - lower + 1 }, (_, k) => lower + k).filter((k) => k !== value);
  }
  const result: number[] = [];
  for (let step = 1; step <= LONGEST_STEP; step *= 2) {
    for (const other of [value - step, value + step])
      if (other >= lower && other <= upper) result.push(other);
  }
  return result;
}

/** Moves each whole number to where the density is highest; false where all stayed. */
function choose(
  instance: Instance<FullExports>,
  position: Float64Array,
  choices: readonly Choice[],
): boolean {
  const { exports, dimension } = instance;
  const input = instance.buffer(8 * (dimension + 8));
  const result = input + 8 * (dimension + 4);
  const logDensity = (): number => {
    instance.view(input, dimension).set(position);
    exports.logDensities(input, 1, result);
    return instance.view(result, 1)[0];
  };
  let highest = logDensity();
  let moved = false;
  for (const choice of choices) {
    let best = position[choice.at];
    for (const value of candidatesOf(choice, best)) {
      position[choice.at] = value;
      const there = logDensity();
      if (!(there > highest)) continue;
      highest = there;
      best = value;
      moved = true;
    }
    position[choice.at] = best;
  }
  return moved;
}

function deviationsAt(
  instance: Instance<FullExports>,
  position: Float64Array,
  whole: ReadonlySet<number>,
): Float64Array {
  const deviations = new Float64Array(position.length).fill(1);
  if (position.length - whole.size > MOST_CURVATURES) return deviations;
  const gradient = new Float64Array(position.length);
  const slope = (at: number, shift: number): number => {
    const shifted = position.slice();
    shifted[at] += shift;
    instance.density(shifted, gradient);
    return gradient[at];
  };
  for (let at = 0; at < position.length; at++) {
    if (whole.has(at)) continue;
    const precision = (slope(at, -DIFFERENCE) - slope(at, DIFFERENCE)) / (2 * DIFFERENCE);
    const deviation = 1 / Math.sqrt(precision);
    if (deviation > 0) deviations[at] = Math.min(deviation, WIDEST);
  }
  return deviations;
}
