/** One ensemble of parallel tempering: a chain at each level, some transitions further, as a task of plain data. */

import { type Chain, ChainBroken } from '../chain';
import type { RunSettings } from '../settings';
import type { TaskHost } from '../worker/task-host';
import type { Path } from './path';
import { placeChains } from './places';

/** An ensemble between two rounds. */
export interface EnsembleState {
  /** The chain of each level, from the reference to the posterior, as the module has it. */
  readonly chains: readonly Uint8Array[];
  /** Where the position of each level was last: 0 nowhere, 1 at the reference, 2 at the posterior. */
  readonly visited: Uint8Array;
}

/** A round of an ensemble: of warm-up alone, or of all draws. */
export interface EnsembleTask {
  readonly kind: 'ensemble';
  readonly settings: RunSettings;
  /** Values of a whole draw. */
  readonly quantities: number;
  /** Of the levels, from the reference to the posterior. */
  readonly weights: readonly number[];
  readonly state: EnsembleState;
  /** Transitions that were made before, and will have been made after it. */
  readonly from: number;
  readonly to: number;
  /** Name of the reference of a density that a module exports. */
  readonly reference?: string | undefined;
}

/** What a round has brought. */
export interface EnsembleRound {
  readonly state: EnsembleState;
  /** Draws of each scalar quantity at the posterior. */
  readonly columns: readonly Float64Array[];
  /** log posterior − log reference of each level's draws. */
  readonly gains: readonly Float64Array[];
  /** Of each level and the next: how often they were to exchange, and the probabilities not to, summed. */
  readonly offers: Float64Array;
  readonly rejected: Float64Array;
  /** How often a position has come from the reference to the posterior. */
  readonly roundTrips: number;
  /** Gradients (or densities) evaluated since the ensemble began. */
  readonly gradients: number;
  readonly last: Last;
}

/** The last transition at the posterior. */
interface Last {
  /** Divergent transitions until then, warm-up included. */
  readonly divergences: number;
  readonly stepSize: number;
}

/** How far a round is. */
export interface EnsembleNews extends Last {
  /** Transitions of each chain since the ensemble began. */
  readonly iteration: number;
}

/** Milliseconds between two news, and pauses in which the host may do other things. */
const BREATH = 15;

/** @throws ChainBroken when a chain cannot go on */
export async function advanceEnsemble(
  path: Path,
  task: EnsembleTask,
  host: TaskHost<EnsembleNews>,
): Promise<EnsembleRound> {
  const ensemble = new Ensemble(path, task);
  let rested = performance.now();
  for (let iteration = task.from; iteration < task.to; iteration++) {
    ensemble.advance();
    ensemble.exchange(iteration % 2);
    if (performance.now() - rested < BREATH) continue;
    host.news({ iteration: iteration + 1, ...ensemble.last });
    await host.breathe();
    rested = performance.now();
  }
  return ensemble.finish();
}

class Ensemble {
  last: Last = { divergences: 0, stepSize: 1 };
  private readonly chains: readonly Chain[];
  private readonly columns: Float64Array[];
  private readonly gains: Float64Array[];
  private readonly offers: Float64Array;
  private readonly rejected: Float64Array;
  private readonly visited: Uint8Array;
  /** The gain at the position of each level. */
  private readonly current: Float64Array;
  private count = 0;
  private roundTrips = 0;

  constructor(
    private readonly path: Path,
    private readonly task: EnsembleTask,
  ) {
    const { settings, quantities, state, from, to } = task;
    const draws = from < settings.warmup ? 0 : Math.floor((to - from) / settings.thin);
    const levels = state.chains.length;
    this.chains = placeChains(path.instance, settings, quantities, state.chains);
    this.columns = Array.from({ length: quantities }, () => new Float64Array(draws));
    this.gains = Array.from({ length: levels }, () => new Float64Array(draws));
    this.offers = new Float64Array(levels - 1);
    this.rejected = new Float64Array(levels - 1);
    this.visited = state.visited.slice();
    this.current = new Float64Array(levels);
    // The weights may have moved since the chains were saved.
    for (let level = 0; level < levels; level++) this.look(level);
  }

  /** One transition of every chain. */
  advance(): void {
    const { path, chains, columns, gains, current } = this;
    const { weights } = this.task;
    let kept = false;
    chains.forEach((chain, level) => {
      path.setWeight(weights[level]);
      // No gradients beyond those of one transition.
      const batch = chain.advance(0);
      if (batch.stopped !== undefined) {
        throw new ChainBroken(`at weight ${weights[level].toPrecision(3)} ${batch.stopped}`);
      }
      if (level === chains.length - 1) {
        this.last = { divergences: batch.divergences, stepSize: batch.stepSize };
        kept = batch.records.length > 0;
        const first = chain.width - columns.length;
        if (kept) columns.forEach((column, i) => (column[this.count] = batch.records[first + i]));
      }
      current[level] = path.gain(positionOf(chain).slice());
    });
    if (!kept) return;
    gains.forEach((column, level) => (column[this.count] = current[level]));
    this.count++;
  }

  /** Offers neighbours each other's positions: the pairs that begin at even levels, or at odd ones. */
  exchange(parity: number): void {
    const { chains, current, visited, offers, rejected } = this;
    const { weights } = this.task;
    const { exports } = this.path.instance;
    const last = chains.length - 1;
    for (let level = parity; level < last; level += 2) {
      const difference = (weights[level + 1] - weights[level]) * (current[level] - current[level + 1]);
      // Two impossible positions may change places for all one can tell.
      const logRatio = Number.isNaN(difference) ? 0 : difference;
      offers[level]++;
      rejected[level] += logRatio >= 0 ? 0 : 1 - exports.exp(logRatio);
      // An exponential draw is minus the logarithm of a uniform one.
      if (logRatio >= -exports.drawFrom(chains[level].pointer, 2)) this.swap(level);
    }
    if (visited[last] === 1) this.roundTrips++;
    visited[last] = 2;
    visited[0] = 1;
  }

  finish(): EnsembleRound {
    const { chains, visited, columns, gains, offers, rejected, roundTrips, last } = this;
    const { exports } = this.path.instance;
    const state = { chains: chains.map((chain) => chain.save()), visited };
    const gradients = chains.reduce((sum, { pointer }) => sum + exports.chainGradients(pointer), 0);
    return { state, columns, gains, offers, rejected, roundTrips, gradients, last };
  }

  /** Lets a level and the next exchange their positions. */
  private swap(level: number): void {
    const { chains, current, visited } = this;
    const below = positionOf(chains[level]).slice();
    positionOf(chains[level]).set(positionOf(chains[level + 1]));
    positionOf(chains[level + 1]).set(below);
    [current[level], current[level + 1]] = [current[level + 1], current[level]];
    [visited[level], visited[level + 1]] = [visited[level + 1], visited[level]];
    this.look(level);
    this.look(level + 1);
  }

  /** Evaluates a chain at its own weight. */
  private look(level: number): void {
    this.path.setWeight(this.task.weights[level]);
    this.path.instance.exports.evaluate(this.chains[level].pointer);
  }
}

/** The chain's position, in the module's memory. */
function positionOf({ instance, pointer }: Chain): Float64Array {
  return instance.view(instance.exports.chainPosition(pointer), instance.dimension);
}
