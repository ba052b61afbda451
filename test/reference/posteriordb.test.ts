/** Runs agree with the reference draws of posteriordb, where the collection lies beside the project. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nuts, type Fit, type Samplable } from 'credence';
import { disagreements, misgivings, type Reference } from './agreement';

const examples = new URL('../../examples/posteriordb/', import.meta.url);
const folders = readdirSync(examples)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.slice(0, -'.ts'.length));

/** Correlations that a diagonal metric makes hard work of. */
const dense = ['diamonds-diamonds'];

const collection = new URL('../../../shared/posteriordb/', import.meta.url);
const present = existsSync(collection);
if (!present) console.warn(`reference posteriors are skipped: ${collection.pathname} is not there`);

const read = (folder: string, file: string) =>
  JSON.parse(readFileSync(new URL(`${folder}/${file}.json`, collection), 'utf8'));

/** `theta[3]` of the reference, which counts from 1, among our draws. */
function chainsOf(fit: Fit, name: string): Float64Array[] {
  const [, quantity, positions] = /^(\w+)(?:\[(.*)\])?$/.exec(name)!;
  const { offset, shape } = fit.layout.quantities.find((candidate) => candidate.name === quantity)!;
  const at = (positions?.split(',') ?? []).reduce(
    (index, position, axis) => index * shape[axis] + Number(position) - 1,
    0,
  );
  return fit.quantityDraws(offset + at);
}

async function complaints(
  folder: string,
  posterior: Samplable,
  metric: 'dense' | undefined,
  seed: number,
): Promise<string[]> {
  const fit = await nuts(posterior, { seed, metric: metric ?? 'diagonal' });
  const reference: Record<string, Reference> = read(folder, 'reference');
  const divergences = fit.stats.divergent.flatMap((chain) => [...chain]).filter(Boolean).length;
  return [
    // The Poisson regression on a Gaussian process, its covariance all but singular, has up to fifteen in 4000.
    ...(divergences > 20 ? [`${divergences} transitions diverged`] : []),
    ...misgivings(fit),
    ...Object.entries(reference).flatMap(([name, expected]) =>
      disagreements(name, chainsOf(fit, name), expected),
    ),
  ];
}

// False alarms: about 3e-4 a quantity; a failure is repeated once with a second seed.
describe.runIf(present)('posteriordb', () => {
  for (const folder of folders) {
    it(`agrees on ${folder}`, { timeout: 300_000 }, async () => {
      const { default: model } = await import(new URL(`${folder}.ts`, examples).pathname);
      const posterior: Samplable = model.condition(read(folder, 'data'));
      const metric = dense.includes(folder) ? 'dense' : undefined;
      const first = await complaints(folder, posterior, metric, 20260);
      if (first.length > 0) {
        expect(await complaints(folder, posterior, metric, 11230), `at first: ${first.join('; ')}`).toEqual(
          [],
        );
      }
    });
  }
});
