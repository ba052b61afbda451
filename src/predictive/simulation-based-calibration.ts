/** Simulation-based calibration: does a sampler find what data were simulated from, as often as it should? */

import { requireInteger } from '../arguments';
import { type EcdfDifference, sbcEcdf, sbcRank } from '../diagnostics';
import { momentsOf } from '../diagnostics/moments';
import type { NamedDraws, Ranks } from '../inference';
import { ModelError } from '../model/error';
import type { Model } from '../model/model';
import type { Posterior } from '../model/posterior';
import type { DataOf, Declarations } from '../model/types';
import { random } from '../random';
import { scalars } from '../report/names';
import { alignedTable } from '../report/table';
import { priorPredictive } from './prior';
import { seedOf } from './options';
import { requireKnownOptions } from '../model/known-options';

export interface SimulationBasedCalibrationOptions<Q extends Ranks> {
  /**
   * Samples the posterior of simulated data; `simulation` counts from 0 and makes a good part of a seed:
   * `(posterior, simulation) => nuts(posterior, { chains: 1, seed: simulation })`.
   */
  readonly sample: (posterior: Posterior<Q>, simulation: number) => Promise<NamedDraws<Q>>;
  /** Data sets to simulate; default 200. */
  readonly simulations?: number;
  /** Draws of each posterior that the truth is ranked among, taken at even distances; default 63. */
  readonly draws?: number;
  /** Integer in [0, 2⁵³) of the simulated data; by default a fresh one. */
  readonly seed?: number;
  /** Parameters to rank, by name; all by default. */
  readonly names?: readonly (keyof Q & string)[];
  /** Ends the calibration early: the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (simulation: number, simulations: number) => void;
}

/** Probability that the curve of a correct sampler stays within its band, each scalar by itself. */
const PROBABILITY = 0.95;

/** Ranks of the truth among posterior draws, by scalar; uniform where model and sampler agree. */
export class SimulationBasedCalibration {
  constructor(
    /** Ranks from 0 to `draws`, one a simulation, by scalar name: `mu`, `effect[0]`. */
    readonly ranks: ReadonlyMap<string, Int32Array>,
    /** Draws that each rank is among. */
    readonly draws: number,
    readonly seed: number,
  ) {}

  /**
   * Distribution function of the ranks of a scalar less that of uniform ones, with a simultaneous band.
   *
   * @param probability that all of a correct sampler's curve stays within the band; default 0.95
   * @throws RangeError for a scalar that was not ranked
   */
  ecdf(name: string, probability = PROBABILITY): EcdfDifference {
    const ranks = this.ranks.get(name);
    if (ranks === undefined) throw new RangeError(`simulationBasedCalibration: '${name}' was not ranked`);
    return sbcEcdf(ranks, this.draws, probability);
  }

  /**
   * Scalars whose curves leave their bands. The bands are those of all scalars together: a correct sampler has none here in
   * 95 of 100 calibrations.
   */
  get suspects(): string[] {
    const each = 1 - (1 - PROBABILITY) / this.ranks.size;
    return [...this.ranks.keys()].filter((name) => !this.ecdf(name, each).inside);
  }

  /** Mean rank (0.5 for a correct sampler; above: posteriors too low) and spread (1: right; below: too wide). */
  toString(): string {
    const suspects = new Set(this.suspects);
    const rows = [...this.ranks].map(([name, ranks]) => {
      const { mean, variance } = momentsOf(
        Float64Array.from(ranks, (rank) => (rank + 0.5) / (this.draws + 1)),
      );
      return [name, mean.toFixed(3), Math.sqrt(12 * variance).toFixed(3), suspects.has(name) ? 'no' : 'yes'];
    });
    return alignedTable([['', 'mean rank', 'spread', 'uniform'], ...rows]);
  }
}

/**
 * Simulation-based calibration (Talts, Betancourt, Simpson, Vehtari & Gelman 2018): parameters are drawn from the prior,
 * data from the model, and the truth is ranked among the draws of the posterior of these data; among equal ones, as
 * discrete parameters have them, it takes a place at random.
 *
 * @param model with priors that can be drawn from
 * @param data what is not observed (covariates, indices), and what gives dimensions their sizes
 * @throws ModelError where data do not fit, or nothing is observed; TypeError for a distribution that cannot be drawn from
 */
export async function simulationBasedCalibration<D extends Declarations, Q extends Ranks>(
  model: Model<D, Q>,
  data: Partial<DataOf<D>>,
  options: SimulationBasedCalibrationOptions<Q>,
): Promise<SimulationBasedCalibration> {
  requireKnownOptions('simulationBasedCalibration', options, [
    'sample',
    'simulations',
    'draws',
    'seed',
    'names',
    'signal',
    'onProgress',
  ]);
  const { sample, simulations = 200, draws = 63, signal, onProgress } = options;
  requireInteger('simulationBasedCalibration', 'simulations', simulations, 1);
  requireInteger('simulationBasedCalibration', 'draws', draws, 1);
  const seed = seedOf('simulationBasedCalibration', options);
  const observed = model.steps.filter(({ kind }) => kind === 'observe').map(({ name }) => name);
  if (observed.length === 0) throw new ModelError('simulationBasedCalibration: the model observes nothing');
  const truth = await priorPredictive(model, data, { draws: simulations, seed });
  const names = options.names ?? parametersOf(model);
  const ties = await random(seed);
  const ranks = new Map<string, Int32Array>();
  for (let simulation = 0; simulation < simulations; simulation++) {
    signal?.throwIfAborted();
    const simulated: Record<string, unknown> = { ...data };
    for (const name of observed) {
      const quantity = truth.layout.quantities.find((candidate) => candidate.name === name)!;
      const size = quantity.shape.reduce((product, length) => product * length, 1);
      const values = Array.from(
        { length: size },
        (_, i) => truth.quantityDraws(quantity.offset + i)[0][simulation],
      );
      simulated[name] = nested(values, quantity.shape);
    }
    const fit = await sample(model.condition(...([simulated] as never)), simulation);
    const wanted = fit.layout.quantities.filter(({ name }) => names.includes(name));
    for (const { name, label: _label, index } of scalars({ ...fit.layout, quantities: wanted })) {
      const place = truth.layout.quantities.find((q) => q.name === name.replace(/\[.*$/, ''))!;
      const own = fit.layout.quantities.find((q) => q.name === place.name)!;
      const value = truth.quantityDraws(place.offset + index - own.offset)[0][simulation];
      if (!ranks.has(name)) ranks.set(name, new Int32Array(simulations));
      ranks.get(name)![simulation] = sbcRank(
        value,
        spaced(fit.quantityDraws(index), draws),
        ties.uniform(1)[0],
      );
    }
    onProgress?.(simulation + 1, simulations);
  }
  return new SimulationBasedCalibration(ranks, draws, seed);
}

function parametersOf({ steps }: { readonly steps: readonly { kind: string; name: string }[] }): string[] {
  return steps.filter(({ kind }) => kind === 'parameter').map(({ name }) => name);
}

/** So many draws at even distances. */
function spaced(chains: readonly Float64Array[], count: number): Float64Array {
  const all = Float64Array.from(chains.flatMap((chain) => [...chain]));
  if (all.length < count) {
    throw new RangeError(
      `simulationBasedCalibration: sample must give at least ${count} draws (option draws), got ${all.length}`,
    );
  }
  return Float64Array.from({ length: count }, (_, i) => all[Math.floor(((i + 0.5) * all.length) / count)]);
}

/** Row-major values as nested arrays; a single number for no axes. */
function nested(values: readonly number[], shape: readonly number[]): unknown {
  if (shape.length === 0) return values[0];
  if (shape.length === 1) return values;
  const size = values.length / shape[0];
  return Array.from({ length: shape[0] }, (_, i) =>
    nested(values.slice(i * size, (i + 1) * size), shape.slice(1)),
  );
}
