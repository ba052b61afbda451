/**
 * Runs the chains of a sampler: starts them here, runs them here or in workers, and collects what they bring.
 */

import { type Density, type Exports, Instance } from '../backend/wasm';
import type { Target } from '../target/target';
import { Chain, type Configure } from './chain';
import { Fit } from './fit';
import { runInline } from './inline';
import { loadFunction } from './module-function';
import type { RunOptions } from './options';
import { runInWorkers } from './pool';
import type { Ranks, Samplable } from './posterior';
import { Forecast } from './forecast';
import { Run } from './run';
import type { RunSettings } from './settings';
import { startChain } from './start';
import { processors } from './threads';
import type { PortableDensity } from './worker/protocol';

/** Seconds that workers must save to be worth their while. */
const WORTHWHILE = 0.15;

/** A sampler as the module has it: the build it is in, and how a chain is told of it. */
export interface SamplerKernel<E extends Exports> {
  readonly load: (density: Density) => Promise<WebAssembly.Module>;
  readonly configure: Configure<E>;
}

/**
 * Samples a posterior under checked settings.
 *
 * @throws Error when no chain finds a start, or none survives
 * @throws the abort signal's reason, with the fit so far as its `partial`
 */
export async function sample<R extends Ranks, E extends Exports>(
  posterior: Samplable<R>,
  settings: RunSettings,
  options: RunOptions,
  kernel: SamplerKernel<E>,
): Promise<Fit<R>> {
  const began = performance.now();
  options.signal?.throwIfAborted();
  const { target } = posterior;
  const density = await densityOf(target);
  const module = await kernel.load(density);
  const instance = await Instance.create<E>(module, density);
  const run = new Run(settings, options, target.dimension, target.layout.size);

  const chains = new Map<number, Chain>();
  for (let index = 0; index < settings.chains; index++) {
    const chain = Chain.create(instance, settings, run.quantities, index, kernel.configure);
    const initial = Array.isArray(options.initial) ? options.initial[index] : options.initial;
    startChain(chain, target, settings.radius, initial);
    chains.set(index, chain);
  }
  instance.tolerant = true;

  await runAll(run, target, module, chains);
  const fit = new Fit<R>(target.layout, run, (performance.now() - began) / 1000);
  if (run.aborted) throw withPartial(options.signal!.reason, fit);
  if (run.failures.length === settings.chains) {
    throw new Error(
      `no chain survived: ${[...new Set(run.failures.map(({ message }) => message))].join('; ')}`,
    );
  }
  return fit;
}

/** Runs the chains where it is best. */
async function runAll(
  run: Run,
  target: Target,
  module: WebAssembly.Module,
  chains: Map<number, Chain>,
): Promise<void> {
  const density = portable(target);
  const automatic = run.options.workers === 'auto';
  const threads = automatic ? await processors() : (run.options.workers as number);
  if (density === undefined || threads === 0 || (automatic && (threads === 1 || chains.size === 1))) {
    return runInline(run, chains, () => false);
  }
  if (automatic) {
    const forecast = new Forecast(run, Math.min(threads, chains.size));
    await runInline(run, chains, () => forecast.savedByWorkers() > WORTHWHILE);
    if (run.aborted || chains.size === 0) return;
  }
  const waiting = Array.from(chains, ([index, chain]) => ({ chain: index, state: chain.save() }));
  const { untouched, reason } = await runInWorkers(run, { module, density }, waiting, threads);
  if (untouched.length === 0) return;
  if (automatic) return runInline(run, chains, () => false);
  throw new Error(
    `no worker could be started: ${reason}; with workers: 0 the chains run in the calling thread`,
  );
}

async function densityOf(target: Target): Promise<Density> {
  if (target.kind !== 'module') return target;
  return { kind: 'function', dimension: target.dimension, density: await loadFunction(target) };
}

/** What of a target can be sent to a worker. */
function portable(target: Target): PortableDensity | undefined {
  const { dimension } = target;
  switch (target.kind) {
    case 'program':
      return { kind: 'program', dimension, program: target.program };
    case 'module':
      return { kind: 'module', dimension, url: target.url, exportName: target.exportName };
    case 'function':
      return undefined;
  }
}

/** The reason of an abort, carrying what had been drawn. */
function withPartial(reason: unknown, fit: Fit<Ranks>): unknown {
  if (typeof reason === 'object' && reason !== null && Object.isExtensible(reason)) {
    const value = fit.drawsPerChain > 0 ? fit : undefined;
    Object.defineProperty(reason, 'partial', { value, configurable: true, enumerable: false });
  }
  return reason;
}
