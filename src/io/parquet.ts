/**
 * Draws as Parquet, a row each: the columns `.chain`, `.iteration` and `.draw` and names as `theta[1,2]`, counted from 1,
 * are those of R's posterior package, whose `as_draws_df` takes such a table.
 */

import type { SamplerStatistics } from '../inference';
import type { Layout } from '../target/target';
import { CMDSTAN_STATISTICS } from './cmdstan-statistics';
import { cmdStanColumns, layoutOfColumns } from './cmdstan-names';
import type { RecordedRun, RunOrigin } from './recorded-run';
import { type Statistic, StoredRun } from './stored-run';

const COUNTERS = ['.chain', '.iteration', '.draw'];

/** What the file says besides its table, under the key `credence`. */
interface Description {
  readonly origin: RunOrigin;
  readonly settings: RecordedRun['settings'];
  readonly layout: Layout;
}

type Run = RecordedRun & { readonly origin?: RunOrigin; readonly recorded?: ReadonlySet<Statistic> };

/**
 * The bytes of a Parquet file: numbers of 64 bits, compressed by Snappy.
 *
 * @param run a fit, or a run read from files
 */
export async function toParquet(run: Run): Promise<Uint8Array<ArrayBuffer>> {
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  const perChain = run.stats.logDensity.map(({ length }) => length);
  const rows = perChain.flatMap((draws, chain) =>
    Array.from({ length: draws }, (_, draw) => ({ chain, draw })),
  );
  const whole = (name: string, data: Int32Array) => ({ name, data, type: 'INT32' as const, nullable: false });
  const numbers = (name: string, chains: readonly ArrayLike<number>[]) => {
    const data = new Float64Array(rows.length);
    let at = 0;
    for (const chain of chains) for (let i = 0; i < chain.length; i++) data[at++] = chain[i];
    return { name, data, type: 'DOUBLE' as const, nullable: false };
  };
  const description: Description = {
    origin: run.origin ?? { model: 'unknown' },
    settings: run.settings,
    layout: run.layout,
  };
  const buffer = parquetWriteBuffer({
    columnData: [
      whole(
        '.chain',
        Int32Array.from(rows, ({ chain }) => run.chains[chain] + 1),
      ),
      whole(
        '.iteration',
        Int32Array.from(rows, ({ draw }) => draw + 1),
      ),
      whole(
        '.draw',
        Int32Array.from(rows, (_, row) => row + 1),
      ),
      ...CMDSTAN_STATISTICS.filter(([, key]) => run.recorded?.has(key) ?? true).map(([name, key]) =>
        numbers(name, run.stats[key]),
      ),
      ...cmdStanColumns(run.layout).map(({ name, index }) =>
        numbers(bracketed(name), run.quantityDraws(index)),
      ),
    ],
    kvMetadata: [{ key: 'credence', value: JSON.stringify(description) }],
    createdBy: 'credence',
  });
  return new Uint8Array(buffer);
}

/**
 * Reads a run from the bytes of a Parquet file with a row per draw.
 *
 * @param file named in errors
 * @throws Error when the bytes are no Parquet file or truncated, or a column is missing or holds no numbers
 */
export async function readParquet(file: string, bytes: Uint8Array): Promise<StoredRun> {
  const magic = (part: Uint8Array): boolean => new TextDecoder().decode(part) === 'PAR1';
  if (bytes.length < 12 || !magic(bytes.subarray(0, 4)))
    throw new Error(`${file}: expected a Parquet file, found something else`);
  if (!magic(bytes.subarray(-4)))
    throw new Error(`${file}: the file is truncated: its last four bytes are not those of Parquet`);
  const { parquetMetadata, parquetRead } = await import('hyparquet');
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const metadata = parquetMetadata(buffer);
  const names = metadata.schema.slice(1).map(({ name }) => name);
  const count = Number(metadata.num_rows);
  const columns = new Map(names.map((name) => [name, new Float64Array(count)]));
  // What a callback throws would be lost on the way.
  let fault: string | undefined;
  await parquetRead({
    file: buffer,
    metadata,
    onChunk({ columnName, columnData, rowStart }) {
      const column = columns.get(columnName)!;
      for (let i = 0; i < columnData.length; i++) {
        // Many writers store NaN as null.
        const value: unknown = columnData[i] ?? NaN;
        if (typeof value !== 'number' && typeof value !== 'bigint') {
          fault ??= `column '${columnName}', row ${rowStart + i + 1}: expected a number, found ${String(value)}`;
        }
        column[rowStart + i] = Number(value);
      }
    },
  });
  if (fault !== undefined) throw new Error(`${file}: ${fault}`);
  const chainOf = columns.get('.chain');
  if (chainOf === undefined)
    throw new Error(`${file}: expected a column '.chain', found ${names.slice(0, 5).join(', ')}`);

  const rows = new Map<number, number[]>();
  chainOf.forEach((chain, row) => {
    const group = rows.get(chain);
    if (group === undefined) rows.set(chain, [row]);
    else group.push(row);
  });
  const chains = [...rows.keys()].sort((a, b) => a - b);
  const draws = chains.length === 0 ? 0 : rows.get(chains[0])!.length;
  const uneven = chains.find((chain) => rows.get(chain)!.length !== draws);
  if (draws === 0) throw new Error(`${file}: expected draws, found an empty table`);
  if (uneven !== undefined) {
    throw new Error(
      `${file}: chain ${uneven} has ${rows.get(uneven)!.length} draws, but chain ${chains[0]} has ${draws}`,
    );
  }
  const split = (column: Float64Array): Float64Array[] =>
    chains.map((chain) => Float64Array.from(rows.get(chain)!, (row) => column[row]));

  const statistics = CMDSTAN_STATISTICS.filter(([name]) => columns.has(name));
  const own = names.filter((name) => !COUNTERS.includes(name) && !name.endsWith('__'));
  const text = metadata.key_value_metadata?.find(({ key }) => key === 'credence')?.value;
  const described = text === undefined ? undefined : (JSON.parse(text) as Description);
  const { layout, indices } = layoutOfColumns(own.map(dotted));
  const columnOf: string[] = [];
  own.forEach((name, i) => (columnOf[indices[i]] = name));
  return new StoredRun({
    layout: described === undefined ? layout : withNames(layout, described.layout),
    chains: chains.map((chain) => chain - 1),
    drawsPerChain: draws,
    quantityDraws: (index) => split(columns.get(columnOf[index])!),
    statistics: Object.fromEntries(
      statistics.map(([name, key]) => [key, split(columns.get(name)!)]),
    ) as Partial<SamplerStatistics>,
    origin: described?.origin ?? { model: 'unknown' },
    settings: described?.settings,
  });
}

/** Dimensions, labels and kinds from the description; places and shapes from the table. */
function withNames(layout: Layout, described: Layout): Layout {
  const quantities = layout.quantities.map((quantity) => {
    const known = described.quantities.find(({ name }) => name === quantity.name);
    if (known?.shape.length !== quantity.shape.length) return quantity;
    return { ...quantity, kind: known.kind, dims: known.dims.map((dim) => dim ?? undefined) };
  });
  return { ...layout, quantities, coords: described.coords };
}

/** `a.1.2` → `a[1,2]`. */
function bracketed(name: string): string {
  return name.replace(/((?:\.\d+)+)$/, (dots) => `[${dots.slice(1).replaceAll('.', ',')}]`);
}

/** `a[1,2]` → `a.1.2`. */
function dotted(name: string): string {
  return name.replace(/\[([\d,]+)\]$/, (_, indices: string) => `.${indices.replaceAll(',', '.')}`);
}
