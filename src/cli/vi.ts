/** `credence vi`: a variational approximation, and what its bound says. */

import { InvalidArgumentError, Option } from 'commander';
import {
  type Estimate,
  variational,
  VariationalApproximation,
  type FamilyName,
  type VariationalOptions,
} from '../inference';
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
import { initialValues, number } from './values';

interface ViOptions extends ApproximationOptions {
  readonly family: FamilyName;
  readonly rank?: number;
  readonly drawsPerStep: number;
  readonly maxIterations: number;
  readonly tolerance: number;
  readonly minibatch?: VariationalOptions['minibatch'];
  readonly resample?: boolean;
}

export const vi = addCommonOptions(
  command('vi', {
    description: 'Approximate the posterior of a model variationally, and summarise draws.',
    examples: [
      'credence vi schools.ts --seed 1',
      'credence vi regression.ts --data rows.json --family full-rank --resample',
    ],
    notes: STATUS_NOTES,
  }),
)
  .addOption(
    new Option('--family <name>', 'family of the approximation')
      .choices(['mean-field', 'full-rank', 'low-rank', 'flow'])
      .default('mean-field'),
  )
  .addOption(new Option('--rank <n>', 'columns of the low-rank family').argParser(number))
  .addOption(new Option('--draws-per-step <n>', 'draws of each step').default(10).argParser(number))
  .addOption(new Option('--max-iterations <n>', 'most steps').default(50_000).argParser(number))
  .addOption(
    new Option('--tolerance <nats>', 'end when the bound rises by no more').default(0.01).argParser(number),
  )
  .addOption(
    new Option(
      '--minibatch <dimension=size>',
      'rows of the data that each step sees, such as row=256',
    ).argParser(minibatch),
  )
  .addOption(new Option('--resample', 'summarise draws taken by importance'));
does<[string], ViOptions>(vi, async (model, options) => {
  const posterior = await loadPosterior(model, options.data);
  const { family, rank, drawsPerStep, maxIterations, tolerance, minibatch, draws, seed, radius } = options;
  const settings: VariationalOptions = {
    ...{ family, drawsPerStep, maxIterations, tolerance, radius },
    ...(rank !== undefined && { rank }),
    ...(minibatch !== undefined && { minibatch }),
    ...(draws !== undefined && { draws }),
    ...(seed !== undefined && { seed }),
    initial: initialValues(options.initial),
  };
  const fit = await interruptibly((signal) => variational(posterior, { ...settings, signal }));
  if (!(fit instanceof VariationalApproximation)) return fit.status;
  const { elbo, converged, iterations, gradientEvaluations, paretoK, seconds } = fit;
  return reportApproximation(options.resample ? fit.resample({ seed: fit.settings.seed }) : fit, options, {
    facts: {
      elbo,
      paretoK: finite(paretoK),
      converged,
      iterations,
      gradientEvaluations,
      seed: fit.settings.seed,
    },
    lines: [
      boundInWords(fit),
      `Pareto k ${paretoK.toFixed(2)}. ${iterations} steps, ${gradientEvaluations} gradients, ` +
        `${seconds.toFixed(2)} s; family ${family}, seed ${fit.settings.seed}.`,
    ],
    warnings: fit.warnings,
  });
});

/** Parses `row=256`. */
function minibatch(given: string): VariationalOptions['minibatch'] {
  const [, dimension, size] = /^(.+)=(\d+)$/.exec(given) ?? [];
  if (dimension === undefined) {
    throw new InvalidArgumentError(
      'it must be the name of a dimension and a number of rows, such as row=256',
    );
  }
  return { dimension, size: Number(size) };
}

function boundInWords({ elbo }: VariationalApproximation): string {
  const text = ({ value, error }: Estimate): string => `${value.toFixed(2)} (${error.toFixed(2)})`;
  const { reconstruction, divergence } = elbo;
  if (reconstruction === undefined || divergence === undefined) return `Evidence lower bound ${text(elbo)}.`;
  return (
    `Evidence lower bound ${text(elbo)} = ${text(reconstruction)} expected log likelihood − ` +
    `${text(divergence)} KL from the prior.`
  );
}
