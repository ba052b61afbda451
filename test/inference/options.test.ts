/** Options that make no sense are refused with a clear word. */
import { expect, test } from 'vitest';
import { fromFunction, fromModule, hmc, type HmcOptions, nuts, type NutsOptions } from '../../src/inference';
import { standard } from './targets';

test.each<[unknown, string]>([
  [{ draws: 0 }, 'nuts: draws must be an integer ≥ 1, got 0'],
  [{ draws: 10.5 }, 'nuts: draws must be an integer ≥ 1, got 10.5'],
  [{ draws: '100' }, "nuts: draws must be an integer ≥ 1, got '100'"],
  [{ chains: 0 }, 'nuts: chains must be an integer ≥ 1, got 0'],
  [{ warmup: -1 }, 'nuts: warmup must be an integer ≥ 0, got -1'],
  [{ thin: 0 }, 'nuts: thin must be an integer ≥ 1, got 0'],
  [{ seed: -1 }, 'nuts: seed must be an integer in [0, 2⁵³), got -1'],
  [{ seed: 2 ** 53 }, 'nuts: seed must be an integer in [0, 2⁵³)'],
  [{ targetAcceptance: 1 }, 'nuts: targetAcceptance must be a number between 0 and 1, got 1'],
  [{ maxTreeDepth: 0 }, 'nuts: maxTreeDepth must be an integer from 1 to 20, got 0'],
  [
    { metric: 'diag' },
    "nuts: metric must be 'auto' or 'diagonal' or 'dense' or 'unit' or 'low-rank', got 'diag'",
  ],
  [{ metricAdaptation: 'pymc' }, "nuts: metricAdaptation must be 'fisher' or 'stan', got 'pymc'"],
  [{ jitter: 1 }, 'nuts: jitter must be a number in [0, 1), got 1'],
  [{ stepSize: 0 }, 'nuts: stepSize must be a finite number > 0, got 0'],
  [{ radius: -2 }, 'nuts: radius must be a finite number > 0, got -2'],
  [{ workers: -1 }, 'nuts: workers must be an integer ≥ 0, got -1'],
  [{ initial: [{}] }, 'nuts: initial must be one object, or one for each of the 4 chains, got 1'],
  [{ onProgress: true }, 'nuts: onProgress must be a function, got true'],
  [{ signal: {} }, 'nuts: signal must be an AbortSignal'],
  [{ chain: 4 }, "nuts: there is no option 'chain'; did you mean 'chains'?"],
  [null, 'nuts: options must be an object, got null'],
  [{ warmup: 2 ** 30, draws: 2 ** 30, thin: 2 }, 'nuts: warmup + draws × thin must be below 2³¹'],
])('nuts with %j', async (options, message) => {
  await expect(nuts(standard, options as NutsOptions)).rejects.toThrow(message);
});

test.each<[unknown, string]>([
  [{ steps: 3, integrationTime: 1 }, 'hmc: give steps or integrationTime, not both'],
  [{ jitter: 1 }, 'hmc: jitter must be a number in [0, 1), got 1'],
  [{ maxTreeDepth: 4 }, "hmc: there is no option 'maxTreeDepth'"],
])('hmc with %j', async (options, message) => {
  await expect(hmc(standard, options as HmcOptions)).rejects.toThrow(message);
});

test('a dense metric that cannot fit', async () => {
  const wide = fromFunction({ dimension: 20_000, density: () => 0 });
  await expect(nuts(wide, { metric: 'dense' })).rejects.toThrow(
    "a dense metric in 20000 dimensions takes 18315 MiB a chain, more than there is; try metric: 'diagonal'",
  );
});

test('densities of no dimension or no function', () => {
  const density = (): number => 0;
  expect(() => fromFunction({ dimension: 0, density })).toThrow(
    'fromFunction: dimension must be integers ≥ 1, got 0',
  );
  expect(() => fromFunction({ parameters: {}, density })).toThrow('at least one parameter');
  expect(() => fromFunction({ parameters: { a: [2, 0] }, density })).toThrow("the lengths of 'a' must be");
  expect(() => fromFunction({ dimension: 1, density: 3 as unknown as () => number })).toThrow(
    'must be a function',
  );
  expect(() => fromModule('./here.js', 'density', { dimension: 1 })).toThrow(TypeError);
});

test('without a seed runs differ, and the seed can be read', async () => {
  const a = await nuts(standard, { draws: 5, chains: 1 });
  const b = await nuts(standard, { draws: 5, chains: 1 });
  expect(a.draws('x').flat()).not.toEqual(b.draws('x').flat());
  const again = await nuts(standard, { draws: 5, chains: 1, seed: a.settings.seed });
  expect(again.draws('x').flat()).toEqual(a.draws('x').flat());
});
