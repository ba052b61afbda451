/** What is wrong with where an optimiser stopped, in words that name parameters. */

import type { Samplable } from '../posterior';
import { coordinateName, stretchesOf } from './coordinates';
import type { Direction, Information } from './information';
import type { AscentEnding } from './lbfgs';

/** A last step of Newton's method that moves no coordinate further than this, relative to its size, is rounding. */
const SETTLED = 1e-6;
/** Beyond this a coordinate of a bounded parameter lies at its bound. */
const FAR = 12;

/** Where an optimiser stopped. */
export interface Stop {
  readonly position: Float64Array;
  readonly gradient: Float64Array;
  readonly ending: AscentEnding;
  readonly iterations: number;
  /** Last step of Newton's method, and its largest move relative to max(1, |coordinate|). */
  readonly step: Float64Array;
  readonly move: number;
}

/** Why the place is no maximum that can be relied on; undefined where it is one. */
export function problemOf(
  posterior: Samplable,
  stop: Stop,
  information: Information | undefined,
): string | undefined {
  const { position, gradient, ending, iterations, step, move } = stop;
  const atBound = boundedAt(posterior, position);
  if (atBound !== undefined && !(move <= SETTLED)) {
    return (
      `'${atBound}' runs to the edge of its support: the maximum lies on the boundary, where neither a mode in the ` +
      'interior nor standard errors exist'
    );
  }
  const flat = information?.flatDirections() ?? [];
  if (flat.length > 0) {
    const named = flat.map((direction) => inWords(posterior, direction)).join('; ');
    return `the log density is flat, or not curved downwards, ${named}: the data and priors do not determine them`;
  }
  if (ending === 'converged' || move <= SETTLED) return undefined;
  const mover = largest(step, position);
  const name = coordinateName(posterior, mover);
  if (move <= 0.5) {
    return (
      `the log density keeps rising, ever more slowly, as '${name}' grows: after ${iterations} iterations it is at ` +
      `${position[mover].toPrecision(4)} and the next step is ${step[mover].toPrecision(2)}; the maximum seems to be ` +
      'infinitely far (as for perfectly separated classes)'
    );
  }
  return (
    `no maximum after ${iterations} iterations: the log density still rises by ${Math.abs(gradient[mover]).toPrecision(2)} ` +
    `a unit of '${name}' (unconstrained); allow more with maxIterations, or look whether the model determines it`
  );
}

/** Name of a bounded parameter at its bound. */
function boundedAt(posterior: Samplable, position: Float64Array): string | undefined {
  for (const { start, size, isReal } of stretchesOf(posterior)) {
    if (isReal) continue;
    for (let i = start; i < start + size; i++) {
      if (Math.abs(position[i]) > FAR) return coordinateName(posterior, i);
    }
  }
  return undefined;
}

function largest(step: Float64Array, position: Float64Array): number {
  let at = 0;
  let most = -1;
  step.forEach((value, i) => {
    const relative = Math.abs(value) / Math.max(1, Math.abs(position[i]));
    if (relative > most) [at, most] = [i, relative];
  });
  return at;
}

/** `along 0.71·a − 0.71·b`, the largest components alone. */
export function inWords(posterior: Samplable, { components, share }: Direction): string {
  const order = Array.from(components.keys()).sort(
    (a, b) => Math.abs(components[b]) - Math.abs(components[a]),
  );
  const shown = order
    .filter((i) => Math.abs(components[i]) > 0.1 * Math.abs(components[order[0]]))
    .slice(0, 4);
  const parts = shown.map((i) => `${components[i].toFixed(2)}·'${coordinateName(posterior, i)}'`);
  const left = share > 0 ? `curvature left: ${share.toExponential(0)} of its own` : 'no curvature left';
  return `along ${parts.length === 1 ? `'${coordinateName(posterior, shown[0])}'` : parts.join(' + ')} (${left})`;
}
