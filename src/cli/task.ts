/** What `credence sample` is to do: as its options say, or as the directory of an earlier run says. */

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Samplable, Until } from '../inference';
import { runDirectory } from '../io/run-directory';
import type { RunOrigin } from '../io/recorded-run';
import { readDescription } from '../io/run-reader';
import { loadPosterior, modelName } from './model-file';
import type { SampleOptions, SamplerName } from './options';
import { type ChainSampler, type Given, SAMPLERS, SPECIFICS, type WholeSampler } from './samplers';
import { initialValues } from './values';

/** A posterior, how to sample it, and where its draws go. */
export interface Task {
  readonly posterior: Samplable;
  readonly sampler: ChainSampler | WholeSampler;
  readonly options: Given;
  readonly origin: RunOrigin;
  readonly directory: string | undefined;
}

/** What only samplers of chains take. */
const OF_CHAINS = ['untilEss', 'untilRhat', 'seconds', 'keep'] as const;
/** What can be said anew when a run is taken up again. */
const ANEW: readonly string[] = [
  ...OF_CHAINS,
  ...(['draws', 'workers', 'data', 'resume', 'json', 'stackTrace'] as const),
];

/**
 * The run that a model and options describe.
 *
 * @throws Error for options that do not go together
 */
export async function newTask(model: string, options: SampleOptions): Promise<Task> {
  const { sampler: name = 'nuts', data, out } = options;
  const sampler = SAMPLERS[name];
  requireOwn(name, sampler, options);
  if (options.keep === false && out === undefined) {
    throw new Error('--keep none leaves the draws nowhere: say where they go with --out');
  }
  const origin = { model: modelName(model), ...(data !== undefined && { dataFile: data }) };
  const shared = { origin, directory: out, sampler };
  const given: Given = {
    ...picked(options, sampler.options),
    ...(options.initial !== undefined && { initial: initialValues(options.initial) }),
  };
  const posterior = await loadPosterior(model, data);
  if (sampler.kind === 'whole') return { ...shared, posterior, options: given };
  const command = {
    model: resolve(model),
    ...(data !== undefined && { data: resolve(data) }),
    ...(options.initial !== undefined && { initial: located(options.initial) }),
    ...remembered(sampler, options),
  };
  return {
    ...shared,
    posterior,
    options: {
      ...given,
      ...ofChains(options),
      checkpoint: out === undefined ? undefined : runDirectory(out, { fresh: true, origin, command }),
    },
  };
}

/**
 * The run in a directory, to be taken up again.
 *
 * @param model where the model is now; by default where it was
 * @throws Error when the directory has no run, or does not say which model it was, and for options that were settled when
 *   the run began
 */
export async function resumedTask(
  directory: string,
  model: string | undefined,
  options: SampleOptions,
): Promise<Task> {
  const settled = Object.keys(options).find((name) => !ANEW.includes(name));
  if (settled !== undefined) {
    throw new Error(`${flag(settled)} was settled when the run began: leave it out with --resume`);
  }
  const path = join(directory, 'run.json');
  if (!existsSync(path)) {
    throw new Error(`${directory}: there is no run.json, and so no run to go on with`);
  }
  const { settings, layout, command, origin } = await readDescription(path);
  const module = model ?? command?.model;
  if (module === undefined) {
    throw new Error(`${path} does not say which model it was: credence sample <model> --resume ${directory}`);
  }
  const samplers = Object.values(SAMPLERS).filter((candidate) => candidate.kind === 'chains');
  const sampler = samplers.find(({ made }) => made(settings));
  if (sampler === undefined) {
    throw new Error(`${path}: the command does not know the sampler of this run, ${settings.algorithm.kind}`);
  }
  const posterior = await loadPosterior(module, options.data ?? command?.data);
  const names = layout.quantities.map(({ name }) => name);
  const whole = names.length === posterior.target.layout.quantities.length;
  const { chains, warmup, thin, seed, radius, draws, until } = settings;
  const anew = ofChains(options);
  return {
    posterior,
    sampler,
    options: {
      ...{ chains, warmup, thin, seed, radius, initial: initialValues(command?.initial) },
      ...sampler.recall(settings),
      ...command?.options,
      ...(options.workers !== undefined && { workers: options.workers }),
      draws: options.draws ?? draws,
      until: anew.until ?? until,
      keep: anew.keep ?? (whole || names),
      checkpoint: runDirectory(directory, { origin }),
    },
    origin,
    directory,
  };
}

/** @throws Error naming an option that the sampler does not take */
function requireOwn(name: SamplerName, sampler: ChainSampler | WholeSampler, options: SampleOptions): void {
  const others = SPECIFICS.filter((option) => !sampler.options.includes(option));
  const alien = [...others, ...(sampler.kind === 'whole' ? OF_CHAINS : [])].find(
    (option) => options[option] !== undefined,
  );
  if (alien !== undefined) throw new Error(`${flag(alien)} does not go with --sampler ${name}`);
}

/** An option as it is typed. */
function flag(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function picked(options: SampleOptions, names: readonly (keyof SampleOptions)[]): Given {
  return Object.fromEntries(
    names.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]),
  );
}

/** What a run's directory must know besides its settings; files by where they are. */
function remembered(sampler: ChainSampler, options: SampleOptions): { readonly options?: Given } {
  const own = picked(options, sampler.remembered ?? []);
  const { proposal } = own;
  if (Object.keys(own).length === 0) return {};
  return { options: { ...own, ...(proposal !== undefined && { proposal: resolve(proposal as string) }) } };
}

function located(initial: string): string {
  return initial === 'prior' ? initial : resolve(initial);
}

function ofChains({ untilEss, untilRhat, seconds, keep }: SampleOptions): {
  readonly until?: Until;
  readonly keep?: readonly string[] | false;
} {
  const until = {
    ...(untilEss !== undefined && { essBulk: untilEss, essTail: untilEss }),
    ...(untilRhat !== undefined && { rhat: untilRhat }),
    ...(seconds !== undefined && { seconds }),
  };
  return {
    ...(Object.keys(until).length > 0 && { until }),
    ...(keep !== undefined && { keep }),
  };
}
