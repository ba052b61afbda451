/** What a run was, in two lines below its table. */

import type { Fit } from '../inference';
import { type ParticleFit, TemperedFit } from '../tempering';

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
