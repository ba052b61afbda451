/** All draws of a run as one JSON document, written piece by piece. */

import type { Quantity } from '../target/target';
import type { RecordedRun, RunOrigin } from './recorded-run';

/**
 * The text of `{ origin, settings, timing, chains, coords, quantities, statistics }`: `quantities[name]` has `kind`, `shape`, `dims` and
 * `draws[chain][draw]`, nested as deep as the shape; `statistics[name][chain][draw]` has the sampler's numbers. Numbers
 * that are not finite are null, for JSON has no others.
 *
 * @param run the run
 * @param origin its model and data
 * @returns pieces of text, to be joined without separators
 */
export function* drawsJson(run: RecordedRun, origin: RunOrigin): Generator<string> {
  const { settings, timing, chains, layout, stats } = run;
  yield `{\n"origin": ${JSON.stringify(origin)},\n"settings": ${JSON.stringify(settings)},\n"timing": ${JSON.stringify(timing ?? null)},\n`;
  yield `"chains": ${JSON.stringify(chains)},\n"coords": ${JSON.stringify(layout.coords)},\n"quantities": {`;
  for (const [i, quantity] of layout.quantities.entries()) {
    const { name, kind, shape, dims } = quantity;
    const header = JSON.stringify({ kind, shape, dims: dims.map((dim) => dim ?? null) }).slice(0, -1);
    yield `${i === 0 ? '' : ','}\n${JSON.stringify(name)}: ${header},"draws":[`;
    yield* joined(chains, (_, chain) => `\n${JSON.stringify(quantityDraws(run, quantity, chain))}`);
    yield ']}';
  }
  yield '\n},\n"statistics": {';
  yield* joined(Object.entries(stats), ([name, perChain]: [string, readonly ArrayLike<number>[]]) => {
    return `\n${JSON.stringify(name)}: ${JSON.stringify(perChain.map((values) => Array.from(values)))}`;
  });
  yield '\n}\n}\n';
}

function* joined<T>(items: readonly T[], text: (item: T, index: number) => string): Generator<string> {
  for (const [i, item] of items.entries()) yield (i === 0 ? '' : ',') + text(item, i);
}

type Nested = number | Nested[];

/** Draws of one quantity in one chain, each nested as its shape says. */
function quantityDraws(run: RecordedRun, { shape, offset }: Quantity, chain: number): Nested[] {
  const size = shape.reduce((a, b) => a * b, 1);
  const columns = Array.from({ length: size }, (_, i) => run.quantityDraws(offset + i)[chain]);
  const draws = run.stats.logDensity[chain].length;
  return Array.from({ length: draws }, (_, draw) => nest(columns, draw, shape, 0, 0, size));
}

function nest(
  columns: readonly Float64Array[],
  draw: number,
  shape: readonly number[],
  axis: number,
  start: number,
  size: number,
): Nested {
  if (axis === shape.length) return columns[start][draw];
  const step = size / shape[axis];
  return Array.from({ length: shape[axis] }, (_, i) =>
    nest(columns, draw, shape, axis + 1, start + i * step, step),
  );
}
