/** `credence report`: a run as one self-contained web page. */

import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Option } from 'commander';
import type { ReportOptions } from '../page';
import type { Summary } from '../report';
import { compareRuns } from '../report/comparison';
import { command, does } from './command';
import { evidenceOf } from './report-evidence';
import { type NamedRun, partialOption, readRuns, runsArgument } from './runs';
import { warn } from './words';

interface Options {
  readonly out?: string;
  readonly model?: string;
  readonly data?: string;
  readonly json?: boolean;
  readonly partial?: boolean;
  readonly stackTrace?: boolean;
}

export const report = command('report', {
  description: 'Show a run as one web page: summary, warnings, pictures. It needs nothing beside itself.',
  examples: [
    'credence report run',
    'credence report run --model model.ts --data data.json --out run.html',
    'credence report stan/output_1.csv stan/output_2.csv --out stan.html',
  ],
  notes:
    'Of several runs there is a page each, in its directory, with all of them side by\n' +
    'side. With --model the page also shows the data, the prior beside the\n' +
    'posterior, and predictions against the data.\n\n' +
    'Exit status: 0; 1 an error; 2 a run has not converged.',
})
  .addArgument(runsArgument())
  .addOption(new Option('--out <file>', 'the page; by default report.html in the directory of the run'))
  .addOption(new Option('--model <file>', 'the module that the run was sampled from'))
  .addOption(new Option('--data <file>', 'JSON file of named values to condition that model on'))
  .addOption(partialOption())
  .addOption(new Option('--json', 'print the names of the files written as JSON'));
does<[string[]], Options>(report, write);

async function write(paths: string[], options: Options): Promise<number> {
  // It carries a plotting library, which other commands need not load.
  const { reportPage } = await import('../page/report-page');
  const runs = await readRuns(paths, options.partial ?? false);
  if (runs.length > 1 && options.out !== undefined) {
    throw new Error(
      '--out names one page, but there are several runs: leave it out, or report one at a time',
    );
  }
  if (options.data !== undefined && options.model === undefined) {
    throw new Error('--data needs --model: it tells what the data are for');
  }
  const summaries = runs.map(({ run }) => run.summary());
  const comparison = runs.length === 1 ? undefined : await compared(runs, summaries);
  const written: string[] = [];
  for (const [i, { name, run }] of runs.entries()) {
    const evidence =
      options.model === undefined ? undefined : await evidenceOf(options.model, options.data, run);
    for (const note of evidence?.notes ?? []) warn(note);
    const page = reportPage(run, {
      title: name,
      facts: factsOf(run),
      summary: summaries[i],
      comparison,
      ...evidence,
    });
    const file = options.out ?? (await placeOf(runs.length === 1 ? paths[0] : paths[i], name));
    await writeFile(file, page).catch((error: Error) => {
      throw new Error(`cannot write '${file}': ${error.message}`, { cause: error });
    });
    written.push(file);
  }
  process.stdout.write(
    options.json ? `${JSON.stringify({ written }, undefined, 2)}\n` : `${written.join('\n')}\n`,
  );
  return summaries.every(({ converged }) => converged) ? 0 : 2;
}

/** All runs in one table and one picture. */
async function compared(
  runs: readonly NamedRun[],
  summaries: readonly Summary[],
): Promise<ReportOptions['comparison']> {
  const { forest, toSVG } = await import('../plot');
  const named = runs.map(({ name }, i) => ({ name, summary: summaries[i] }));
  const byName = Object.fromEntries(runs.map(({ name, run }) => [name, run]));
  return {
    table: compareRuns(named).table({ labels: true }),
    picture: await toSVG(forest(byName, undefined, { width: 720 })),
  };
}

/** In the directory of the run, or here where the run is a file. */
async function placeOf(source: string, name: string): Promise<string> {
  return (await stat(source)).isDirectory()
    ? join(source, 'report.html')
    : `${name.replace(/\.(csv|nc|json|parquet)$/i, '')}.html`;
}

function factsOf({
  origin,
  settings,
  timing,
  complete,
  gradientEvaluations,
}: NamedRun['run']): [string, string][] {
  const facts: [string, string | undefined][] = [
    ['model', origin.model === 'unknown' ? undefined : origin.model],
    ['data', origin.dataFile],
    ['warm-up', settings.warmup?.toString()],
    ['seed', settings.seed?.toString()],
    ['gradients', gradientEvaluations?.toLocaleString('en')],
    ['processor time', timing && `${(timing.warmupSeconds + timing.samplingSeconds).toFixed(2)} s`],
    ['state', complete ? undefined : 'not finished'],
  ];
  return facts.filter((fact): fact is [string, string] => fact[1] !== undefined);
}
