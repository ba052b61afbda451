/** Runs that end when their draws are good enough, or when time is over. */
import { expect, test } from 'vitest';
import { fromFunction, fromModule, nuts, type NutsOptions } from '../../src/inference';
import { looks } from '../../src/inference/until';
import { standard } from './targets';

const url = new URL('./gaussian.mjs', import.meta.url).href;
const gaussian = fromModule(url, 'density', { dimension: 3 });

test('looks are at fixed numbers of draws, the last one at all of them', () => {
  expect([...looks(1000, { rhat: 1.01 })]).toEqual([100, 150, 200, 250, 350, 450, 600, 750, 950, 1000]);
  expect([...looks(2000, { rhat: 1.01 })].slice(0, 9)).toEqual([...looks(1000, { rhat: 1.01 })].slice(0, 9));
  expect([...looks(1000, undefined)]).toEqual([1000]);
  expect([...looks(70, { seconds: 1 })]).toEqual([70]);
});

test('a run ends at the first look at which all criteria hold, with any number of workers', async () => {
  const options = { seed: 1, warmup: 200, draws: 5000, until: { essBulk: 700, essTail: 600, rhat: 1.02 } };
  const here = await nuts(gaussian, { ...options, workers: 0 });
  expect(here.ending).toBe('until');
  expect(here.drawsPerChain).toBeLessThan(2000);
  for (const { essBulk, essTail, rhat } of here.summary().rows) {
    expect(essBulk).toBeGreaterThanOrEqual(700);
    expect(essTail).toBeGreaterThanOrEqual(600);
    expect(rhat).toBeLessThanOrEqual(1.02);
  }
  const there = await nuts(gaussian, { ...options, workers: 2 });
  expect(there.draws('x').flat()).toEqual(here.draws('x').flat());

  // The draws are those of a run of fixed length, and at the look before they were not good enough.
  const before = [...looks(5000, options.until)].filter((look) => look < here.drawsPerChain).at(-1)!;
  const shorter = await nuts(gaussian, { seed: 1, warmup: 200, draws: before });
  expect(shorter.draws('x').chain(2)).toEqual(
    here
      .draws('x')
      .chain(2)
      .subarray(0, 3 * before),
  );
  const worst = (name: 'essBulk' | 'essTail'): number =>
    Math.min(...shorter.summary().rows.map((row) => row[name]));
  expect(worst('essBulk') < 700 || worst('essTail') < 600).toBe(true);
});

test('draws are the limit', async () => {
  const fit = await nuts(standard, { seed: 2, draws: 130, until: { essBulk: 1e6 } });
  expect(fit.ending).toBe('draws');
  expect(fit.drawsPerChain).toBe(130);
});

test.each([0, 2])('seconds change how many draws there are, not which, with %i workers', async (workers) => {
  const options = { seed: 3, chains: 3, warmup: 100, thin: 200 };
  const began = performance.now();
  const fit = await nuts(gaussian, { ...options, draws: 1_000_000, workers, until: { seconds: 1 } });
  expect(performance.now() - began).toBeLessThan(6000);
  expect(fit.ending).toBe('seconds');
  expect(fit.chains).toEqual([0, 1, 2]);
  expect(fit.drawsPerChain).toBeGreaterThan(10);
  const fixed = await nuts(gaussian, { ...options, draws: fit.drawsPerChain });
  expect(fit.draws('x').flat()).toEqual(fixed.draws('x').flat());
});

test('time that is over before warm-up is', async () => {
  const slow = fromFunction({
    dimension: 2,
    density(x, gradient) {
      const until = performance.now() + 5;
      while (performance.now() < until);
      gradient.fill(0);
      gradient[0] = -x[0];
      gradient[1] = -x[1];
      return -(x[0] * x[0] + x[1] * x[1]) / 2;
    },
  });
  await expect(nuts(slow, { seed: 4, until: { seconds: 0.3 } })).rejects.toThrow(
    'until: after 0.3 seconds no chain was through with its warm-up',
  );
});

test.each<[unknown, string]>([
  [{ until: { ess: 100 } }, "nuts: until has no criterion 'ess'; there are essBulk, essTail, rhat, seconds"],
  [{ until: { essbulk: 100 } }, "nuts: until has no criterion 'essbulk'; did you mean 'essBulk'?"],
  [{ until: { essBulk: 0 } }, 'nuts: until.essBulk must be a number > 0, got 0'],
  [{ until: { rhat: 1 } }, 'nuts: until.rhat must be a number > 1, got 1'],
  [{ until: 5 }, 'nuts: until must be an object, got 5'],
  [{ until: { rhat: 1.01 }, keep: false }, 'nuts: until looks at draws that are kept, but keep is false'],
])('refuses %j', async (options, message) => {
  await expect(nuts(standard, options as NutsOptions)).rejects.toThrow(message);
});
