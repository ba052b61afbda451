/** The runs that arguments name. */

import { extname, basename, resolve } from 'node:path';
import { Argument, Option } from 'commander';
import { readRun } from '../io/read-run';
import type { StoredRun } from '../io/stored-run';

/** A run, and what to call it beside others. */
export interface NamedRun {
  readonly name: string;
  readonly run: StoredRun;
}

export const runsArgument = (): Argument =>
  new Argument(
    '<runs...>',
    'directories of runs, by credence or CmdStan; or files: .nc, .json (InferenceData), .parquet, .csv (CSV files together are the chains of one run)',
  );

export const partialOption = (): Option =>
  new Option('--partial', 'take CSV files that stop early as far as they go');

/**
 * Reads the runs that arguments name, each under the shortest name that tells it from the others.
 *
 * @throws Error naming the file that cannot be read
 */
export async function readRuns(paths: readonly string[], partial: boolean): Promise<NamedRun[]> {
  const isCsv = (path: string): boolean => extname(path).toLowerCase() === '.csv';
  const chains = paths.filter(isCsv);
  const sources: (readonly string[])[] = paths.filter((path) => !isCsv(path)).map((path) => [path]);
  if (chains.length > 0) sources.push(chains);
  const named: NamedRun[] = [];
  const short = sources.map(([path]) => basename(resolve(path)));
  for (const [i, source] of sources.entries()) {
    const run = await readRun(source, { partial });
    const unique = short.filter((name) => name === short[i]).length === 1;
    named.push({ name: unique ? short[i] : source[0], run });
  }
  return named;
}
