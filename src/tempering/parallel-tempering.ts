/** Parallel tempering: chains at several weights of the likelihood that exchange their positions. */

import type { FullExports } from '../backend/wasm';
import type { Progress, Ranks, RunSettings, Samplable, SamplerOptions } from '../inference';
import { Chain, type Configure } from '../inference/chain';
import { requireContinuous } from '../inference/continuous';
import { nutsKernel } from '../inference/nuts';
import { OptionReader } from '../inference/options';
import { planBlocks } from '../inference/samplers/blocks';
import { metropolisKernel } from '../inference/samplers/metropolis-kernel';
import { dimensionOf } from '../inference/samplers/target';
import { requireInitial } from '../inference/samplers/whole';
import { transitionsOf } from '../inference/settings';
import { type Outcome, type Site, Workshop } from '../inference/spread';
import { type Start, startChain } from '../inference/start';
import { startsOf } from '../inference/starts';
import type {
  EnsembleNews,
  EnsembleRound,
  EnsembleState,
  EnsembleTask,
} from '../inference/tempered/ensemble';
import type { DensityFunction } from '../target/target';
import { ABSENT } from './absent-options';
import { cubicLadder, equalise } from './ladder';
import { integerCoordinates } from './integers';
import { isModelled, type LoadedPath, pathOf } from './path';
import { type EnsembleRun, TemperedFit } from './tempered-fit';

export interface ParallelTemperingOptions extends Pick<
  SamplerOptions,
  | 'chains'
  | 'warmup'
  | 'draws'
  | 'thin'
  | 'seed'
  | 'initial'
  | 'radius'
  | 'workers'
  | 'worker'
  | 'signal'
  | 'onProgress'
> {
  /** Weights from the reference to the posterior, both included; default 10. */
  readonly levels?: number;
  /** What moves the chains: 'nuts' (default), or 'metropolis', which needs no gradient. */
  readonly kernel?: 'nuts' | 'metropolis';
  /** Parameters of a density of one's own that take whole numbers; they need 'metropolis' and initial values. */
  readonly integers?: readonly string[];
  /**
   * For a density of one's own: an easy log density (with gradient) to start from; for a `fromModule` density also the name
   * by which the module exports one, so that workers have it. Without one the density itself is flattened, down to the
   * weight 0.05.
   */
  readonly reference?: DensityFunction | string;
}

const OWN = ['levels', 'kernel', 'integers', 'reference'];
/** Smallest weight of a density that has no reference. */
const FLATTEST = 0.05;
/** Transitions of the first round of the ladder's adaptation; each next one ends three times as late. */
const FIRST_ROUND = 50;

/**
 * Draws from a posterior with several modes. Chains at weights β of the likelihood (0: the prior, 1: the posterior) exchange
 * positions between neighbours, even and odd pairs in turn (the non-reversible scheme of Syed et al. 2022), at
 * weights that warm-up learns. The draws are those at β = 1; `chains` counts independent ensembles (default 4), which share
 * the weights. The same seed gives the same draws whatever the number of workers, on every machine.
 *
 * @param posterior a conditioned model with proper priors, or what `fromFunction` or `fromModule` returns
 * @throws RangeError, TypeError for options that make no sense
 * @throws Error when no starting point has a finite log density, naming the terms to blame; and when no ensemble survives,
 *   as where no step size will do under an improper prior
 * @throws the abort signal's reason
 */
export async function parallelTempering<R extends Ranks>(
  posterior: Samplable<R>,
  options: ParallelTemperingOptions = {},
): Promise<TemperedFit<R>> {
  const began = performance.now();
  const reader = new OptionReader('parallelTempering', options, OWN, ABSENT);
  const common = reader.common();
  const levels = reader.integer('levels', 10, 2, 1000);
  const kernel = reader.choice('kernel', 'nuts', ['nuts', 'metropolis']);
  const run = reader.run(common);
  run.signal?.throwIfAborted();
  const dimension = dimensionOf(posterior);
  if (kernel === 'nuts') requireContinuous("parallelTempering with kernel 'nuts'", posterior);
  const { integers = [], reference } = options;
  const whole = integerCoordinates('parallelTempering', posterior, integers, kernel);
  requireInitial('parallelTempering', run.initial, integers);
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
  const starts = await startsOf(posterior, run.initial, common.seed, common.chains);
  const ensembles = starts.map(
    (start, index) => new Ensemble(startEnsemble(path, settings, configure, index, levels, start)),
  );
  const { target, instance } = path;
  const site: Site = { caller: 'parallelTempering', word: 'chain', instance, target, path, options: run };
  const workshop = new Workshop<EnsembleTask>(site);
  const task = {
    kind: 'ensemble',
    settings,
    quantities: target.layout.size,
    reference: typeof reference === 'string' ? reference : undefined,
  } as const;

  let rejections: number[] = [];
  try {
    for (const { from, to } of rounds(settings)) {
      const alive = [...ensembles.keys()].filter((chain) => ensembles[chain].failure === undefined);
      const outcomes = await workshop.bring(
        alive.map((chain) => ({ ...task, weights, from, to, state: ensembles[chain].state })),
        {
          news: (i, news) => run.onProgress?.(progressOf(alive[i], settings, news)),
          done: (i, outcome) => {
            if ('failure' in outcome) return;
            run.onProgress?.(progressOf(alive[i], settings, { iteration: to, ...outcome.result.last }));
          },
        },
      );
      outcomes.forEach((outcome, i) => ensembles[alive[i]].take(outcome));
      rejections = rejectionsOf(outcomes, levels);
      if (to <= settings.warmup) weights = equalise(weights, rejections);
    }
  } finally {
    workshop.close();
  }
  return new TemperedFit<R>({
    layout: target.layout,
    outcomes: ensembles.map((ensemble) => ensemble.outcome),
    weights,
    rejections,
    settings,
    seconds: (performance.now() - began) / 1000,
  });
}

/** From which transition to which chains run at the same weights. */
function* rounds(settings: RunSettings): Generator<{ readonly from: number; readonly to: number }> {
  const { warmup } = settings;
  let from = 0;
  for (let to = Math.min(FIRST_ROUND, warmup); from < warmup; to = Math.min(3 * to, warmup)) {
    yield { from, to };
    from = to;
  }
  yield { from, to: transitionsOf(settings) };
}

/** Mean rejections between neighbours, of all ensembles together. */
function rejectionsOf(outcomes: readonly Outcome<EnsembleRound>[], levels: number): number[] {
  const results = outcomes.flatMap((outcome) => ('result' in outcome ? [outcome.result] : []));
  return Array.from({ length: levels - 1 }, (_, level) => {
    const offers = results.reduce((sum, result) => sum + result.offers[level], 0);
    const rejected = results.reduce((sum, result) => sum + result.rejected[level], 0);
    return offers > 0 ? rejected / offers : 0;
  });
}

function progressOf(chain: number, settings: RunSettings, news: EnsembleNews): Progress {
  const phase = news.iteration <= settings.warmup ? 'warmup' : 'sampling';
  return { chain, phase, total: transitionsOf(settings), ...news };
}

/** One chain a level, each started where its density is finite. */
function startEnsemble(
  { instance, target, setWeight }: LoadedPath,
  settings: RunSettings,
  configure: Configure<FullExports>,
  index: number,
  levels: number,
  start: Start,
): EnsembleState {
  // A point that the posterior allows, all levels do.
  setWeight(1);
  const chains = Array.from({ length: levels }, (_, level) => {
    const chain = Chain.create(instance, settings, target.layout.size, index * levels + level, configure);
    startChain(chain, target, settings.radius, start);
    return chain.save();
  });
  return { chains, visited: new Uint8Array(levels) };
}

/** What an ensemble has brought so far. */
class Ensemble {
  failure: string | undefined;
  private run: EnsembleRun | undefined;

  constructor(public state: EnsembleState) {}

  /** Takes in a round. */
  take(round: Outcome<EnsembleRound>): void {
    if ('failure' in round) {
      this.failure = round.failure;
      return;
    }
    const { state, columns, gains, gradients, roundTrips } = round.result;
    this.state = state;
    // Only the last round has draws.
    this.run = { columns, gains, gradients, roundTrips: roundTrips + (this.run?.roundTrips ?? 0) };
  }

  get outcome(): Outcome<EnsembleRun> {
    return this.failure === undefined ? { result: this.run! } : { failure: this.failure };
  }
}
