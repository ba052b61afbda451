/** What the command says besides the table, and in which colour. */

import type { Fit } from '../inference';
import { type ParticleFit, TemperedFit } from '../tempering';
import { wrap } from '../report/table';

/** Columns of a terminal that tables, help and messages keep to. */
export const WIDTH = 80;

/** One line to standard error. */
export function say(message: string): void {
  process.stderr.write(`${message}\n`);
}

/** A warning to standard error: yellow on a terminal that has colours, unless NO_COLOR is set. */
export function warn(message: string): void {
  const lines = wrap(`Warning: ${message}`, WIDTH, '  ');
  say(lines.replace(/^Warning:/, paint('Warning:', 33)));
}

/** The one line that an error gets. */
export function complain(message: string): void {
  say(`${paint('error:', 31)} ${message.trim().replace(/\s*\n\s*/g, '; ')}`);
}

function paint(text: string, color: number): string {
  const { stderr } = process;
  // hasColors() heeds NO_COLOR and TERM=dumb.
  return stderr.isTTY && stderr.hasColors() ? `\u001b[${color}m${text}\u001b[39m` : text;
}

/** What was done, and how to do it again. */
export function sentenceOn(fit: Fit, drawsPerChain: number): string {
  const { settings, timing, gradientEvaluations } = fit;
  const { warmupSeconds, samplingSeconds, seconds } = timing;
  const work = `warm-up ${inSeconds(warmupSeconds)} and sampling ${inSeconds(samplingSeconds)} of processor time`;
  return (
    `${fit.chains.length} ${fit.chains.length === 1 ? 'chain' : 'chains'} of ${drawsPerChain} draws after ${settings.warmup} of warm-up, seed ${settings.seed}.\n` +
    `${inSeconds(seconds)}: ${work}, ${gradientEvaluations} gradients.`
  );
}

/** The same of ensembles, and of particles. */
export function sentenceOnWhole(fit: TemperedFit | ParticleFit): string {
  const { chains, drawsPerChain, settings, seconds, gradientEvaluations } = fit;
  const work = `${inSeconds(seconds)}, ${gradientEvaluations} evaluations of the density.`;
  const counted = (what: string): string => `${chains.length} ${what}${chains.length === 1 ? '' : 's'}`;
  if (fit instanceof TemperedFit) {
    const { weights, barrier, roundTrips } = fit;
    return (
      `${counted('ensemble')} of ${weights.length} levels and ${drawsPerChain} draws after ${settings.warmup} of warm-up, ` +
      `seed ${settings.seed}.\n${work} Barrier ${barrier.toFixed(1)}, ${roundTrips} round trips.`
    );
  }
  const evidences = Array.from(fit.logEvidences, (value) => value.toFixed(2)).join(', ');
  return (
    `${counted('run')} of ${drawsPerChain} particles, seed ${settings.seed}.\n${work} ` +
    `Log evidence of each run: ${evidences}.`
  );
}

function inSeconds(seconds: number): string {
  return `${seconds.toFixed(seconds < 10 ? 2 : 0)} s`;
}
