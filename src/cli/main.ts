/** The `credence` command. */

import { inspect } from 'node:util';
import { Command } from 'commander';
import { modelArgument, type SampleOptions, sampleOptions } from './options';
import { sampleCommand } from './sample';
import { complain, say } from './words';

/** Writing to a pipe that was closed, as by `head`, is no error of ours; a full disk is. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  complain(`cannot write to standard output: ${error.message}`);
  process.exit(1);
});

const sample = new Command('sample')
  .description('Draw from the posterior of a model with NUTS, and summarise the draws.')
  .addArgument(modelArgument)
  // A suggestion comes on a line of its own; an error is one line.
  .configureOutput({ outputError: (text, write) => write(`${text.trim().replace(/\s*\n\s*/g, ' ')}\n`) })
  .addHelpText(
    'after',
    '\nExit status: 0 it ran; 1 an error; 2 it ran but did not converge (some R-hat above 1.05, or some bulk or\n' +
      'tail ESS below 100 per chain).',
  )
  .action(async (model: string, options: SampleOptions) => {
    try {
      process.exitCode = await sampleCommand(model, options);
    } catch (error) {
      complain(error instanceof Error ? error.message : String(error));
      if (options.stackTrace) say(inspect(error));
      process.exitCode = 1;
    }
  });
for (const option of sampleOptions) sample.addOption(option);

await new Command('credence')
  .description('Bayesian inference: models in TypeScript, sampled inside SIMD WebAssembly.')
  .addCommand(sample)
  .parseAsync();
