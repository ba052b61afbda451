/**
 * Runs the chains of a sampler: starts them or takes them up again, brings them to their draws, and collects what they
 * bring.
 */

import { type Density, type Exports, Instance } from '../backend/wasm';
import { builtin, inNode } from '../backend/wasm/host';
import type { Target } from '../target/target';
import { Chain, type Configure, STATISTICS } from './chain';
import type { ContinueOptions } from './continuation';
import { Drive } from './drive';
import { Fit } from './fit';
import { loadFunction } from './module-function';
import { comparable } from './comparable';
import { COMMON, OptionReader, type RunOptions } from './options';
import { type Ranks, type Samplable, targetOf } from './posterior';
import { Recording } from './recording';
import { type Failure, Run } from './run';
import { type Selection, selectionOf } from './selection';
import type { RunSettings } from './settings';
import { type Start, startChain } from './start';
import { startsOf } from './starts';
import { processors } from './threads';
import { Judge, looks } from './until';
import { portable } from './worker/portable';

/** A sampler as the module has it: the build it is in, and how a chain is told of it. */
export interface SamplerKernel<E extends Exports> {
  readonly load: (density: Density) => Promise<WebAssembly.Module>;
  readonly configure: Configure<E>;
  /** Gives a fresh instance what all chains in it need of the host. */
  readonly attach?: (instance: Instance<E>) => void;
}

/** What an earlier run brought, to go on from. */
interface Earlier {
  readonly recordings: readonly Recording[];
  readonly failures: readonly Failure[];
}

/**
 * Samples a posterior under checked settings.
 *
 * @param earlier chains to go on with
 * @throws Error when no chain finds a start, or none survives
 * @throws the abort signal's reason, with the fit so far as its `partial`
 */
export async function sample<R extends Ranks, E extends Exports>(
  posterior: Samplable<R>,
  settings: RunSettings,
  options: RunOptions,
  kernel: SamplerKernel<E>,
  earlier?: Earlier,
): Promise<Fit<R>> {
  options.signal?.throwIfAborted();
  try {
    return await sampleToEnd(posterior, settings, options, kernel, earlier);
  } catch (error) {
    options.checkpoint?.abandon();
    throw error;
  }
}

async function sampleToEnd<R extends Ranks, E extends Exports>(
  posterior: Samplable<R>,
  settings: RunSettings,
  options: RunOptions,
  kernel: SamplerKernel<E>,
  earlier: Earlier | undefined,
): Promise<Fit<R>> {
  const began = performance.now();
  const target = targetOf(posterior);
  const selection = selectionOf(target.layout, options.keep);
  const stored = await recall(target, settings, options, selection);
  settings = { ...settings, seed: stored?.seed ?? settings.seed };

  const local = await densityOf(target);
  const module = await kernel.load(local);
  const instance = await Instance.create<E>(module, local);
  kernel.attach?.(instance);
  const density = portable(target);
  await refuse(instance, settings, options, selection, density !== undefined);
  const recordings = (stored ?? earlier)?.recordings ?? newRecordings(settings, options, selection);
  const run = new Run(settings, options, target.dimension, target.layout.size, selection, recordings);
  run.failures.push(...(earlier?.failures ?? []));
  const drive = new Drive(run, new Map(), density && { module, density });
  try {
    const fresh = recordings.some(({ snapshot }) => snapshot === undefined);
    const starts = fresh ? await startsOf(posterior, options.initial, settings.seed, settings.chains) : [];
    for (const index of run.alive) {
      const recording = recordings[index];
      drive.chains.set(
        index,
        recording.snapshot === undefined
          ? begin(instance, run, target, index, kernel.configure, starts[index])
          : takeUp(instance, run, recording),
      );
    }
    instance.tolerant = true;
    await bringToEnd(run, drive);
    drive.finish();
  } finally {
    drive.close();
    run.close();
  }

  const fit: Fit<R> = new Fit<R>(run, (performance.now() - began) / 1000, (more) =>
    goOn(posterior, run, kernel, fit, more),
  );
  options.checkpoint?.finish(fit, drawsMade(run), run.ending !== 'signal');
  if (run.ending === 'signal') throw withPartial(options.signal!.reason, fit);
  if (run.alive.length === 0) {
    throw new Error(
      `no chain survived: ${[...new Set(run.failures.map(({ message }) => message))].join('; ')}`,
    );
  }
  if (drawsMade(run) === 0) {
    throw new Error(`until: after ${settings.until?.seconds} seconds no chain was through with its warm-up`);
  }
  return fit;
}

/** What a checkpoint holds of this run, draws included; undefined when there is none, or nothing in it. */
async function recall(
  target: Target,
  settings: RunSettings,
  options: RunOptions,
  selection: Selection,
): Promise<{ readonly seed: number; readonly recordings: readonly Recording[] } | undefined> {
  const { layout } = selection;
  const seedGiven = options.seedGiven ?? true;
  const stored = await options.checkpoint?.open({ settings, seedGiven, target, layout });
  if (stored === undefined) return undefined;
  const recordings = newRecordings(settings, options, selection);
  for (const recording of recordings) {
    const chain = stored.chains[recording.chain];
    if (chain === undefined) continue;
    if (recording.keeps) {
      recording.reserve(chain.snapshot.draws);
      for (const records of chain.records()) recording.append(records);
    }
    recording.rewind(chain.snapshot, chain.snapshot.draws);
  }
  return { seed: stored.seed, recordings };
}

function newRecordings(settings: RunSettings, options: RunOptions, { layout }: Selection): Recording[] {
  return Array.from(
    { length: settings.chains },
    (_, chain) => new Recording(chain, layout.size, options.inMemory ?? true),
  );
}

/** @throws RangeError when the run needs more memory than there is; a page is not told how much that is */
async function refuse(
  instance: Instance,
  settings: RunSettings,
  { workers, inMemory = true }: RunOptions,
  { layout }: Selection,
  portable: boolean,
): Promise<void> {
  if (!inNode()) return;
  const { chains, draws } = settings;
  const threads = !portable ? 0 : workers === 'auto' ? await processors() : workers;
  const need = {
    chains,
    draws: inMemory ? draws : 0,
    width: STATISTICS.length + layout.size,
    chainBytes: Chain.bytes(instance, settings),
    instanceBytes: instance.bytes(0, 0).buffer.byteLength,
    threads: Math.min(threads, chains),
  };
  const { availableMemory, refuseTooLarge } = await import('./memory');
  refuseTooLarge(need, availableMemory(await builtin('node:os')));
}

function begin<E extends Exports>(
  instance: Instance<E>,
  run: Run,
  target: Target,
  index: number,
  configure: Configure<E>,
  start: Start,
): Chain {
  const { settings } = run;
  const chain = Chain.create(instance, settings, run.quantities, index, configure);
  startChain(chain, target, settings.radius, start);
  return chain;
}

function takeUp(instance: Instance, run: Run, recording: Recording): Chain {
  const chain = Chain.restore(instance, run.settings, run.quantities, recording.snapshot!.state);
  recording.iteration = chain.iteration;
  recording.gradients = instance.exports.chainGradients(chain.pointer);
  return chain;
}

/** Brings the chains to all their draws, or to as many as are good enough. */
async function bringToEnd(run: Run, drive: Drive): Promise<void> {
  const { settings, recordings } = run;
  const judge = settings.until && new Judge(settings.until);
  for (const look of looks(settings.draws, settings.until)) {
    // An earlier run has passed this point.
    if (look < Math.min(...run.alive.map((chain) => recordings[chain].count))) continue;
    run.goal = look;
    await drive.bring();
    const { alive } = run;
    if (run.halted || alive.length === 0) return;
    const draws = (index: number): Float64Array[] =>
      alive.map((chain) => recordings[chain].quantity(index, look));
    if (judge?.satisfied(run.selection.layout.size, draws)) {
      run.ending = 'until';
      return;
    }
  }
}

/** Draws that each of the fit's chains has made, kept or not. */
function drawsMade(run: Run): number {
  const counts = comparable(run.alive.map((chain) => run.recordings[chain])).map(({ count }) => count);
  return counts.length === 0 ? 0 : Math.min(...counts);
}

/** Adds draws to a finished run. */
async function goOn<R extends Ranks, E extends Exports>(
  posterior: Samplable<R>,
  run: Run,
  kernel: SamplerKernel<E>,
  fit: Fit<R>,
  more: ContinueOptions,
): Promise<Fit<R>> {
  const { until: _, ...settings } = run.settings;
  const own = ['draws', 'until', 'signal', 'onProgress', 'onDraws'];
  const reader = new OptionReader('continue', more, own, COMMON);
  const made = drawsMade(run);
  const draws = made + reader.integer('draws', made || settings.draws, 1);
  const until = reader.until();
  const { signal, onProgress, onDraws } = reader.run(settings);
  return sample(
    posterior,
    { ...settings, draws, ...(until && { until }) },
    { ...run.options, seedGiven: true, signal, onProgress, onDraws },
    kernel,
    { recordings: run.recordings.map((recording) => recording.fork()), failures: fit.failures },
  );
}

async function densityOf(target: Target): Promise<Density> {
  if (target.kind !== 'module') return target;
  return { kind: 'function', dimension: target.dimension, density: await loadFunction(target) };
}

/** The reason of an abort, carrying what had been drawn. */
function withPartial(reason: unknown, fit: Fit<Ranks>): unknown {
  if (typeof reason === 'object' && reason !== null && Object.isExtensible(reason)) {
    const value = fit.drawsPerChain > 0 ? fit : undefined;
    Object.defineProperty(reason, 'partial', { value, configurable: true, enumerable: false });
  }
  return reason;
}
