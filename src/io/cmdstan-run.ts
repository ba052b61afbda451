/** Chains of CmdStan put together to a run, once they are seen to be of one. */

import type { SamplerStatistics } from '../inference';
import type { CmdStanChain } from './cmdstan-chain';
import { layoutOfColumns, type ReadColumns } from './cmdstan-names';
import { CMDSTAN_STATISTICS } from './cmdstan-statistics';
import { type Statistic, StoredRun } from './stored-run';

/**
 * The run that files of chains make up.
 *
 * @throws Error naming the files that do not belong together, and how they differ
 */
export function runOfChains(files: readonly CmdStanChain[]): StoredRun {
  const [first] = files;
  for (const other of files.slice(1)) compare(first, other);
  files.forEach((chain, i) => files.slice(0, i).forEach((earlier) => refuseRepetition(earlier, chain)));
  const numbers = chainNumbers(files);
  const order = [...files.keys()].sort((a, b) => numbers[a] - numbers[b]);
  const chains = order.map((i) => files[i]);
  const draws = chains.reduce((least, { rows }) => Math.min(least, rows.length), Infinity);

  // Statistics end in two underscores; everything else is the model's.
  const isStatistic = (name: string): boolean => name.endsWith('__');
  const at = [...first.header.keys()];
  const own = at.filter((i) => !isStatistic(first.header[i]));
  const { layout, indices } = quantitiesOf(first, own);
  const columnOf = new Int32Array(layout.size);
  own.forEach((column, i) => (columnOf[indices[i]] = column));

  const column = (i: number): Float64Array[] =>
    chains.map(({ rows }) => Float64Array.from({ length: draws }, (_, draw) => rows[draw][i]));
  const statistics: Partial<Record<Statistic, Float64Array[]>> = {};
  for (const [name, key] of CMDSTAN_STATISTICS) {
    const i = first.header.indexOf(name);
    if (i >= 0) statistics[key] = column(i);
  }
  const timings = chains.map(({ timing }) => timing);
  return new StoredRun({
    layout,
    chains: order.map((i) => numbers[i]),
    drawsPerChain: draws,
    quantityDraws: (index) => column(columnOf[index]),
    statistics: statistics as Partial<SamplerStatistics>,
    origin: first.settings.origin,
    settings: first.settings.runSettings(chains.length),
    inverseMetric: chains.map(({ inverseMetric }) => inverseMetric),
    timing: timings.includes(undefined)
      ? undefined
      : {
          warmupSeconds: timings.reduce((sum, timing) => sum + timing!.warmupSeconds, 0),
          samplingSeconds: timings.reduce((sum, timing) => sum + timing!.samplingSeconds, 0),
        },
    complete: chains.every(({ complete }) => complete),
  });
}

function quantitiesOf(chain: CmdStanChain, own: readonly number[]): ReadColumns {
  try {
    return layoutOfColumns(own.map((i) => chain.header[i]));
  } catch (error) {
    throw new Error(`${chain.file}:${chain.headerLine}: ${(error as Error).message}`, { cause: error });
  }
}

/** Files of one run have the same model, columns and settings. */
function compare(first: CmdStanChain, other: CmdStanChain): void {
  const differ = (what: string, a: unknown, b: unknown): never => {
    throw new Error(
      `${other.file} and ${first.file} are not chains of one run: ${what} is ${String(b)} in the first and ${String(a)} in the second`,
    );
  };
  const [a, b] = [first.settings, other.settings];
  if (a.origin.model !== b.origin.model) differ('the model', a.origin.model, b.origin.model);
  const columns = Math.max(first.header.length, other.header.length);
  for (let i = 0; i < columns; i++) {
    const [one, two] = [first.header[i] ?? 'absent', other.header[i] ?? 'absent'];
    if (one !== two) differ(`column ${i + 1}`, one, two);
  }
  for (const name of ['num_samples', 'num_warmup', 'thin', 'iter', 'warmup', 'delta', 'metric']) {
    if (a.text(name) !== b.text(name)) differ(name, a.text(name) ?? 'not told', b.text(name) ?? 'not told');
  }
  if (first.complete && other.complete && first.rows.length !== other.rows.length) {
    differ('the number of draws', first.rows.length, other.rows.length);
  }
}

function refuseRepetition(earlier: CmdStanChain, later: CmdStanChain): void {
  // What has no parameters may well have the same draws.
  const moved = earlier.header.some(
    (name, i) => name !== 'lp__' && earlier.rows[0][i] !== earlier.rows.at(-1)![i],
  );
  const same =
    earlier.rows.length === later.rows.length &&
    earlier.rows.every((row, draw) => row.every((value, i) => Object.is(value, later.rows[draw][i])));
  if (moved && same)
    throw new Error(`${later.file} holds the same draws as ${earlier.file}: a chain counts once`);
}

/** Numbers from 0: as the files say, else as their names end (`_2.csv`), else in the order given. */
function chainNumbers(chains: readonly CmdStanChain[]): number[] {
  const usable = (ids: readonly (number | undefined)[]): boolean =>
    ids.every((id) => id !== undefined && Number.isInteger(id) && id >= 1) &&
    new Set(ids).size === ids.length;
  const told = chains.map(({ settings }) => settings.id);
  if (usable(told)) return told.map((id) => id! - 1);
  const named = chains.map(({ file }) => {
    const suffix = /[_-](\d+)\.csv$/i.exec(file);
    return suffix === null ? undefined : Number(suffix[1]);
  });
  return usable(named) ? named.map((id) => id! - 1) : chains.map((_, i) => i);
}
