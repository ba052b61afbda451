/** `credence convert`: a run in another format. */

import { writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import { cmdStanCsv } from '../io/cmdstan-csv';
import { prepareDirectory, prepareParent } from '../io/directory';
import { drawsJson } from '../io/draws-json';
import { type GroupName, GROUPS, inferenceData, type Observed } from '../io/inference-data';
import { inferenceDataJson } from '../io/inference-data-json';
import { toNetcdf } from '../io/netcdf';
import { toParquet } from '../io/parquet';
import type { StoredRun } from '../io/stored-run';
import { writeText } from '../io/write-text';
import { command, does } from './command';
import { readJsonObject } from './json-file';
import { groupsOfModel } from './model-groups';
import { partialOption, readRuns, runsArgument } from './runs';
import { warn } from './words';

const FORMATS = ['netcdf', 'arviz-json', 'parquet', 'cmdstan', 'json'] as const;
type Format = (typeof FORMATS)[number];

const EXTENSIONS: Readonly<Record<Exclude<Format, 'cmdstan'>, string>> = {
  netcdf: '.nc',
  'arviz-json': '.json',
  parquet: '.parquet',
  json: '.json',
};

interface ConvertOptions {
  readonly to?: Format;
  readonly out: string;
  readonly group: Readonly<Record<string, GroupName>>;
  readonly observed?: string;
  readonly model?: string;
  readonly data?: string;
  readonly json?: boolean;
  readonly partial?: boolean;
  readonly stackTrace?: boolean;
}

export const convert = command('convert', {
  description: 'Write the draws of runs in another format.',
  examples: [
    'credence convert run --out run.nc',
    'credence convert run --model model.ts --data data.json --out run.nc',
    'credence convert stan/ --out stan.nc --group log_lik=log_likelihood',
    'credence convert run --to cmdstan --out csv/',
    'credence convert first second --to parquet --out tables/',
  ],
  notes: `Formats:
  netcdf      ArviZ's InferenceData as NetCDF-4 (.nc)
  arviz-json  the same as JSON (.json)
  parquet     a table with a row per draw, as R's posterior has it (.parquet)
  cmdstan     a directory of CSV files, one per chain
  json        draws and statistics as nested arrays`,
})
  .addArgument(runsArgument())
  .requiredOption('--out <path>', 'file to write; for several runs, and for cmdstan, a directory')
  .addOption(new Option('--to <format>', 'by default as the name of the file ends').choices(FORMATS))
  .addOption(
    new Option(
      '--group <name=group>',
      `put a quantity into another group of InferenceData (${GROUPS.slice(2).join(', ')}); may be repeated`,
    )
      .default({}, 'none')
      .argParser(grouped),
  )
  .addOption(new Option('--observed <file>', 'JSON file of named values for the group observed_data'))
  .addOption(
    new Option(
      '--model <file>',
      'the model of the runs: adds log likelihoods, predictions, prior and observations to InferenceData',
    ),
  )
  .addOption(new Option('--data <file>', 'JSON file of named values to condition the model on'))
  .addOption(partialOption())
  .addOption(new Option('--json', 'print the names of the files written as JSON'));
does<[string[]], ConvertOptions>(convert, convertRuns);

function grouped(text: string, before: Record<string, GroupName>): Record<string, GroupName> {
  const [, name, group] = /^(.+)=(.+)$/.exec(text) ?? [];
  if (!GROUPS.includes(group as GroupName)) {
    throw new InvalidArgumentError(
      `'${text}' is not of the form name=group with a group of ${GROUPS.join(', ')}.`,
    );
  }
  return { ...before, [name]: group as GroupName };
}

async function convertRuns(paths: string[], options: ConvertOptions): Promise<number> {
  if (options.data !== undefined && options.model === undefined) {
    throw new Error('--data conditions a model: say which with --model');
  }
  const runs = await readRuns(paths, options.partial ?? false);
  const format = options.to ?? formatOf(options.out);
  const written: string[] = [];
  if (runs.length === 1) {
    written.push(...(await write(runs[0].run, format, options.out, options)));
  } else {
    await prepareDirectory(options.out);
    for (const { name, run } of runs) {
      const base = join(options.out, name.replace(/[/\\]+/g, '-'));
      written.push(
        ...(await write(run, format, format === 'cmdstan' ? base : base + EXTENSIONS[format], options)),
      );
    }
  }
  process.stdout.write(
    options.json ? `${JSON.stringify({ written }, undefined, 2)}\n` : `${written.join('\n')}\n`,
  );
  return 0;
}

function formatOf(path: string): Format {
  const extension = extname(path).toLowerCase();
  const format = FORMATS.find((name) => name !== 'cmdstan' && EXTENSIONS[name] === extension);
  if (format === undefined) {
    throw new Error(
      `the name '${path}' does not tell the format: end it in .nc, .parquet or .json, or say --to`,
    );
  }
  return format;
}

async function write(
  run: StoredRun,
  format: Format,
  path: string,
  options: ConvertOptions,
): Promise<string[]> {
  if (format !== 'cmdstan') await prepareParent(path);
  switch (format) {
    case 'cmdstan': {
      await prepareDirectory(path);
      const files = run.chains.map((chain) => join(path, `output_${chain + 1}.csv`));
      for (const [position, file] of files.entries())
        await writeText(file, cmdStanCsv(run, run.origin, position));
      return files;
    }
    case 'json':
      await writeText(path, drawsJson(run, run.origin));
      return [path];
    case 'parquet':
      await writeBytes(path, await toParquet(run));
      return [path];
    case 'arviz-json':
      await writeText(path, inferenceDataJson(await datasets(run, options)));
      return [path];
    case 'netcdf':
      await writeBytes(path, await toNetcdf(await datasets(run, options)));
      return [path];
  }
}

async function datasets(run: StoredRun, { group, observed, model, data }: ConvertOptions) {
  const { notes, ...ofModel } = model === undefined ? { notes: [] } : await groupsOfModel(model, data, run);
  for (const note of notes) warn(note);
  return inferenceData(run, {
    ...ofModel,
    groups: group,
    ...(observed !== undefined && {
      observedData: readJsonObject(observed) as Readonly<Record<string, Observed>>,
    }),
  });
}

async function writeBytes(path: string, bytes: Uint8Array): Promise<void> {
  await writeFile(path, bytes).catch((error: Error) => {
    throw new Error(`cannot write '${path}': ${error.message}`, { cause: error });
  });
}
