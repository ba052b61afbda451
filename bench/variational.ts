/**
 * `npm run bench:variational [-- --model NAME]`: how far approximations of the sixteen posteriordb posteriors lie from
 * long NUTS runs, as the mean over parameters of the 1-Wasserstein distance in units of the posterior's standard
 * deviation, and the seconds each took. Needs the collection beside the project (see docs/variational.md).
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  nuts,
  pathfinder,
  variational,
  type Approximation,
  type NamedDraws,
  type NutsOptions,
  type Samplable,
} from '../src';

const collection = new URL('../../shared/posteriordb/', import.meta.url);
if (!existsSync(collection)) throw new Error(`${collection.pathname} is not there`);
const { values: chosen } = parseArgs({ options: { model: { type: 'string' } } });

/** What NUTS needs besides its defaults, as in test/reference. */
const options: Record<string, NutsOptions> = {
  'diamonds-diamonds': { metric: 'dense' },
  'gp_pois_regr-gp_pois_regr': { targetAcceptance: 0.95 },
};

/** Whose chains are caught in a second, far lower mode from some random starts. */
const startedByPathfinder = ['hudson_lynx_hare-lotka_volterra'];

const methods: Record<string, (posterior: Samplable) => Promise<Approximation>> = {
  'mean-field': (posterior) => variational(posterior, { family: 'mean-field', seed: 1 }),
  'full-rank': (posterior) => variational(posterior, { family: 'full-rank', seed: 1 }),
  flow: (posterior) => variational(posterior, { family: 'flow', seed: 1 }),
  pathfinder: (posterior) => pathfinder(posterior, { seed: 1, draws: 4000 }),
};

/** Draws of each scalar parameter, sorted. */
function columnsOf(
  draws: NamedDraws,
  part: (column: Float64Array) => Float64Array = (c) => c,
): Float64Array[] {
  const parameters = draws.layout.quantities.filter(({ kind }) => kind === 'parameter');
  return parameters.flatMap(({ offset, shape }) =>
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => {
      const chains = draws.quantityDraws(offset + i);
      const all = new Float64Array(chains.length * draws.drawsPerChain);
      chains.forEach((chain, c) => all.set(chain, c * draws.drawsPerChain));
      return part(all).sort();
    }),
  );
}

/** Mean over parameters of ∫ |F⁻¹ − G⁻¹| / sd, by 2000 quantiles; parameters that do not vary are left out. */
function distance(found: readonly Float64Array[], reference: readonly Float64Array[]): number {
  const points = 2000;
  const distances = reference.flatMap((column, i) => {
    const mean = column.reduce((a, b) => a + b, 0) / column.length;
    const sd = Math.sqrt(column.reduce((a, b) => a + (b - mean) ** 2, 0) / column.length);
    if (!(sd > 0)) return [];
    let sum = 0;
    for (let k = 0; k < points; k++) {
      const p = (k + 0.5) / points;
      sum += Math.abs(column[Math.floor(p * column.length)] - found[i][Math.floor(p * found[i].length)]);
    }
    return [sum / points / sd];
  });
  return distances.reduce((a, b) => a + b, 0) / distances.length;
}

const names = readdirSync(new URL('../examples/posteriordb/', import.meta.url))
  .filter((name) => name.endsWith('.ts') && name.includes(chosen.model ?? ''))
  .map((name) => name.slice(0, -3));

console.log(
  `| posterior | halves of NUTS | NUTS, s | ${Object.keys(methods)
    .map((m) => `${m} | s | k`)
    .join(' | ')} |`,
);
console.log(`|---|---|---|${'---|'.repeat(3 * Object.keys(methods).length)}`);
for (const name of names) {
  const { default: model } = await import(`../examples/posteriordb/${name}.ts`);
  const data = JSON.parse(readFileSync(new URL(`${name}/data.json`, collection), 'utf8'));
  const posterior: Samplable = model.condition(data);
  const initial = startedByPathfinder.includes(name)
    ? (await pathfinder(posterior, { seed: 2 })).initialValues(4)
    : undefined;
  const fit = await nuts(posterior, { ...options[name], initial, draws: 3000, seed: 1 });
  const reference = columnsOf(fit);
  const half = fit.drawsPerChain * 2;
  const halves = distance(
    columnsOf(fit, (column) => column.slice(0, half)),
    columnsOf(fit, (column) => column.slice(half)),
  );
  const cells = [name.split('-').at(-1)!, halves.toFixed(3), fit.timing.seconds.toFixed(1)];
  for (const method of Object.values(methods)) {
    const start = performance.now();
    try {
      const approximation = await method(posterior);
      const seconds = (performance.now() - start) / 1000;
      cells.push(
        distance(columnsOf(approximation), reference).toFixed(3),
        seconds.toFixed(2),
        approximation.paretoK.toFixed(2),
      );
    } catch (error) {
      cells.push(`fails: ${(error as Error).message.slice(0, 80)}`, '', '');
    }
  }
  console.log(`| ${cells.join(' | ')} |`);
}
