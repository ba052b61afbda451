/** Reads a run's own directory, also while the run goes on or after its process was killed. Node only. */

import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SamplerStatistics } from '../inference';
import { comparable } from '../inference/comparable';
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

/** Bytes read at a time. */
const CHUNK = 1 << 22;

/** The draws of one chain: each value's in one piece. */
interface Columns {
  readonly chain: number;
  readonly count: number;
  readonly values: Float64Array;
}

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
  const found: Columns[] = [];
  for (const chain of expected) {
    const columns = await readChain(directory, description, chain);
    if (columns.count > 0) found.push(columns);
  }
  const kept = result === undefined ? comparable(found) : found;
  const draws = result?.drawsPerChain ?? kept.reduce((least, { count }) => Math.min(least, count), Infinity);
  if (kept.length === 0) throw new Error(`${directory}: the run has no draws yet`);

  const column = (index: number): Float64Array[] =>
    kept.map(({ values, count }) => values.subarray(index * count, index * count + draws));
  return new StoredRun({
    layout: { ...layout, quantities: layout.quantities.map(withoutNull) },
    chains: kept.map(({ chain }) => chain),
    drawsPerChain: draws,
    quantityDraws: (index) => column(statistics.length + index),
    statistics: Object.fromEntries(
      statistics.map((name, i) => [name, column(i)]),
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

async function readChain(directory: string, description: RunDescription, chain: number): Promise<Columns> {
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
  if (file === undefined) return { chain, count: 0, values: new Float64Array() };
  try {
    const { size } = await file.stat();
    const count = Math.max(0, Math.floor((size - HEADER_BYTES) / (8 * width)));
    if (count === 0 && result === undefined) return { chain, count, values: new Float64Array() };
    const header = new Uint8Array(HEADER_BYTES);
    const { bytesRead } = await file.read(header, 0, HEADER_BYTES, 0);
    const fault = headerFault(header.subarray(0, bytesRead), id, chain, width);
    if (fault !== undefined) throw new Error(`${path}: ${fault}`);
    if (result !== undefined && count < result.drawsPerChain) {
      throw new Error(`${path}: truncated: expected ${result.drawsPerChain} draws, found ${count}`);
    }
    const values = new Float64Array(width * count);
    const rows = Math.max(1, Math.floor(CHUNK / (8 * width)));
    const chunk = new Float64Array(rows * width);
    for (let first = 0; first < count; first += rows) {
      const there = Math.min(rows, count - first);
      const { bytesRead: read } = await file.read(
        new Uint8Array(chunk.buffer),
        0,
        8 * width * there,
        HEADER_BYTES + 8 * width * first,
      );
      if (read < 8 * width * there) throw new Error(`${path}: the file became shorter while it was read`);
      for (let i = 0; i < width; i++) {
        const start = i * count + first;
        for (let row = 0; row < there; row++) values[start + row] = chunk[row * width + i];
      }
    }
    return { chain, count, values };
  } finally {
    await file.close();
  }
}
