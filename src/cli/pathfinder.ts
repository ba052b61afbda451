/** `credence pathfinder`: a quick approximation along optimisers' paths. */

import { Option } from 'commander';
import { pathfinder as follow, PathfinderApproximation } from '../inference';
import {
  addCommonOptions,
  type ApproximationOptions,
  finite,
  interruptibly,
  reportApproximation,
  STATUS_NOTES,
} from './approximation';
import { command, does } from './command';
import { loadPosterior } from './model-file';
import { initialValues, number, workersOption } from './values';

interface PathfinderCommandOptions extends ApproximationOptions {
  readonly paths: number;
  readonly history: number;
  readonly maxIterations: number;
  readonly workers?: number | 'auto';
}

export const pathfinder = addCommonOptions(
  command('pathfinder', {
    description: "Approximate the posterior of a model along optimisers' paths, and summarise draws.",
    examples: [
      'credence pathfinder schools.ts --seed 1',
      'credence pathfinder rows.ts --data rows.json --paths 8',
    ],
    notes: STATUS_NOTES,
  }),
)
  .addOption(new Option('--paths <n>', 'paths, each from its own start').default(4).argParser(number))
  .addOption(new Option('--history <n>', 'steps that a Hessian is made of').default(6).argParser(number))
  .addOption(
    new Option('--max-iterations <n>', 'iterations of the optimiser on a path')
      .default(1000)
      .argParser(number),
  )
  .addOption(workersOption());
does<[string], PathfinderCommandOptions>(pathfinder, async (model, options) => {
  const posterior = await loadPosterior(model, options.data);
  const { paths, history, maxIterations, draws, seed, radius, workers } = options;
  const fit = await interruptibly((signal) =>
    follow(posterior, {
      ...{ paths, history, maxIterations, radius, signal },
      ...(draws !== undefined && { draws }),
      ...(seed !== undefined && { seed }),
      ...(workers !== undefined && { workers }),
      initial: initialValues(options.initial),
    }),
  );
  if (!(fit instanceof PathfinderApproximation)) return fit.status;
  const { paretoK, gradientEvaluations, seconds, settings } = fit;
  return reportApproximation(fit, options, {
    facts: { paretoK: finite(paretoK), paths: fit.paths, gradientEvaluations, seed: settings.seed },
    lines: [
      `Bounds of the paths: ${fit.paths.map(({ elbo }) => elbo.toFixed(2)).join(', ')}.`,
      `Pareto k ${paretoK.toFixed(2)}. ${gradientEvaluations} evaluations, ${seconds.toFixed(2)} s; seed ${settings.seed}.`,
    ],
    warnings: fit.warnings,
  });
});
