/** `credence sample`: load, condition, sample, write, report. */

import { join } from 'node:path';
import { type Fit, nuts } from '../inference';
import { prepareDirectory, writeRun } from '../io/directory';
import { readRun } from '../io/read-run';
import type { StoredRun } from '../io/stored-run';
import { writeText } from '../io/write-text';
import { Interruption, interruptible } from './interruption';
import type { SampleOptions } from './options';
import { progressBars } from './progress';
import { newTask, resumedTask, type Task } from './task';
import { say, sentenceOn, warn } from './words';

/** Samples a model and reports; resolves to the exit status. */
export async function sampleCommand(model: string | undefined, options: SampleOptions): Promise<number> {
  if (options.resume !== undefined && options.out !== undefined) {
    throw new Error('--resume goes on in its own directory: leave --out out');
  }
  if (options.out !== undefined) await prepareDirectory(options.out);
  const task = await taskOf(model, options);
  try {
    return await finish(await run(task), task, options);
  } catch (error) {
    if (!(error instanceof Interruption)) throw error;
    await keepPartial(error, task);
    return error.exitStatus;
  }
}

function taskOf(model: string | undefined, options: SampleOptions): Promise<Task> {
  if (options.resume !== undefined) return resumedTask(options.resume, model, options);
  if (model === undefined) throw new Error("missing required argument 'model', or --resume with a directory");
  return newTask(model, options);
}

async function run({ posterior, options }: Task): Promise<Fit> {
  const bars = progressBars(process.stderr);
  try {
    return await interruptible((signal) => nuts(posterior, { ...options, signal, onProgress: bars?.update }));
  } finally {
    bars?.stop();
  }
}

async function finish(fit: Fit, task: Task, options: SampleOptions): Promise<number> {
  const { directory, origin } = task;
  // With --keep none the draws are in the directory alone.
  const drawn: Fit | StoredRun = fit.drawsPerChain > 0 ? fit : await readRun(directory!);
  const summary = drawn.summary();
  const json = `${JSON.stringify(summary, undefined, 2)}\n`;
  if (directory !== undefined) {
    if (drawn === fit) await writeRun(fit, origin, directory, json);
    else await writeText(join(directory, 'summary.json'), [json]);
  }
  if (options.json) {
    process.stdout.write(json);
  } else {
    process.stdout.write(
      `${summary.table({ maxRows: process.stdout.isTTY ? 100 : Infinity })}\n\n${sentenceOn(fit, drawn.drawsPerChain)}\n`,
    );
    if (directory !== undefined) process.stdout.write(`Draws are in ${directory}\n`);
  }
  for (const { message } of summary.warnings) warn(message);
  if (!summary.converged) warn('The chains have not converged: do not rely on these estimates.');
  return summary.converged ? 0 : 2;
}

/** After an interruption: the draws made so far are written where there is a place for them. */
async function keepPartial(interruption: Interruption, { directory, origin }: Task): Promise<void> {
  const fit = (interruption as { partial?: Fit }).partial;
  const draws = fit?.drawsPerChain ?? 0;
  if (fit === undefined || draws === 0) {
    return say(
      directory === undefined
        ? 'Interrupted before there were any draws.'
        : `Interrupted; credence sample --resume ${directory} goes on.`,
    );
  }
  if (directory === undefined)
    return say(`Interrupted after ${draws} draws per chain; with --out they are kept.`);
  await writeRun(fit, origin, directory, `${JSON.stringify(fit.summary(), undefined, 2)}\n`);
  say(`Interrupted: ${draws} draws of each of ${fit.chains.length} chains are in ${directory}`);
}
