/** A fit that is taken up again has the draws of one longer run. */
import { expect, test } from 'vitest';
import { type Fit, fromModule, hmc, nuts } from '../../src/inference';
import { standard } from './targets';

const url = new URL('./gaussian.mjs', import.meta.url).href;
const gaussian = fromModule(url, 'density', { dimension: 3 });

function expectSame(one: Fit<{ x: 1 }>, other: Fit<{ x: 1 }>): void {
  expect(one.draws('x').flat()).toEqual(other.draws('x').flat());
  expect(one.stats).toEqual(other.stats);
  expect(one.inverseMetric).toEqual(other.inverseMetric);
  expect(one.gradientEvaluations).toBe(other.gradientEvaluations);
  expect(one.warmupDivergences).toBe(other.warmupDivergences);
  expect(one.settings).toEqual(other.settings);
}

test.each([0, 2, 'auto'] as const)('fit.continue with workers: %s', async (workers) => {
  const options = { seed: 1, chains: 3, warmup: 150, thin: 2, workers };
  const whole = await nuts(gaussian, { ...options, draws: 700 });
  const first = await nuts(gaussian, { ...options, draws: 200 });
  const alone = first.draws('x').flat();
  const second = await first.continue({ draws: 100 });
  expectSame(await second.continue({ draws: 400 }), whole);
  // The first is as it was, and can be taken up a second time.
  expect(first.draws('x').flat()).toEqual(alone);
  expect(first.drawsPerChain).toBe(200);
  expectSame(await first.continue({ draws: 500 }), whole);
});

test('by default there are as many draws again', async () => {
  const options = { seed: 2, chains: 2, warmup: 100 };
  const fit = await (await hmc(gaussian, { ...options, draws: 60 })).continue();
  expectSame(fit, await hmc(gaussian, { ...options, draws: 120 }));
});

test('after a time limit, and until draws are good enough', async () => {
  const options = { seed: 3, chains: 3, warmup: 100, thin: 20, workers: 2 };
  const short = await nuts(gaussian, { ...options, draws: 1_000_000, until: { seconds: 0.7 } });
  const longer = await short.continue({ draws: 150 });
  const whole = await nuts(gaussian, { ...options, draws: short.drawsPerChain + 150 });
  expect(longer.draws('x').flat()).toEqual(whole.draws('x').flat());
  const better = await (
    await nuts(gaussian, { ...options, draws: 100 })
  ).continue({ draws: 5000, until: { essBulk: 2000 } });
  expect(better.ending).toBe('until');
  expect(better.draws('x').flat()).toEqual(
    (await nuts(gaussian, { ...options, draws: better.drawsPerChain })).draws('x').flat(),
  );
});

test('an aborted run goes on from its partial', async () => {
  for (const workers of [0, 2]) {
    const options = { seed: 4, chains: 2, warmup: 50, thin: 20, workers };
    const controller = new AbortController();
    const error: unknown = await nuts(gaussian, {
      ...options,
      draws: 1_000_000,
      signal: controller.signal,
      onProgress: ({ chain, iteration }) => {
        if (chain === 1 && iteration > 4000) controller.abort();
      },
    }).catch((reason: unknown) => reason);
    const { partial } = error as { partial: Fit<{ x: 1 }> };
    expect(partial.ending).toBe('signal');
    const fit = await partial.continue({ draws: 50 });
    const whole = await nuts(gaussian, { ...options, draws: partial.drawsPerChain + 50 });
    expect(fit.draws('x').flat()).toEqual(whole.draws('x').flat());
  }
});

test('onDraws gets the added draws only', async () => {
  const fit = await nuts(standard, { seed: 5, chains: 1, warmup: 50, draws: 40 });
  let first = Infinity;
  let count = 0;
  await fit.continue({
    draws: 30,
    onDraws: (draws) => {
      first = Math.min(first, draws.first);
      count += draws.count;
    },
  });
  expect([first, count]).toEqual([40, 30]);
  await expect(fit.continue({ draws: 0 })).rejects.toThrow('continue: draws must be an integer ≥ 1, got 0');
  await expect(fit.continue({ chains: 3 } as object)).rejects.toThrow("there is no option 'chains'");
});

test('chains that were lost stay lost', async () => {
  const thread = globalThis as { mustLive?: boolean };
  thread.mustLive = true;
  try {
    const poisoned = fromModule(url, 'fatal', { dimension: 3 });
    const initial = [{ x: [0, 0, 0] }, { x: [0, 0, 5000] }, { x: [1, 1, 1] }];
    const options = { seed: 6, chains: 3, warmup: 100, initial, workers: 2 };
    const fit = await nuts(poisoned, { ...options, draws: 60 });
    expect(fit.chains).toEqual([0, 2]);
    const more = await fit.continue({ draws: 40 });
    expect(more.failures).toEqual(fit.failures);
    const whole = await nuts(poisoned, { ...options, draws: 100 });
    expect(more.chains).toEqual([0, 2]);
    expect(more.draws('x').flat()).toEqual(whole.draws('x').flat());
  } finally {
    delete thread.mustLive;
  }
});
