/** The Laplace approximation: its driver. */

import { Posterior } from '../../model/posterior';
import { evaluateDraws } from '../approximation';
import { requireContinuous } from '../continuous';
import { climb, type ClimbProgress, type Loaded, loadObjective } from '../optimize/climb';
import { outlineOf } from '../optimize/coordinates';
import { Information } from '../optimize/information';
import { NOT_OF_CLIMBS } from '../optimize/maximize';
import { poleAt, PoleError } from '../optimize/pole';
import { problemOf } from '../optimize/problem';
import { OptionReader, type SamplerOptions } from '../options';
import type { Ranks, Samplable } from '../posterior';
import type { Initial } from '../starts';
import { LaplaceApproximation, logPeakOf } from './approximation';
import { coloringOf } from './coloring';
import { type Diagonal, coloredDiagonal, diagonalGaussian, probedDiagonal } from './diagonal';
import { fullGaussian } from './full';
import { linearFormDiagonal, linearFormOf } from './linear-form';
import { lowRankGaussian } from './low-rank';
import { checkDraws, checkMemory } from './memory';
import { Place } from './place';
import type { Gaussian, LaplaceStructure } from './structure';

export interface LaplaceOptions {
  /**
   * What is kept of the Hessian. `full`: all of it, 16·dimension² bytes. `diagonal`: parameters become independent.
   * `low-rank`: a diagonal, and the `rank` directions in which the curvature differs most from it. Default `full` up to
   * 2000 unconstrained parameters, `diagonal` beyond.
   */
  readonly structure?: LaplaceStructure;
  /** Draws; default 1000. */
  readonly draws?: number;
  /** Integer in [0, 2⁵³): the same seed gives the same draws, on every machine. By default a fresh one. */
  readonly seed?: number;
  /** Directions of `low-rank`; default 20, at most the dimension. */
  readonly rank?: number;
  /** Random probes of a diagonal whose sparsity is not proved; at least 2, default 64. */
  readonly probes?: number;
  /** Starting points of the search for the mode; default 4, or 1 beyond 1000 parameters. */
  readonly starts?: number;
  /**
   * Starting values by parameter name, on the model's own scale; what is not named is drawn. An array: one per start.
   * 'prior': all are drawn from the prior.
   */
  readonly initial?: Initial;
  /** Starting points are drawn from uniform[−radius, radius) in each unconstrained dimension; default 2. */
  readonly radius?: number;
  /** Iterations of each start; default 2000. */
  readonly maxIterations?: number;
  /**
   * Threads besides the calling one, each of which climbs from one start at a time. 0: none; 'auto' (default): as many as
   * there are processors, for what is not done after a tenth of a second. The result is the same to the last bit.
   */
  readonly workers?: 'auto' | number;
  /** Makes a worker, as for samplers. */
  readonly worker?: SamplerOptions['worker'];
  /** Ends the run early: the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ClimbProgress) => void;
}

const OWN = ['structure', 'rank', 'probes', 'starts', 'maxIterations', 'draws'];
const STRUCTURES = ['full', 'diagonal', 'low-rank'] as const;
const FULL_LIMIT = 2000;
const STARTS_LIMIT = 1000;
const QUANTITIES = 1;

/**
 * The posterior as a normal distribution: N(mode, (−∇² log p)⁻¹) in the unconstrained space, mode and second derivatives of
 * the density with its Jacobian, draws taken back to the model's own scale (MacKay 1992; Tierney & Kadane 1986).
 *
 * @param posterior a conditioned model, or a density function
 * @returns draws with their log densities under posterior and approximation, hence `paretoK`; mode, evidence, warnings
 * @throws RangeError for options that make no sense, and before anything is computed where the structure or the draws
 *   would not fit in memory, naming their size and what would fit
 * @throws PoleError where there is no mode because the density is infinite somewhere
 * @throws Error when no starting point has a finite density, naming the terms to blame
 */
export async function laplaceApproximation<R extends Ranks>(
  posterior: Samplable<R>,
  options: LaplaceOptions = {},
): Promise<LaplaceApproximation<R>> {
  const began = performance.now();
  const reader = new OptionReader('laplaceApproximation', options, OWN, NOT_OF_CLIMBS);
  requireContinuous('laplaceApproximation', posterior);
  const { dimension, layout } = outlineOf(posterior);
  const structure = reader.choice('structure', dimension <= FULL_LIMIT ? 'full' : 'diagonal', STRUCTURES);
  const rank = Math.min(dimension, reader.integer('rank', 20, 1));
  const probes = reader.integer('probes', 64, 2);
  const starts = reader.integer('starts', dimension <= STARTS_LIMIT ? 4 : 1, 1);
  const maxIterations = reader.integer('maxIterations', 2000, 1);
  const common = { ...reader.common(), chains: starts };
  const run = reader.run(common);
  const { draws, seed } = common;
  const { onProgress } = options;
  checkMemory(structure, dimension, rank);
  checkDraws(draws, dimension, layout.size);
  run.signal?.throwIfAborted();

  const loaded = await loadObjective(posterior, 'density', { products: true, pullback: false });
  const { instance, exact } = loaded;
  const settings = { method: 'lbfgs' as const, starts, maxIterations, tolerance: 2e-8, memory: 10 };
  const { best, starts: reports } = await climb(
    'laplaceApproximation',
    loaded,
    settings,
    common,
    run,
    onProgress,
  );
  const values = valuesAt(loaded, best.position);
  if (best.ending !== 'converged') {
    const pole = poleAt(posterior, best.position, best.gradient, values);
    if (pole) throw new PoleError('laplaceApproximation', pole, true);
  }
  const place = new Place(instance, exact, best.position, (iteration) => {
    run.signal?.throwIfAborted();
    onProgress?.({ start: 0, phase: 'curvature', iteration, logDensity: best.logDensity });
  });

  const information =
    structure === 'full' ? Information.at(instance, best.position, place.between) : undefined;
  const gaussian = information
    ? fullGaussian(posterior, place, information)
    : await sparseGaussian(posterior, place, structure, { rank, probes, seed });
  const problem = problemOf(posterior, best, undefined);
  const warnings = [...(problem === undefined ? [] : [`the mode: ${problem}`]), ...gaussian.warnings];

  const { positions, exponents } = gaussian.draw(draws, seed);
  const evaluated = evaluateDraws(instance, layout, positions);
  const peak = logPeakOf(gaussian, dimension);
  return new LaplaceApproximation<R>({
    ...evaluated,
    logApproximations: exponents.map((exponent) => exponent + peak),
    mode: { position: best.position, values, logDensity: best.logDensity },
    structure,
    gaussian,
    warnings,
    starts: reports,
    seed,
    seconds: (performance.now() - began) / 1000,
  });
}

async function sparseGaussian(
  posterior: Samplable,
  place: Place,
  structure: LaplaceStructure,
  { rank, probes, seed }: { rank: number; probes: number; seed: number },
): Promise<Gaussian> {
  const diagonal = await diagonalOf(posterior, place, probes, seed);
  return structure === 'diagonal'
    ? diagonalGaussian(posterior, place, diagonal)
    : lowRankGaussian(posterior, place, diagonal, rank, seed);
}

/** Exact where the graph proves that few products tell all, else estimated. */
async function diagonalOf(
  posterior: Samplable,
  place: Place,
  probes: number,
  seed: number,
): Promise<Diagonal> {
  const coloring = posterior instanceof Posterior ? coloringOf(posterior) : undefined;
  if (coloring) return coloredDiagonal(place, coloring);
  const linear = posterior instanceof Posterior ? linearFormOf(posterior) : undefined;
  if (linear) return linearFormDiagonal(place, linear);
  const { dimension } = place.instance;
  if (dimension <= probes) {
    // As many products as probes would take, and none of their noise.
    const colours = Int32Array.from({ length: dimension }, (_, i) => i);
    return coloredDiagonal(place, { colours, count: dimension });
  }
  return probedDiagonal(place, probes, seed);
}

function valuesAt({ instance, target }: Loaded, position: Float64Array): Float64Array {
  return instance.hasQuantities ? instance.call(QUANTITIES, position, target.layout.size) : position.slice();
}
