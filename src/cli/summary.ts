/** `credence summary`: estimates of one run, or of several side by side. */

import { Option } from 'commander';
import { type Comparison, compareRuns } from '../report/comparison';
import type { Summary } from '../report';
import { command, does } from './command';
import { type NamedRun, partialOption, readRuns, runsArgument } from './runs';
import { warn } from './words';

interface SummaryOptions {
  readonly names?: readonly string[];
  readonly labels?: boolean;
  readonly json?: boolean;
  readonly partial?: boolean;
  readonly stackTrace?: boolean;
}

export const summary = command('summary', {
  description: 'Summarise the draws of a run, also while it goes on; compare several runs.',
  examples: [
    'credence summary run',
    'credence summary run --names mu,tau --json',
    'credence summary mine stan/output_1.csv stan/output_2.csv',
  ],
  notes:
    'Of several runs it shows mean and sd of each, and how far apart the means are:\n' +
    'z, in Monte Carlo standard errors, the largest of all pairs.\n\n' +
    'Exit status: 0; 1 an error; 2 a run has not converged.',
})
  .addArgument(runsArgument())
  .addOption(
    new Option('--names <list>', 'only these quantities, separated by commas').argParser((text) =>
      text.split(','),
    ),
  )
  .addOption(new Option('--labels', 'labels of coordinates in place of indices'))
  .addOption(partialOption())
  .addOption(new Option('--json', 'print JSON, and nothing else'));
does<[string[]], SummaryOptions>(summary, summarise);

async function summarise(paths: string[], options: SummaryOptions): Promise<number> {
  const runs = await readRuns(paths, options.partial ?? false);
  const summaries = runs.map(({ run }) => run.summary({ names: options.names }));
  if (runs.length === 1) showOne(runs[0], summaries[0], options);
  else showSeveral(runs, summaries, options);
  return summaries.every(({ converged }) => converged) ? 0 : 2;
}

function showOne({ run }: NamedRun, found: Summary, { json, labels }: SummaryOptions): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(found, undefined, 2)}\n`);
  } else {
    process.stdout.write(`${found.table({ labels, maxRows: Infinity })}\n\n${sentence(run)}\n`);
  }
  for (const { message } of found.warnings) warn(message);
}

function showSeveral(
  runs: readonly NamedRun[],
  summaries: readonly Summary[],
  options: SummaryOptions,
): void {
  const compared: Comparison = compareRuns(runs.map(({ name }, i) => ({ name, summary: summaries[i] })));
  if (options.json) {
    const byName = Object.fromEntries(runs.map(({ name }, i) => [name, summaries[i]]));
    process.stdout.write(`${JSON.stringify({ runs: byName, comparison: compared }, undefined, 2)}\n`);
  } else {
    const sentences = runs.map(({ name, run }) => `${name}: ${sentence(run)}`);
    process.stdout.write(`${compared.table({ labels: options.labels })}\n\n${sentences.join('\n')}\n`);
  }
  for (const [i, { name }] of runs.entries()) {
    for (const { message } of summaries[i].warnings) warn(`${name}: ${message}`);
  }
}

function sentence(run: NamedRun['run']): string {
  const { chains, drawsPerChain, settings, origin, complete } = run;
  const count = `${chains.length} ${chains.length === 1 ? 'chain' : 'chains'} of ${drawsPerChain} draws`;
  const of = settings.draws !== undefined && settings.draws > drawsPerChain ? ` (of ${settings.draws})` : '';
  const model = origin.model === 'unknown' ? '' : `, model ${origin.model}`;
  const seed = settings.seed === undefined ? '' : `, seed ${settings.seed}`;
  return `${count}${of}${model}${seed}${complete ? '' : ', not finished'}.`;
}
