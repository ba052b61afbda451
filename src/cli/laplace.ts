/** `credence laplace`: a normal approximation around the mode. */

import { join } from 'node:path';
import { Option } from 'commander';
import { laplaceApproximation, LaplaceApproximation, type LaplaceOptions } from '../inference';
import { prepareDirectory } from '../io/directory';
import { drawsJson } from '../io/draws-json';
import type { RecordedStatistics } from '../io/recorded-run';
import { writeText } from '../io/write-text';
import {
  type ApproximationOptions,
  finite,
  interruptibly,
  reportApproximation,
  STATUS_NOTES,
} from './approximation';
import { climbInWords } from './climb-progress';
import { command, does } from './command';
import { loadPosterior, modelName } from './model-file';
import { addSearchOptions } from './optimize';
import { progressLine } from './progress-line';
import { initialValues, number } from './values';

interface LaplaceCommandOptions extends ApproximationOptions {
  readonly structure?: 'full' | 'diagonal' | 'low-rank';
  readonly rank?: number;
  readonly probes?: number;
  readonly starts?: number;
  readonly maxIterations: number;
  readonly workers?: number | 'auto';
  readonly out?: string;
}

export const laplace = addSearchOptions(
  command('laplace', {
    description: 'Approximate the posterior of a model by a normal distribution around its mode.',
    examples: [
      'credence laplace schools.ts --seed 1',
      'credence laplace counts.ts --data counts.json --structure diagonal --out d',
    ],
    notes: STATUS_NOTES,
  }),
)
  .addOption(new Option('--draws <n>', 'draws of the approximation').argParser(number))
  .addOption(
    new Option('--structure <name>', 'what is kept of the Hessian').choices(['full', 'diagonal', 'low-rank']),
  )
  .addOption(new Option('--rank <n>', 'directions of the low-rank structure').argParser(number))
  .addOption(new Option('--probes <n>', 'random probes of an unproved diagonal').argParser(number))
  .addOption(new Option('--out <dir>', 'write draws.json and summary.json there'));
does<[string], LaplaceCommandOptions>(laplace, async (model, options) => {
  const { structure, rank, probes, starts, draws, seed, radius, maxIterations, workers, out } = options;
  if (out !== undefined) await prepareDirectory(out);
  const posterior = await loadPosterior(model, options.data);
  const line = progressLine(process.stderr);
  const settings: LaplaceOptions = {
    ...{ radius, maxIterations },
    ...(structure !== undefined && { structure }),
    ...(rank !== undefined && { rank }),
    ...(probes !== undefined && { probes }),
    ...(starts !== undefined && { starts }),
    ...(draws !== undefined && { draws }),
    ...(seed !== undefined && { seed }),
    ...(workers !== undefined && { workers }),
    initial: initialValues(options.initial),
    onProgress: (progress) => line?.show(climbInWords(progress)),
  };
  const fit = await interruptibly((signal) =>
    laplaceApproximation(posterior, { ...settings, signal }),
  ).finally(() => line?.stop());
  if (!(fit instanceof LaplaceApproximation)) return fit.status;
  if (out !== undefined) await writeDraws(fit, { model: modelName(model), dataFile: options.data }, out);
  const { converged, hessian, logEvidence, paretoK, seconds } = fit;
  return reportApproximation(fit, options, {
    facts: {
      logEvidence,
      paretoK: finite(paretoK),
      converged,
      structure: fit.structure,
      hessian: hessian.kind,
      seed: fit.seed,
    },
    lines: [
      `Log evidence ${logEvidence.toFixed(3)}, up to the constants of improper priors.`,
      `Hessian ${fit.structure}, ${hessian.kind}: ${hessian.because}.`,
      `Pareto k ${paretoK.toFixed(2)}. ${fit.drawsPerChain} draws, ${seconds.toFixed(2)} s; seed ${fit.seed}.`,
      ...(out === undefined ? [] : [`Draws are in ${out}`]),
    ],
    warnings: fit.warnings,
  });
});

/** The draws with both log densities, from which importance weights follow. */
async function writeDraws(
  fit: LaplaceApproximation,
  origin: { readonly model: string; readonly dataFile?: string },
  out: string,
): Promise<void> {
  const statistics = { logDensity: [fit.logDensities], logApproximation: [fit.logApproximations] };
  const run = {
    layout: fit.layout,
    quantityDraws: (index: number) => fit.quantityDraws(index),
    // Of a sampler's statistics an approximation has the log density alone.
    stats: statistics as unknown as RecordedStatistics,
    settings: { seed: fit.seed, draws: fit.drawsPerChain },
    chains: fit.chains,
    inverseMetric: [],
  };
  await writeText(join(out, 'draws.json'), drawsJson(run, origin));
  await writeText(join(out, 'summary.json'), [`${JSON.stringify(fit.summary(), undefined, 2)}\n`]);
}
