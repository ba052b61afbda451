/** A made-up run for tests of files. */

import type { RecordedRun, RunOrigin } from '../../src/io';
import type { RunSettings } from '../../src/inference/settings';
import type { Layout } from '../../src/target/target';
import { layoutOf, noise } from '../report/example';

const settings: RunSettings = {
  algorithm: { kind: 'nuts', maxTreeDepth: 10 },
  chains: 3,
  seed: 7,
  warmup: 100,
  draws: 5,
  thin: 1,
  targetAcceptance: 0.8,
  metric: 'diagonal',
  stepSize: 0,
  radius: 2,
};

export const layout: Layout = layoutOf([
  { name: 'mu', shape: [] },
  { name: 'L', shape: [2, 3] },
]);

export const origin: RunOrigin = { model: 'schools', dataFile: 'schools.json' };

/** Chains 0 and 2 of three: chain 1 was lost. */
export function exampleRun(changes: Partial<RunSettings> = {}): RecordedRun {
  const chains = [0, 2];
  const constant = (value: number) => chains.map(() => new Float64Array(5).fill(value));
  return {
    layout,
    chains,
    settings: { ...settings, ...changes },
    quantityDraws: (index) => chains.map((chain) => noise(5, 10 * index + chain + 1)),
    stats: {
      logDensity: constant(-12.5),
      acceptance: constant(0.9),
      stepSize: constant(0.25),
      treedepth: constant(3),
      leapfrogs: constant(7),
      divergent: constant(0),
      energy: constant(20.125),
    },
    inverseMetric: chains.map(() => Float64Array.of(1, 0.5, 0.5, 4)),
    timing: { warmupSeconds: 0.25, samplingSeconds: 0.5 },
  };
}
