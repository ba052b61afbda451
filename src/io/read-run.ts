/** Reads a run from wherever it lies: a directory of ours, CSV files of CmdStan, InferenceData, Parquet. Node only. */

import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { type CmdStanChain, CmdStanParser } from './cmdstan-chain';
import { runOfChains } from './cmdstan-run';
import { readInferenceDataJson } from './inference-data-json';
import { linesOf } from './lines';
import { readNetcdf } from './netcdf';
import { readParquet } from './parquet';
import { runOfDatasets } from './run-of-datasets';
import { readRunDirectory } from './run-reader';
import type { StoredRun } from './stored-run';

/** What CmdStan writes beside its draws. */
const BESIDE = /(^|[-_])(profile|diagnostic)([-_.])/i;

export interface ReadOptions {
  /** Take CSV files that stop early as far as they go; default false: such a file is an error. */
  readonly partial?: boolean;
}

/**
 * Reads the draws of a run.
 *
 * @param source a directory that `credence sample --out` has written (or is writing), a directory of CSV files by
 *   CmdStan, or such files, a chain each; or one file of InferenceData (`.nc`, `.json`) or Parquet (`.parquet`)
 * @returns the run, with the face of a fit
 * @throws Error naming the file, and the line and column where there are such, that is missing, truncated, of another
 *   run, or not of a known format
 */
export async function readRun(
  source: string | readonly string[],
  options: ReadOptions = {},
): Promise<StoredRun> {
  const sources = typeof source === 'string' ? [source] : source;
  if (sources.length === 0)
    throw new RangeError('readRun: there must be at least one file or directory, got none');
  const partial = options.partial ?? false;
  if (sources.length === 1) {
    const [path] = sources;
    if (!(await isDirectory(path))) return readFileOf(path, partial);
    const names = await readdir(path);
    if (names.includes('run.json')) return readRunDirectory(path);
    const files = names.filter((name) => /\.csv$/i.test(name) && !BESIDE.test(name)).sort(naturally);
    if (files.length === 0)
      throw new Error(`${path}: there is neither a run.json nor a CSV file in this directory`);
    return runOfFiles(
      files.map((name) => join(path, name)),
      partial,
    );
  }
  for (const path of sources) {
    if (await isDirectory(path)) {
      throw new Error(`${path}: expected a CSV file of a chain beside the others, found a directory`);
    }
  }
  return runOfFiles(sources, partial);
}

async function readFileOf(path: string, partial: boolean): Promise<StoredRun> {
  switch (extname(path).toLowerCase()) {
    case '.nc':
      return runOfDatasets(path, await readNetcdf(path, await readFile(path)));
    case '.json':
      return runOfDatasets(path, readInferenceDataJson(path, await readFile(path, 'utf8')));
    case '.parquet':
      return readParquet(path, await readFile(path));
    default:
      return runOfFiles([path], partial);
  }
}

async function runOfFiles(paths: readonly string[], partial: boolean): Promise<StoredRun> {
  const chains: CmdStanChain[] = [];
  for (const path of paths) {
    const parser = new CmdStanParser(path, partial);
    for await (const lines of linesOf(path)) for (const line of lines) parser.add(line);
    chains.push(parser.end());
  }
  return runOfChains(chains);
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(
      code === 'ENOENT' ? `there is no file or directory '${path}'` : `cannot read '${path}': ${message}`,
      {
        cause: error,
      },
    );
  }
}

/** `output_10.csv` after `output_9.csv`. */
function naturally(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
