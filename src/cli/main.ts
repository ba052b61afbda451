/** The `credence` command. */

import { Command } from 'commander';
import { VERSION } from '../version';
import { ab } from './ab';
import { compare } from './compare';
import { completion } from './completion';
import { convert } from './convert';
import { evidence } from './evidence';
import { laplace } from './laplace';
import { optimize } from './optimize';
import { pathfinder } from './pathfinder';
import { plot } from './plot';
import { report } from './report';
import { sample } from './sample-command';
import { summary } from './summary';
import { vi } from './vi';
import { complain, WIDTH } from './words';

const commands = [
  sample,
  optimize,
  laplace,
  vi,
  pathfinder,
  evidence,
  compare,
  summary,
  report,
  plot,
  convert,
  ab,
];

/** Writing to a pipe that was closed, as by `head`, is no error of ours; a full disk is. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  complain(`cannot write to standard output: ${error.message}`);
  process.exit(1);
});

const program = new Command('credence')
  .description('Bayesian inference: models in TypeScript, sampled inside SIMD WebAssembly.')
  .version(VERSION, '-V, --version', 'show the version')
  .configureHelp({ helpWidth: WIDTH })
  .addHelpText(
    'after',
    '\nExample:\n  $ credence sample model.ts --data data.json --seed 1 --out run\n  $ credence summary run',
  );
for (const command of [...commands, completion(commands)]) program.addCommand(command);

await program.parseAsync();
