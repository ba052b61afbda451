/** Runs agree with the reference draws of posteriordb, where the collection lies beside the project. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nuts, type Fit, type NutsOptions, type Samplable } from 'credence';
import { disagreements, misgivings, type Reference } from './agreement';

const examples = new URL('../../examples/posteriordb/', import.meta.url);
const folders = readdirSync(examples)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.slice(0, -'.ts'.length));

/** What a user would choose: small steps where a covariance is all but singular. */
const options: Record<string, NutsOptions> = {
  'gp_pois_regr-gp_pois_regr': { targetAcceptance: 0.95 },
};

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

async function complaints(folder: string, posterior: Samplable, seed: number): Promise<string[]> {
  const fit = await nuts(posterior, { ...options[folder], seed });
  const reference: Record<string, Reference> = read(folder, 'reference');
  const divergences = fit.stats.divergent.flatMap((chain) => [...chain]).filter(Boolean).length;
  return [
    ...(divergences > 0.002 * 4000 ? [`${divergences} transitions diverged`] : []),
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
      const first = await complaints(folder, posterior, 20260);
      if (first.length > 0) {
        expect(await complaints(folder, posterior, 11230), `at first: ${first.join('; ')}`).toEqual([]);
      }
    });
  }
});
