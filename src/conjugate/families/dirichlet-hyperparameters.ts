/** What the families of unknown probabilities share: counts are added to pseudo-counts. */
import { Dirichlet } from '../distributions/dirichlet';
import { special } from '../engine';
import { compensated, plus, type Compensated } from '../statistics/compensated';

export interface DirichletHyperparameters {
  /** Pseudo-counts, > 0, one for each category: ones are uniform, and their posterior mean is add-one smoothing. */
  readonly concentration: Float64Array;
}

export interface Counts {
  readonly observations: number;
  readonly counts: Float64Array;
  /** Σ log of the orders in which each observation can have come. */
  readonly ways: Compensated;
}

export const dirichletFamily = {
  nothing: ({ concentration }: DirichletHyperparameters): Counts =>
    counted(0, new Float64Array(concentration.length)),
  join: (a: Counts, b: Counts): Counts => ({
    observations: a.observations + b.observations,
    counts: a.counts.map((count, k) => count + b.counts[k]),
    ways: plus(a.ways, b.ways),
  }),
  observations: ({ observations }: Counts): number => observations,
  posterior: ({ concentration }: DirichletHyperparameters, { counts }: Counts): DirichletHyperparameters => ({
    concentration: concentration.map((a, k) => a + counts[k]),
  }),
  logEvidence({ concentration }: DirichletHyperparameters, { counts, ways }: Counts): number {
    const { logRisingFactorial } = special();
    const total = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
    let value = ways.sum + ways.rest - logRisingFactorial(total(concentration), total(counts));
    concentration.forEach((a, k) => (value += logRisingFactorial(a, counts[k])));
    return value;
  },
  distribution: ({ concentration }: DirichletHyperparameters): Dirichlet => new Dirichlet(concentration),
  strength({ concentration }: DirichletHyperparameters) {
    const total = concentration.reduce((a, b) => a + b, 0);
    return { mean: total, mode: total - concentration.length };
  },
};

export function counted(observations: number, counts: Float64Array, ways = 0): Counts {
  return { observations, counts, ways: compensated(ways) };
}

/** The pseudo-counts, copied and checked. */
export function concentrationOf(name: string, given: ArrayLike<number>): DirichletHyperparameters {
  const concentration = Float64Array.from(given);
  if (concentration.length < 2) throw new RangeError(`${name}: concentration must have at least 2 elements`);
  const wrong = concentration.findIndex((a) => !(a > 0 && a < Infinity));
  if (wrong < 0) return { concentration };
  throw new RangeError(`${name}: concentration[${wrong}] must be > 0 and finite, got ${given[wrong]}`);
}
