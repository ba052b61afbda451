/** What `credence sample` is to do: as its options say, or as the directory of an earlier run says. */

import { join, resolve } from 'node:path';
import type { InitialValues, NutsOptions, Samplable, Until } from '../inference';
import { runDirectory } from '../io/run-directory';
import type { RunOrigin } from '../io/recorded-run';
import { readDescription } from '../io/run-reader';
import { readJsonObject } from './json-file';
import { loadPosterior, modelName } from './model-file';
import type { SampleOptions } from './options';

/** A posterior, how to sample it, and where its draws go. */
export interface Task {
  readonly posterior: Samplable;
  readonly options: NutsOptions;
  readonly origin: RunOrigin;
  readonly directory: string | undefined;
}

/** The run that a model and options describe. */
export async function newTask(model: string, options: SampleOptions): Promise<Task> {
  const { chains, warmup, thin, seed, targetAcceptance, maxTreeDepth, metric, radius, data, out } = options;
  if (options.keep === false && out === undefined) {
    throw new Error('--keep none leaves the draws nowhere: say where they go with --out');
  }
  const origin = originOf(model, data);
  const command = {
    model: resolve(model),
    ...(data !== undefined && { data: resolve(data) }),
    ...(options.initial !== undefined && { initial: resolve(options.initial) }),
  };
  return {
    posterior: await loadPosterior(model, data),
    options: {
      ...{ chains, warmup, thin, seed, targetAcceptance, maxTreeDepth, metric, radius },
      ...common(options),
      keep: options.keep,
      initial: initialValues(options.initial),
      checkpoint: out === undefined ? undefined : runDirectory(out, { fresh: true, origin, command }),
    },
    origin,
    directory: out,
  };
}

/**
 * The run in a directory, to be taken up again.
 *
 * @param model where the model is now; by default where it was
 * @throws Error when the directory has no run, or does not say which model it was
 */
export async function resumedTask(
  directory: string,
  model: string | undefined,
  options: SampleOptions,
): Promise<Task> {
  const path = join(directory, 'run.json');
  const { settings, layout, command, origin } = await readDescription(path);
  const module = model ?? command?.model;
  if (module === undefined) {
    throw new Error(`${path} does not say which model it was: credence sample <model> --resume ${directory}`);
  }
  const { algorithm, stepSize, draws, until, ...rest } = settings;
  if (algorithm.kind !== 'nuts') {
    throw new Error(`${path}: the command takes up runs of NUTS, but this one is by ${algorithm.kind}`);
  }
  const posterior = await loadPosterior(module, options.data ?? command?.data);
  const names = layout.quantities.map(({ name }) => name);
  const whole = names.length === posterior.target.layout.quantities.length;
  const given = common(options);
  return {
    posterior,
    options: {
      ...rest,
      ...(stepSize > 0 && { stepSize }),
      maxTreeDepth: algorithm.maxTreeDepth,
      ...given,
      draws: given.draws ?? draws,
      until: given.until ?? until,
      keep: options.keep ?? (whole || names),
      initial: initialValues(command?.initial),
      checkpoint: runDirectory(directory, { origin }),
    },
    origin,
    directory,
  };
}

/** What can be said anew when a run is taken up again. */
function common({ draws, workers, untilEss, untilRhat, seconds }: SampleOptions): {
  readonly draws?: number;
  readonly workers: number | 'auto';
  readonly until?: Until;
} {
  const until = {
    ...(untilEss !== undefined && { essBulk: untilEss, essTail: untilEss }),
    ...(untilRhat !== undefined && { rhat: untilRhat }),
    ...(seconds !== undefined && { seconds }),
  };
  return { draws, workers, ...(Object.keys(until).length > 0 && { until }) };
}

function initialValues(file: string | undefined): InitialValues | undefined {
  return file === undefined ? undefined : (readJsonObject(file) as InitialValues);
}

function originOf(model: string, dataFile: string | undefined): RunOrigin {
  return { model: modelName(model), ...(dataFile !== undefined && { dataFile }) };
}
