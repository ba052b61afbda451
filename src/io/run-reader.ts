/** Reads a run's own directory, also while the run goes on or after its process was killed. Node only. */

import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SamplerStatistics } from '../inference';
import { comparable } from '../inference/comparable';
import { ChainDraws } from './chain-draws';
import { parseJson } from './json-text';
import {
  chainFile,
  FORMAT,
  FORMAT_VERSION,
  HEADER_BYTES,
  headerFault,
  type RunDescription,
} from './run-format';
import { StoredRun } from './stored-run';

/** Bytes of draws in memory at a time, all chains together. */
const BUDGET = 1 << 27;

/**
 * The run in a directory that has a `run.json`. Of a run that goes on, or was killed, the chains are taken that have
 * a hundred draws or a quarter of the longest one's, all as far as the shortest of them.
 *
 * @throws Error naming the file that is missing, truncated, of another run, or not of this format
 */
export async function readRunDirectory(directory: string): Promise<StoredRun> {
  const description = await readDescription(join(directory, 'run.json'));
  const { layout, statistics, settings, origin, result } = description;
  const expected = result?.chains ?? Array.from({ length: settings.chains }, (_, chain) => chain);
  const found: ChainDraws[] = [];
  for (const chain of expected) {
    const draws = await findChain(directory, description, chain);
    if (draws !== undefined) found.push(draws);
  }
  const kept = result === undefined ? comparable(found) : found;
  const draws = result?.drawsPerChain ?? kept.reduce((least, { count }) => Math.min(least, count), Infinity);
  if (kept.length === 0) throw new Error(`${directory}: the run has no draws yet`);

  const held = kept.reduce((sum, { count }) => sum + 8 * count, 0);
  const block = Math.max(1, Math.floor(BUDGET / held));
  const column = (index: number): Float64Array[] => kept.map((chain) => chain.column(index, draws, block));
  return new StoredRun({
    layout: { ...layout, quantities: layout.quantities.map(withoutNull) },
    chains: kept.map(({ chain }) => chain),
    drawsPerChain: draws,
    quantityDraws: (index) => column(statistics.length + index),
    statistics: Object.fromEntries(
      // Copies, which do not hold on to the block they are from.
      statistics.map((name, i) => [name, column(i).map((values) => values.slice())]),
    ) as unknown as SamplerStatistics,
    origin,
    settings,
    ...(result && {
      failures: result.failures,
      timing: result.timing,
      gradientEvaluations: result.gradientEvaluations,
      inverseMetric: result.inverseMetric.map((metric) => Float64Array.from(metric)),
    }),
    complete: result?.complete ?? false,
  });
}

/** What a run's `run.json` says. */
export async function readDescription(path: string): Promise<RunDescription> {
  const value = parseJson(path, await readFile(path, 'utf8'));
  const { format, version } = (value ?? {}) as Partial<RunDescription>;
  if (format !== FORMAT)
    throw new Error(`${path}: expected "format": "${FORMAT}", found ${JSON.stringify(format)}`);
  if (version !== FORMAT_VERSION) {
    throw new Error(
      `${path}: expected version ${FORMAT_VERSION} of the format, found ${JSON.stringify(version)}: another release of credence wrote it`,
    );
  }
  for (const name of ['id', 'origin', 'settings', 'statistics', 'layout']) {
    if (!(name in (value as object))) throw new Error(`${path}: expected an entry "${name}", found none`);
  }
  return value as RunDescription;
}

/** JSON has no undefined: axes without a name are null there. */
function withoutNull<Q extends { readonly dims: readonly (string | undefined | null)[] }>(quantity: Q): Q {
  return { ...quantity, dims: quantity.dims.map((dim) => dim ?? undefined) };
}

/** Finds out how many draws a chain's file has; undefined when it has none yet. */
async function findChain(
  directory: string,
  description: RunDescription,
  chain: number,
): Promise<ChainDraws | undefined> {
  const path = join(directory, chainFile(chain));
  const { statistics, layout, id, result } = description;
  const width = statistics.length + layout.size;
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    // A chain that has not begun has no file yet.
    if (error.code === 'ENOENT' && result === undefined) return undefined;
    const reason =
      error.code === 'ENOENT' ? 'the file is missing, though run.json counts its chain' : error.message;
    throw new Error(`${path}: ${reason}`, { cause: error });
  });
  if (file === undefined) return undefined;
  try {
    const { size } = await file.stat();
    const count = Math.max(0, Math.floor((size - HEADER_BYTES) / (8 * width)));
    if (count === 0 && result === undefined) return undefined;
    const header = new Uint8Array(HEADER_BYTES);
    const { bytesRead } = await file.read(header, 0, HEADER_BYTES, 0);
    const fault = headerFault(header.subarray(0, bytesRead), id, chain, width);
    if (fault !== undefined) throw new Error(`${path}: ${fault}`);
    if (result !== undefined && count < result.drawsPerChain) {
      throw new Error(`${path}: truncated: expected ${result.drawsPerChain} draws, found ${count}`);
    }
    return new ChainDraws(path, id, chain, count, width);
  } finally {
    await file.close();
  }
}
