/** Parallel tempering: chains at several weights of the likelihood that exchange their positions. */

import type { FullExports } from '../backend/wasm';
import type { InitialValues, Ranks, RunSettings, Samplable, SamplerOptions } from '../inference';
import { breathe } from '../inference/breathe';
import { Chain, type Configure } from '../inference/chain';
import { requireContinuous } from '../inference/continuous';
import { nutsKernel } from '../inference/nuts';
import { OptionReader } from '../inference/options';
import { planBlocks } from '../inference/samplers/blocks';
import { metropolisKernel } from '../inference/samplers/metropolis-kernel';
import { targetOf } from '../inference/posterior';
import { startChain } from '../inference/start';
import type { DensityFunction } from '../target/target';
import { cubicLadder, equalise } from './ladder';
import { integerCoordinates } from './integers';
import { isModelled, type Path, pathOf } from './path';
import { type Ensemble, TemperedFit } from './tempered-fit';

export interface ParallelTemperingOptions extends Pick<
  SamplerOptions,
  'chains' | 'warmup' | 'draws' | 'thin' | 'seed' | 'initial' | 'radius' | 'signal' | 'onProgress'
> {
  /** Weights from the reference to the posterior, both included; default 10. */
  readonly levels?: number;
  /** What moves the chains: 'nuts' (default), or 'metropolis', which needs no gradient. */
  readonly kernel?: 'nuts' | 'metropolis';
  /** Parameters of a `fromFunction` density that take whole numbers; they need 'metropolis' and initial values. */
  readonly integers?: readonly string[];
  /**
   * For a `fromFunction` density: an easy log density (with gradient) to start from. Without one the density itself is
   * flattened, down to the weight 0.05.
   */
  readonly reference?: DensityFunction;
}

const OWN = ['levels', 'kernel', 'integers', 'reference'];
const WITHOUT = [
  'targetAcceptance',
  'metric',
  'stepSize',
  'workers',
  'worker',
  'onDraws',
  'keep',
  'until',
  'checkpoint',
];
/** Smallest weight of a density that has no reference. */
const FLATTEST = 0.05;
/** Transitions of the first round of the ladder's adaptation; each next one ends three times as late. */
const FIRST_ROUND = 50;
/** Milliseconds between pauses in which the host may do other things. */
const BREATH = 15;

/**
 * Draws from a posterior with several modes. Chains at weights β of the likelihood (0: the prior, 1: the posterior) exchange
 * positions between neighbours, even and odd pairs in turn (the non-reversible scheme of Syed et al. 2022), at
 * weights that warm-up learns. The draws are those at β = 1; `chains` counts independent ensembles. Runs in the calling
 * thread.
 *
 * @param posterior a conditioned model with proper priors, or what `fromFunction` returns
 * @throws RangeError, TypeError for options that make no sense
 * @throws Error when no starting point has a finite log density, naming the terms to blame; and when no step size will do,
 *   as under an improper prior
 * @throws the abort signal's reason
 */
export async function parallelTempering<R extends Ranks>(
  posterior: Samplable<R>,
  options: ParallelTemperingOptions = {},
): Promise<TemperedFit<R>> {
  const began = performance.now();
  const reader = new OptionReader('parallelTempering', options, OWN, WITHOUT);
  const common = reader.common();
  const levels = reader.integer('levels', 10, 2, 1000);
  const kernel = reader.choice('kernel', 'nuts', ['nuts', 'metropolis']);
  const { signal, onProgress, initial } = reader.run(common);
  signal?.throwIfAborted();
  const { dimension } = targetOf(posterior);
  if (kernel === 'nuts') requireContinuous("parallelTempering with kernel 'nuts'", posterior);
  const { integers = [], reference } = options;
  const whole = integerCoordinates('parallelTempering', posterior, integers, kernel);
  const path = await pathOf('parallelTempering', posterior, kernel === 'nuts', reference);
  const blocks = planBlocks(posterior, [], whole);
  const walk = metropolisKernel(dimension, blocks, whole);
  const configure: Configure<FullExports> = kernel === 'nuts' ? nutsKernel(8).configure : walk.configure;
  const settings: RunSettings = {
    ...common,
    metric: kernel === 'metropolis' && blocks.ends.length === 1 && dimension <= 200 ? 'dense' : 'diagonal',
    algorithm: kernel === 'nuts' ? { kind: 'nuts', maxTreeDepth: 8 } : walk.algorithm,
  };
  const first = isModelled(posterior) || reference !== undefined ? 0 : FLATTEST;
  let weights = cubicLadder(levels).map((weight) => first + (1 - first) * weight);
  const ensembles = Array.from({ length: common.chains }, (_, index) =>
    startEnsemble(path, settings, configure, index, levels, weights, initial),
  );

  const total = common.warmup + common.draws * common.thin;
  let round = { end: Math.min(FIRST_ROUND, common.warmup), rejected: new Float64Array(levels - 1), count: 0 };
  let rested = began;
  for (let iteration = 0; iteration < total; iteration++) {
    for (const ensemble of ensembles) {
      ensemble.advance(path, weights, iteration < common.warmup);
      ensemble.exchange(path, weights, iteration % 2, round.rejected);
    }
    round.count += ensembles.length / 2;
    if (iteration + 1 === round.end && iteration < common.warmup) {
      weights = equalise(
        weights,
        Array.from(round.rejected, (sum) => sum / round.count),
      );
      for (const ensemble of ensembles) ensemble.look(path, weights);
      const end = Math.min(3 * round.end, common.warmup);
      round = { end, rejected: new Float64Array(levels - 1), count: 0 };
    }
    if (iteration + 1 === common.warmup) {
      round = { end: Infinity, rejected: new Float64Array(levels - 1), count: 0 };
    }
    if (performance.now() - rested < BREATH) continue;
    ensembles.forEach((ensemble, chain) =>
      onProgress?.({
        chain,
        phase: iteration < common.warmup ? 'warmup' : 'sampling',
        iteration: iteration + 1,
        total,
        divergences: ensemble.divergences,
        stepSize: ensemble.stepSize,
      }),
    );
    await breathe();
    signal?.throwIfAborted();
    rested = performance.now();
  }
  return new TemperedFit<R>({
    layout: path.target.layout,
    ensembles,
    weights,
    rejections: Array.from(round.rejected, (sum) => sum / round.count),
    settings,
    seconds: (performance.now() - began) / 1000,
  });
}

/** One chain a level, each started where its density is finite. */
function startEnsemble(
  path: Path,
  settings: RunSettings,
  configure: Configure<FullExports>,
  index: number,
  levels: number,
  weights: readonly number[],
  initial: InitialValues | readonly InitialValues[] | undefined,
): Ladder {
  const { instance, target } = path;
  const values = Array.isArray(initial) ? (initial[index] as InitialValues) : (initial as InitialValues);
  const chains = weights.map((weight, level) => {
    const chain = Chain.create(instance, settings, target.layout.size, index * levels + level, configure);
    // A point that the posterior allows, all levels do.
    path.setWeight(1);
    startChain(chain, target, settings.radius, values);
    path.setWeight(weight);
    instance.exports.evaluate(chain.pointer);
    return chain;
  });
  instance.tolerant = true;
  return new Ladder(path, chains, settings);
}

/** The chains of one ensemble, from the reference to the posterior. */
class Ladder implements Ensemble {
  readonly quantities: Float64Array[];
  readonly gains: Float64Array[];
  /** How often a position has come from the reference to the posterior. */
  roundTrips = 0;
  divergences = 0;
  stepSize = 1;
  private count = 0;
  /** Where each position was last: 0 nowhere, 1 at the reference, 2 at the posterior. */
  private readonly visited: Uint8Array;
  private readonly current: Float64Array;

  constructor(
    path: Path,
    private readonly chains: readonly Chain[],
    settings: RunSettings,
  ) {
    this.quantities = Array.from({ length: path.target.layout.size }, () => new Float64Array(settings.draws));
    this.gains = chains.map(() => new Float64Array(settings.draws));
    this.visited = new Uint8Array(chains.length);
    this.current = new Float64Array(chains.length);
  }

  get gradients(): number {
    return this.chains.reduce(
      (sum, { instance, pointer }) => sum + instance.exports.chainGradients(pointer),
      0,
    );
  }

  /** One transition of every chain. */
  advance(path: Path, weights: readonly number[], warmup: boolean): void {
    const last = this.chains.length - 1;
    let kept = false;
    this.chains.forEach((chain, level) => {
      path.setWeight(weights[level]);
      // No gradients beyond those of one transition.
      const batch = chain.advance(0);
      if (batch.stopped !== undefined) {
        throw new Error(`parallelTempering: at weight ${weights[level].toPrecision(3)} ${batch.stopped}`);
      }
      if (level === last) {
        this.divergences = batch.divergences;
        this.stepSize = batch.stepSize;
        kept = !warmup && batch.records.length > 0;
        if (kept) this.record(batch.records, chain.width);
      }
      this.current[level] = path.gain(positionOf(chain).slice());
    });
    if (!kept) return;
    this.current.forEach((gain, level) => (this.gains[level][this.count] = gain));
    this.count++;
  }

  private record(records: Float64Array, width: number): void {
    const from = width - this.quantities.length;
    this.quantities.forEach((column, i) => (column[this.count] = records[from + i]));
  }

  /** Offers neighbours each other's positions: the pairs that begin at even levels, or at odd ones. */
  exchange(path: Path, weights: readonly number[], parity: number, rejected: Float64Array): void {
    const { chains, current, visited } = this;
    const { exports } = path.instance;
    const last = chains.length - 1;
    for (let level = parity; level < last; level += 2) {
      const difference = (weights[level + 1] - weights[level]) * (current[level] - current[level + 1]);
      // Two impossible positions may change places for all one can tell.
      const logRatio = Number.isNaN(difference) ? 0 : difference;
      rejected[level] += logRatio >= 0 ? 0 : 1 - exports.exp(logRatio);
      // An exponential draw is minus the logarithm of a uniform one.
      if (logRatio < -exports.drawFrom(chains[level].pointer, 2)) continue;
      this.swap(path, weights, level);
    }
    if (visited[last] === 1) this.roundTrips++;
    visited[last] = 2;
    visited[0] = 1;
  }

  /** Lets a level and the next exchange their positions. */
  private swap(path: Path, weights: readonly number[], level: number): void {
    const { chains, current, visited } = this;
    const below = positionOf(chains[level]).slice();
    positionOf(chains[level]).set(positionOf(chains[level + 1]));
    positionOf(chains[level + 1]).set(below);
    [current[level], current[level + 1]] = [current[level + 1], current[level]];
    [visited[level], visited[level + 1]] = [visited[level + 1], visited[level]];
    this.look(path, weights, [level, level + 1]);
  }

  /** Evaluates chains at their own weights. */
  look(path: Path, weights: readonly number[], levels: Iterable<number> = this.chains.keys()): void {
    for (const level of levels) {
      path.setWeight(weights[level]);
      path.instance.exports.evaluate(this.chains[level].pointer);
    }
  }
}

/** The chain's position, in the module's memory. */
function positionOf({ instance, pointer }: Chain): Float64Array {
  return instance.view(instance.exports.chainPosition(pointer), instance.dimension);
}
