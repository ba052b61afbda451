/** The directory a run is written to: made and tried before sampling begins, filled afterwards. Node only. */

import { mkdir, mkdtemp, readdir, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { cmdStanCsv } from './cmdstan-csv';
import { drawsJson } from './draws-json';
import type { RecordedRun, RunOrigin } from './recorded-run';
import { isOfRun } from './run-format';
import { writeText } from './write-text';

/**
 * Makes a directory and tries that it can be written, so that a long run does not end in vain.
 *
 * @throws Error naming the directory and the system's reason
 */
export async function prepareDirectory(path: string): Promise<void> {
  try {
    await makeDirectory(resolve(path));
    await rmdir(await mkdtemp(join(path, '.credence-')));
  } catch (error) {
    throw new Error(`cannot write to directory '${path}': ${(error as Error).message}`, { cause: error });
  }
}

/** @throws Error when a run is in the directory, saying what can be done */
export async function requireNoRun(directory: string): Promise<void> {
  const found = await readdir(directory);
  if (!found.some(isOfRun)) return;
  const goOn = found.includes('run.json') ? `--resume ${directory} goes on with it, ` : '';
  throw new Error(`${directory} holds a run: ${goOn}--overwrite lets go of it, or choose another directory`);
}

/** Removes what a run has left in a directory. */
export async function removeRun(directory: string): Promise<void> {
  for (const name of await readdir(directory)) if (isOfRun(name)) await rm(join(directory, name));
}

/** Makes the directory of a file, and those above it, where they are missing. */
export async function prepareParent(path: string): Promise<void> {
  const parent = dirname(resolve(path));
  await makeDirectory(parent).catch((error: Error) => {
    throw new Error(`cannot make directory '${parent}': ${error.message}`, { cause: error });
  });
}

/** Makes a directory and those above it. Node's own recursive mkdir never returns below /proc. */
async function makeDirectory(path: string): Promise<void> {
  if (await isDirectory(path)) return;
  if (dirname(path) !== path) await makeDirectory(dirname(path));
  await mkdir(path);
}

async function isDirectory(path: string): Promise<boolean> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return found?.isDirectory() ?? false;
}

/**
 * Writes a run into a directory: `output_1.csv`, … (one per chain, as CmdStan), `draws.json` and
 * `summary.json`.
 *
 * @param summary text of the last
 * @returns the files written
 */
export async function writeRun(
  run: RecordedRun,
  origin: RunOrigin,
  directory: string,
  summary: string,
): Promise<string[]> {
  const written: string[] = [];
  for (const [position, chain] of run.chains.entries()) {
    const path = join(directory, `output_${chain + 1}.csv`);
    await writeText(path, cmdStanCsv(run, origin, position));
    written.push(path);
  }
  for (const [name, pieces] of [
    ['draws.json', drawsJson(run, origin)],
    ['summary.json', [summary]],
  ] as const) {
    const path = join(directory, name);
    await writeText(path, pieces);
    written.push(path);
  }
  return written;
}
