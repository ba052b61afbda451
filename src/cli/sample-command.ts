/** `credence sample`, as the command line knows it. */

import { command, does } from './command';
import { modelArgument, type SampleOptions, sampleOptions } from './options';
import { sampleCommand } from './sample';

export const sample = command('sample', {
  description: 'Draw from the posterior of a model, and summarise the draws.',
  examples: [
    'credence sample schools.ts --seed 1',
    'credence sample regression.ts --data rows.json --chains 8 --out runs/first',
    'credence sample --resume runs/first --draws 5000',
    'credence sample mixture.ts --sampler parallel-tempering --levels 15',
  ],
  notes:
    'Exit status: 0 it ran; 1 an error; 2 it ran but did not converge (some R-hat\n' +
    'above 1.05, or some bulk or tail ESS below 100 per chain).',
}).addArgument(modelArgument);
for (const option of sampleOptions) sample.addOption(option);
does<[string | undefined], SampleOptions>(sample, sampleCommand);
