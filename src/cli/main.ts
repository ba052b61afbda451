/** The `credence` command. */

import * as nodeModule from 'node:module';
import { Command } from 'commander';
import { VERSION } from '../version';
import { completion } from './completion';
import { complain, WIDTH } from './words';

// Where Node has it, from 22.8 on, it keeps what it has compiled for the next time.
(nodeModule as { enableCompileCache?: () => unknown }).enableCompileCache?.();

/** Loads each command by its name: one of them alone is up sooner than all. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  sample: async () => (await import('./sample-command')).sample,
  optimize: async () => (await import('./optimize')).optimize,
  laplace: async () => (await import('./laplace')).laplace,
  vi: async () => (await import('./vi')).vi,
  pathfinder: async () => (await import('./pathfinder')).pathfinder,
  evidence: async () => (await import('./evidence')).evidence,
  compare: async () => (await import('./compare')).compare,
  summary: async () => (await import('./summary')).summary,
  report: async () => (await import('./report')).report,
  plot: async () => (await import('./plot')).plot,
  convert: async () => (await import('./convert')).convert,
  ab: async () => (await import('./ab')).ab,
};

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
const [first] = process.argv.slice(2);
const named = Object.hasOwn(commands, first) ? [commands[first]] : Object.values(commands);
const loaded = await Promise.all(named.map((load) => load()));
for (const command of [...loaded, completion(loaded)]) program.addCommand(command);

await program.parseAsync();
