/** `credence sample`: load, condition, sample, write, report. */

import { type Fit, type InitialValues, nuts, type Samplable } from '../inference';
import { prepareDirectory, writeRun } from '../io/directory';
import { Interruption, interruptible } from './interruption';
import { readJsonObject } from './json-file';
import { loadModel, modelName } from './model-file';
import type { SampleOptions } from './options';
import { progressBars } from './progress';
import { say, sentenceOn, warn } from './words';

/** Samples a model and reports; resolves to the exit status. */
export async function sampleCommand(model: string, options: SampleOptions): Promise<number> {
  if (options.out !== undefined) await prepareDirectory(options.out);
  const posterior = await conditioned(model, options.data);
  try {
    const fit = await run(posterior, options);
    return await finish(fit, model, options);
  } catch (error) {
    if (!(error instanceof Interruption)) throw error;
    await keepPartial(error, model, options);
    return error.exitStatus;
  }
}

async function conditioned(path: string, dataFile: string | undefined): Promise<Samplable> {
  const loaded = await loadModel(path);
  if (loaded.kind === 'posterior') {
    if (dataFile !== undefined) {
      throw new Error(
        `${path} exports a posterior that already has its data: leave --data out, or export the model`,
      );
    }
    return loaded.posterior;
  }
  return loaded.condition(dataFile === undefined ? {} : readJsonObject(dataFile));
}

async function run(posterior: Samplable, options: SampleOptions): Promise<Fit> {
  const { chains, warmup, draws, thin, seed, targetAcceptance, maxTreeDepth, metric, radius, workers } =
    options;
  const initial =
    options.initial === undefined ? undefined : (readJsonObject(options.initial) as InitialValues);
  const settings = {
    chains,
    warmup,
    draws,
    thin,
    seed,
    targetAcceptance,
    maxTreeDepth,
    metric,
    radius,
    workers,
  };
  const bars = progressBars(process.stderr);
  try {
    return await interruptible((signal) =>
      nuts(posterior, { ...settings, initial, signal, onProgress: bars?.update }),
    );
  } finally {
    bars?.stop();
  }
}

async function finish(fit: Fit, model: string, options: SampleOptions): Promise<number> {
  const summary = fit.summary();
  const json = `${JSON.stringify(summary, undefined, 2)}\n`;
  if (options.out !== undefined) await writeRun(fit, originOf(model, options), options.out, json);
  if (options.json) {
    process.stdout.write(json);
  } else {
    process.stdout.write(
      `${summary.table({ maxRows: process.stdout.isTTY ? 100 : Infinity })}\n\n${sentenceOn(fit)}\n`,
    );
    if (options.out !== undefined) process.stdout.write(`Draws are in ${options.out}\n`);
  }
  for (const { message } of summary.warnings) warn(message);
  if (!summary.converged) warn('The chains have not converged: do not rely on these estimates.');
  return summary.converged ? 0 : 2;
}

/** After an interruption: the draws made so far are written where there is a place for them. */
async function keepPartial(interruption: Interruption, model: string, options: SampleOptions): Promise<void> {
  const fit = (interruption as { partial?: Fit }).partial;
  const draws = fit?.drawsPerChain ?? 0;
  if (fit === undefined || draws === 0) return say('Interrupted before there were any draws.');
  if (options.out === undefined)
    return say(`Interrupted after ${draws} draws per chain; with --out they are kept.`);
  await writeRun(
    fit,
    originOf(model, options),
    options.out,
    `${JSON.stringify(fit.summary(), undefined, 2)}\n`,
  );
  say(`Interrupted: ${draws} draws of each of ${fit.chains.length} chains are in ${options.out}`);
}

function originOf(model: string, options: SampleOptions): { model: string; dataFile?: string } {
  return { model: modelName(model), dataFile: options.data };
}
