/** `credence sample`: load, condition, sample, write, report. */

import { join } from 'node:path';
import { Fit } from '../inference';
import { prepareDirectory, removeRun, requireNoRun, writeRun } from '../io/directory';
import { readRun } from '../io/read-run';
import type { RecordedRun } from '../io/recorded-run';
import { StoredRun } from '../io/stored-run';
import { writeText } from '../io/write-text';
import { type ParticleFit, TemperedFit } from '../tempering';
import { Interruption, interruptible } from './interruption';
import type { SampleOptions } from './options';
import { progressBars } from './progress';
import { progressLine } from './progress-line';
import { newTask, resumedTask, type Task } from './task';
import { sentenceOn, sentenceOnWhole } from './sentences';
import { say, warn } from './words';

/** Samples a model and reports; resolves to the exit status. */
export async function sampleCommand(model: string | undefined, options: SampleOptions): Promise<number> {
  const { resume, out, overwrite } = options;
  if (resume !== undefined && out !== undefined) {
    throw new Error('--resume goes on in its own directory: leave --out out');
  }
  if (overwrite && out === undefined) throw new Error('--overwrite goes with --out');
  if (out !== undefined) {
    await prepareDirectory(out);
    if (!overwrite) await requireNoRun(out);
  }
  const task = await taskOf(model, options);
  try {
    const fit = await run(task);
    return fit instanceof Fit ? await finish(fit, task, options) : await finishWhole(fit, task, options);
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

async function run({ posterior, sampler, options }: Task): Promise<Fit | TemperedFit | ParticleFit> {
  const bars = progressBars(process.stderr);
  const line = progressLine(process.stderr);
  try {
    return await interruptible<Fit | TemperedFit | ParticleFit>((signal) =>
      sampler.kind === 'chains'
        ? sampler.run(posterior, { ...options, signal, onProgress: bars?.update })
        : sampler.run(
            posterior,
            { ...options, signal },
            {
              ...(bars && { onProgress: bars.update }),
              onStage: ({ chain, stage, weight }) =>
                line?.show(`run ${chain + 1}: stage ${stage}, weight of the data ${weight.toPrecision(2)}`),
            },
          ),
    );
  } finally {
    bars?.stop();
    line?.stop();
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
  return report(summary, json, sentenceOn(fit, drawn.drawsPerChain), task, options);
}

async function finishWhole(
  fit: TemperedFit | ParticleFit,
  task: Task,
  options: SampleOptions,
): Promise<number> {
  const { directory, origin } = task;
  const summary = fit.summary();
  const facts = fit instanceof TemperedFit ? levelsOf(fit) : { logEvidences: Array.from(fit.logEvidences) };
  const json = `${JSON.stringify({ ...summary.toJSON(), ...facts }, undefined, 2)}\n`;
  if (directory !== undefined) {
    await removeRun(directory);
    await writeRun(recorded(fit, task), origin, directory, json);
  }
  return report(summary, json, sentenceOnWhole(fit), task, options);
}

function levelsOf({ weights, rejections, roundTrips }: TemperedFit): object {
  return { weights, rejections, roundTrips };
}

/** A result without a sampler's statistics, as files have runs. */
function recorded(fit: TemperedFit | ParticleFit, { origin }: Task): RecordedRun {
  const { layout, chains, drawsPerChain, settings, failures, gradientEvaluations } = fit;
  const quantityDraws = (index: number): Float64Array[] => fit.quantityDraws(index);
  return new StoredRun({
    ...{ layout, chains, drawsPerChain, settings, failures, gradientEvaluations },
    ...{ quantityDraws, statistics: {}, origin },
  });
}

function report(
  summary: ReturnType<Fit['summary']>,
  json: string,
  sentence: string,
  { directory }: Task,
  options: SampleOptions,
): number {
  if (options.json) {
    process.stdout.write(json);
  } else {
    process.stdout.write(
      `${summary.table({ maxRows: process.stdout.isTTY ? 100 : Infinity })}\n\n${sentence}\n`,
    );
    if (directory !== undefined) process.stdout.write(`Draws are in ${directory}\n`);
  }
  for (const { message } of summary.warnings) warn(message);
  if (!summary.converged) warn('The chains have not converged: do not rely on these estimates.');
  return summary.converged ? 0 : 2;
}

/** After an interruption: the draws made so far are written where there is a place for them. */
async function keepPartial(interruption: Interruption, { sampler, directory, origin }: Task): Promise<void> {
  const fit = (interruption as { partial?: Fit }).partial;
  const draws = fit?.drawsPerChain ?? 0;
  if (fit === undefined || draws === 0) {
    return say(
      directory === undefined || sampler.kind === 'whole'
        ? 'Interrupted before there were any draws.'
        : `Interrupted; credence sample --resume ${directory} goes on.`,
    );
  }
  if (directory === undefined)
    return say(`Interrupted after ${draws} draws per chain; with --out they are kept.`);
  await writeRun(fit, origin, directory, `${JSON.stringify(fit.summary(), undefined, 2)}\n`);
  say(`Interrupted: ${draws} draws of each of ${fit.chains.length} chains are in ${directory}`);
}
