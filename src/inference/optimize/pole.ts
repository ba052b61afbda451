/** Poles: places where a density is infinite, so that it has no maximum. */

import type { Samplable } from '../posterior';
import { coordinateName, outlineOf, stretchesOf } from './coordinates';

/** A bounded parameter this many units of the unconstrained space from the middle lies at its bound. */
const FAR = 12;
/** Growth of the log density a unit further out: that of a density that stays finite dies away. */
const GROWTH = 0.3;
/** A bound this near to 0 is 0. */
const ZERO = 1e-3;

/** A bounded scalar that runs to its bound although the log density never stops growing. */
export interface Pole {
  /** Name of the scalar, such as `local[2]`. */
  readonly parameter: string;
  /** The density grows like distance from the bound to the power of minus this. */
  readonly rate: number;
  /** Where it was last. */
  readonly value: number;
}

const WITHOUT_JACOBIAN =
  'take the mode of the unconstrained density (maximumAPosteriori with jacobian: true)';
const OTHERWISE = 'make the parameters that it scales noncentered, or integrate them out (laplaceMarginal)';

/** The density grows without bound where a parameter nears the edge of its support. */
export class PoleError extends Error {
  override readonly name = 'PoleError';
  readonly pole: Pole;

  /** @param jacobian whether the density is that of the unconstrained parameters already */
  constructor(caller: string, pole: Pole, jacobian: boolean) {
    const { parameter, rate, value } = pole;
    const where =
      Math.abs(value) < ZERO
        ? `a pole at zero of '${parameter}'`
        : `a pole where '${parameter}' reaches the edge of its support, near ${value.toPrecision(3)}`;
    super(
      `${caller}: there is no mode: the density has ${where}, where it grows without bound, like ` +
        `distance^−${rate.toPrecision(2)}, as horseshoe priors and hierarchical scales make it do; sample the ` +
        `posterior instead (nuts), or ${jacobian ? OTHERWISE : WITHOUT_JACOBIAN}`,
    );
    this.pole = pole;
  }
}

/** The pole that an optimiser has run into, if any. */
export function poleAt(
  posterior: Samplable,
  position: Float64Array,
  gradient: Float64Array,
  quantities: Float64Array,
): Pole | undefined {
  let worst: { index: number; rate: number; value: number } | undefined;
  for (const { name, start, size, isReal } of stretchesOf(posterior)) {
    if (isReal) continue;
    const { offset } = outlineOf(posterior).layout.quantities.find((quantity) => quantity.name === name)!;
    for (let i = start; i < start + size; i++) {
      const outwards = gradient[i] * Math.sign(position[i]);
      if (Math.abs(position[i]) < FAR || !(outwards > GROWTH)) continue;
      const value = quantities[offset + i - start];
      if (worst === undefined || outwards > worst.rate) worst = { index: i, rate: outwards, value };
    }
  }
  if (worst === undefined) return undefined;
  const { index, rate, value } = worst;
  return { parameter: coordinateName(posterior, index), rate, value };
}
