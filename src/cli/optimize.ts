/** `credence optimize`: the maximum of a posterior or a likelihood, with standard errors. */

import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { maximumAPosteriori, maximumLikelihood, type OptimizeOptions, PointEstimate } from '../inference';
import { prepareDirectory } from '../io/directory';
import { writeText } from '../io/write-text';
import { interruptibly } from './approximation';
import { climbInWords } from './climb-progress';
import { command, does } from './command';
import { loadPosterior } from './model-file';
import { progressLine } from './progress-line';
import { initialOption, initialValues, number, workersOption } from './values';
import { warn } from './words';

interface OptimizeCommandOptions {
  readonly data?: string;
  readonly objective: 'posterior' | 'likelihood';
  readonly jacobian?: boolean;
  readonly method?: 'lbfgs' | 'newton' | 'proximal';
  readonly starts?: number;
  readonly seed?: number;
  readonly initial?: string;
  readonly radius: number;
  readonly maxIterations: number;
  readonly workers?: number | 'auto';
  readonly standardErrors: boolean;
  readonly out?: string;
  readonly json?: boolean;
  readonly stackTrace?: boolean;
}

/** Options of the search for a mode. */
export function addSearchOptions(target: Command): Command {
  return target
    .argument('<model>', 'module whose default export is a model or a conditioned posterior')
    .addOption(new Option('--data <file>', 'JSON file of named values to condition the model on'))
    .addOption(new Option('--starts <n>', 'starting points; the highest end counts').argParser(number))
    .addOption(
      new Option('--seed <n>', 'the same seed gives the same result (default: a fresh one)').argParser(
        number,
      ),
    )
    .addOption(initialOption())
    .addOption(
      new Option('--radius <r>', 'other starting values are uniform(-r, r), unconstrained')
        .default(2)
        .argParser(number),
    )
    .addOption(new Option('--max-iterations <n>', 'iterations of each start').default(2000).argParser(number))
    .addOption(workersOption())
    .addOption(new Option('--json', 'print JSON, and nothing else'));
}

export const optimize = addSearchOptions(
  command('optimize', {
    description: 'Find the mode of a posterior, or the maximum of its likelihood.',
    examples: [
      'credence optimize regression.ts --data rows.json --objective likelihood',
      'credence optimize schools.ts --jacobian --seed 1 --out mode',
    ],
    notes:
      'Exit status: 0 it ran; 1 an error, as where the density has a pole and no mode;\n' +
      '2 it ran, but what it found is no proper maximum.',
  }),
)
  .addOption(
    new Option('--objective <name>', 'what is maximised')
      .choices(['posterior', 'likelihood'])
      .default('posterior'),
  )
  .addOption(new Option('--jacobian', 'the mode of the unconstrained parameters, as samplers see them'))
  .addOption(new Option('--method <name>', 'how').choices(['lbfgs', 'newton', 'proximal']))
  .addOption(new Option('--no-standard-errors', 'leave standard errors out'))
  .addOption(new Option('--out <dir>', 'write estimate.json there'));
does<[string], OptimizeCommandOptions>(optimize, async (model, options) => {
  const { objective, jacobian = false, method, starts, seed, radius, maxIterations, workers, out } = options;
  if (out !== undefined) await prepareDirectory(out);
  if (jacobian && objective === 'likelihood') {
    throw new Error(
      '--jacobian goes with --objective posterior: a likelihood is no density of the parameters',
    );
  }
  const posterior = await loadPosterior(model, options.data);
  const line = progressLine(process.stderr);
  const found = await interruptibly((signal) => {
    const settings: OptimizeOptions = {
      ...{ radius, maxIterations, signal },
      ...(method !== undefined && { method }),
      ...(starts !== undefined && { starts }),
      ...(seed !== undefined && { seed }),
      ...(workers !== undefined && { workers }),
      ...(!options.standardErrors && { standardErrors: false }),
      initial: initialValues(options.initial),
      onProgress: (progress) => line?.show(climbInWords(progress)),
    };
    return objective === 'likelihood'
      ? maximumLikelihood(posterior, settings)
      : maximumAPosteriori(posterior, { ...settings, jacobian });
  }).finally(() => line?.stop());
  if (!(found instanceof PointEstimate)) return found.status;
  return report(found, options);
});

async function report(found: PointEstimate, { json, out }: OptimizeCommandOptions): Promise<number> {
  const text = `${JSON.stringify(found, undefined, 2)}\n`;
  if (out !== undefined) await writeText(join(out, 'estimate.json'), [text]);
  if (json) process.stdout.write(text);
  else {
    const { evaluations, logDensity, objective, seconds, seed, starts } = found;
    const what = objective === 'likelihood' ? 'Log likelihood' : 'Log density';
    process.stdout.write(
      `${found.table({ maxRows: process.stdout.isTTY ? 100 : Infinity, warning: false })}\n\n` +
        `${what} ${logDensity.toPrecision(10)}. ${starts.length} starts, ${evaluations} evaluations, ` +
        `${seconds.toFixed(2)} s; seed ${seed}.\n`,
    );
    if (out !== undefined) process.stdout.write(`The estimate is in ${out}\n`);
  }
  if (found.problem !== undefined) warn(found.problem);
  return found.converged ? 0 : 2;
}
