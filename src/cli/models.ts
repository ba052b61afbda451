/** What `credence evidence` and `credence compare` have in common: several models of the same data, and how far along we are. */

import { type Command, Option } from 'commander';
import type { Progress } from '../inference';
import { Posterior } from '../model';
import { Interruption, interruptible } from './interruption';
import { loadPosterior, modelName } from './model-file';
import { number } from './values';
import { say } from './words';

/** Options of both commands, as commander hands them over. */
export interface ModelsOptions {
  readonly data?: string;
  readonly chains: number;
  readonly draws?: number;
  readonly seed?: number;
  readonly json?: boolean;
  readonly stackTrace?: boolean;
}

export interface NamedModel {
  readonly name: string;
  readonly posterior: Posterior;
  /** Of this model's draws. */
  readonly seed: number;
}

export function addModelsOptions(target: Command): Command {
  return target
    .argument('<models...>', 'modules whose default exports are models or conditioned posteriors')
    .addOption(new Option('--data <file>', 'JSON file of named values to condition all models on'))
    .addOption(new Option('--chains <n>', 'chains, or independent runs').default(4).argParser(number))
    .addOption(new Option('--draws <n>', 'draws per chain, or particles per run').argParser(number))
    .addOption(
      new Option('--seed <n>', 'the same seed gives the same result (default: a fresh one)').argParser(
        number,
      ),
    )
    .addOption(new Option('--json', 'print JSON, and nothing else'));
}

/**
 * The models of all files, each with a seed of its own. They are called as their files, and by their paths where that is
 * the same.
 *
 * @throws Error where one is missing, does not load, or is no model of this package
 */
export async function loadModels(
  paths: readonly string[],
  dataFile: string | undefined,
  seed: number,
): Promise<NamedModel[]> {
  const short = paths.map(modelName);
  const names = new Set(short).size === paths.length ? short : paths;
  if (new Set(names).size < paths.length) throw new Error('a model is named twice');
  const models: NamedModel[] = [];
  for (const [i, path] of paths.entries()) {
    const posterior = await loadPosterior(path, dataFile);
    if (!(posterior instanceof Posterior)) {
      throw new Error(`${path}: expected a model made by credence, whose prior and likelihood are known`);
    }
    models.push({ name: names[i], posterior, seed: seed + i });
  }
  return models;
}

/** What `--seed` says, or one from the host's entropy. */
export function seedOf({ seed }: ModelsOptions): number {
  return seed ?? crypto.getRandomValues(new Uint32Array(1))[0];
}

/** Tells on a terminal, in one line that is written over, which model is being looked at. */
export interface Steps {
  begin(model: string): void;
  /** To be called by a sampler. */
  readonly onProgress: (progress: Progress) => void;
  note(what: string): void;
}

/** Runs a task under Ctrl-C and a line on a terminal; after an interruption there is its exit status only. */
export async function inSteps<T>(
  task: (signal: AbortSignal, steps: Steps) => Promise<T>,
): Promise<{ readonly result: T } | { readonly status: number }> {
  const { stderr } = process;
  const show = (text: string): void => void (stderr.isTTY && stderr.write(`\r\u001b[K${text}`));
  let model = '';
  let iterations: number[] = [];
  let last = -1;
  const steps: Steps = {
    begin(name) {
      [model, iterations, last] = [name, [], -1];
      show(name);
    },
    note: (what) => show(`${model}: ${what}`),
    onProgress({ chain, iteration, total }) {
      iterations[chain] = iteration;
      // Of chains that run one after another those ahead are not known yet.
      const percent = Math.floor(
        (100 * iterations.reduce((sum, x) => sum + x, 0)) / (total * iterations.length),
      );
      if (percent === last) return;
      last = percent;
      show(`${model}: sampling, ${percent} %`);
    },
  };
  try {
    return { result: await interruptible((signal) => task(signal, steps)) };
  } catch (error) {
    if (!(error instanceof Interruption)) throw error;
    say('Interrupted before there was a result.');
    return { status: error.exitStatus };
  } finally {
    show('');
  }
}
