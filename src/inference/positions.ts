/** Draws of a result as unconstrained positions, with their log densities. */

import { fullInstance, type FullExports, type Instance } from '../backend/wasm';
import { evaluateDraws } from './approximation';
import type { NamedDraws } from './named-draws';
import type { Posterior } from '../model';

/** Number of the procedure that takes constrained parameters to a position. */
const UNCONSTRAIN = 3;

/** The unconstrained density of a posterior, evaluated many positions at a time. */
export class Unconstrained {
  private constructor(
    private readonly posterior: Posterior,
    private readonly instance: Instance<FullExports>,
  ) {}

  static async of(posterior: Posterior): Promise<Unconstrained> {
    return new Unconstrained(posterior, await fullInstance(posterior.valueTarget));
  }

  get dimension(): number {
    return this.instance.dimension;
  }

  /** Log density, Jacobian included, of positions that follow one another; −∞ where it is not finite. */
  logDensities(positions: Float64Array): Float64Array {
    return evaluateDraws(this.instance, { quantities: [], size: 0, coords: {} }, positions).logDensities;
  }

  /** Positions of a result's draws: chain after chain, draw after draw. */
  positionsOf(method: string, draws: NamedDraws): Float64Array {
    return positionsOf(method, this.posterior, this.instance, draws);
  }
}

/**
 * Positions of a result's draws, by an instance of the posterior's program: chain after chain, draw after draw.
 *
 * @throws RangeError for draws of another model, without all parameters, or on the edge of their support
 */
export function positionsOf(
  method: string,
  posterior: Posterior,
  instance: Instance,
  draws: NamedDraws,
): Float64Array {
  const { dimension } = posterior;
  const parameters = posterior.layout.quantities.filter(({ kind }) => kind === 'parameter');
  const columns = parameters.flatMap(({ name, shape }) => {
    const found = draws.layout.quantities.find((quantity) => quantity.name === name);
    const size = shape.reduce((product, length) => product * length, 1);
    if (found === undefined || found.shape.join() !== shape.join()) {
      throw new RangeError(`${method}: the draws are not of this model, or '${name}' was not kept`);
    }
    return Array.from({ length: size }, (_, i) => draws.quantityDraws(found.offset + i));
  });
  const chains = columns[0].length;
  const length = draws.drawsPerChain;
  const positions = new Float64Array(chains * length * dimension);
  const constrained = new Float64Array(columns.length);
  for (let chain = 0, at = 0; chain < chains; chain++) {
    for (let draw = 0; draw < length; draw++, at += dimension) {
      columns.forEach((column, i) => (constrained[i] = column[chain][draw]));
      positions.set(instance.call(UNCONSTRAIN, constrained, dimension), at);
    }
  }
  if (!positions.every(Number.isFinite)) {
    throw new RangeError(
      `${method}: some draws lie on the edge of their support, where rounding has put them`,
    );
  }
  return positions;
}
