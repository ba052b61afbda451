/** That Stan's program and ours are one model: their log densities differ by the same constant at every point. */
import { BaselineProgram } from '../../src/backend/baseline';
import { Generator } from '../random';
import type { Subject } from '../subject';
import type { NativeEvaluation, Point } from './native';

/** Where the two are compared: where gradients are timed, and two places nearby. */
export function comparedPositions({ position }: Subject): Float64Array[] {
  const random = new Generator(15);
  return [position, ...[1, 2].map(() => position.map((value) => value + 0.05 * random.normal()))];
}

/** Constrained values of the parameters at a position. */
export function pointAt({ posterior: { target } }: Subject, position: Float64Array): Point {
  const { quantities, size } = target.layout;
  const values = new Float64Array(size);
  new BaselineProgram(target.program).call('quantities', position, values);
  return Object.fromEntries(
    quantities
      .filter(({ kind }) => kind === 'parameter')
      .map(({ name, shape, offset }) => {
        if (shape.length === 0) return [name, values[offset]];
        const count = shape.reduce((product, extent) => product * extent, 1);
        return [name, { values: values.slice(offset, offset + count), shape }];
      }),
  );
}

/** Error of the log density relative to its size, where the subject does not ask for less. */
const TOLERANCE = 1e-9;

/**
 * Jacobians count where Stan's transforms are ours. Stan 2.21 has another map onto simplexes; there the densities are
 * compared without.
 */
export function requireSameModel(
  model: string,
  subject: Subject,
  positions: readonly Float64Array[],
  evaluations: readonly NativeEvaluation[],
): void {
  const sameTransforms = positions.every((position, i) =>
    position.every(
      (value, j) => Math.abs(value - evaluations[i].position[j]) <= 1e-9 * (1 + Math.abs(value)),
    ),
  );
  const ours = positions.map((position) => logDensity(subject, position, sameTransforms));
  const theirs = evaluations.map(({ density, densityWithoutJacobians }) =>
    sameTransforms ? density : densityWithoutJacobians,
  );
  const tolerance = subject.stan?.tolerance ?? TOLERANCE;
  for (let i = 1; i < ours.length; i++) {
    const expected = theirs[i] - theirs[0];
    const found = ours[i] - ours[0];
    if (Math.abs(found - expected) <= tolerance * Math.abs(ours[0])) continue;
    throw new Error(
      `${model}: from point 0 to ${i}, Stan's log density changes by ${expected}, ours by ${found}`,
    );
  }
}

function logDensity({ posterior }: Subject, position: Float64Array, withJacobians: boolean): number {
  const values = new Float64Array(posterior.terms.length);
  new BaselineProgram(posterior.target.program).call('terms', position, values);
  return posterior.terms.reduce(
    (sum, { role }, i) => (role === 'jacobian' && !withJacobians ? sum : sum + values[i]),
    0,
  );
}
