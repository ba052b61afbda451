/** Progress, aborting, and what is left of an aborted run. */
import { expect, test } from 'vitest';
import { Fit, fromModule, nuts, type Progress } from '../../src/inference';
import { standard } from './targets';

const url = new URL('./gaussian.mjs', import.meta.url).href;

test('progress is told per chain, phase and transition', async () => {
  const news: Progress[] = [];
  await nuts(standard, {
    seed: 1,
    chains: 2,
    warmup: 50,
    draws: 70,
    workers: 0,
    onProgress: (p) => news.push(p),
  });
  for (const chain of [0, 1]) {
    const own = news.filter((p) => p.chain === chain);
    expect(own.some(({ phase, iteration }) => phase === 'warmup' && iteration === 50)).toBe(true);
    expect(own[own.length - 1]).toMatchObject({ phase: 'sampling', iteration: 120, total: 120 });
    expect(own.every(({ stepSize }) => stepSize > 0)).toBe(true);
  }
});

test('an error in the progress callback ends the run', async () => {
  const onProgress = (): never => {
    throw new Error('enough');
  };
  await expect(nuts(standard, { seed: 1, workers: 0, onProgress })).rejects.toThrow('enough');
  const module = fromModule(url, 'density', { dimension: 3 });
  await expect(nuts(module, { seed: 1, workers: 2, onProgress })).rejects.toThrow('enough');
});

test('an aborted signal ends the run before it begins', async () => {
  const reason = new Error('not today');
  await expect(nuts(standard, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

test.each([0, 2])('aborting with %i workers keeps what was drawn', async (workers) => {
  const module = fromModule(url, 'density', { dimension: 3 });
  const controller = new AbortController();
  const options = {
    seed: 2,
    warmup: 50,
    draws: 10_000_000,
    thin: 1,
    chains: 2,
    workers,
    signal: controller.signal,
  };
  const started = new Set<number>();
  const began = performance.now();
  const error: unknown = await nuts(module, {
    ...options,
    onProgress({ chain, phase, iteration }) {
      if (phase === 'sampling' && iteration > 500) started.add(chain);
      if (started.size === 2) controller.abort();
    },
  }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(performance.now() - began).toBeLessThan(20_000);
  expect(error).toMatchObject({ name: 'AbortError' });
  const { partial } = error as { partial: Fit };
  expect(partial).toBeInstanceOf(Fit);
  expect(partial.drawsPerChain).toBeGreaterThan(400);
  expect(
    partial
      .draws('x')
      .at(0)
      .map((chain) => chain.length),
  ).toEqual([partial.drawsPerChain, partial.drawsPerChain]);
});

test('aborted in warm-up there is nothing', async () => {
  const controller = new AbortController();
  const run = nuts(standard, {
    seed: 3,
    workers: 0,
    warmup: 100_000,
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  const error: unknown = await run.catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: 'AbortError' });
  expect((error as { partial?: Fit }).partial).toBeUndefined();
});

test('timers run while chains do', async () => {
  let ticks = 0;
  const timer = setInterval(() => ticks++, 5);
  await nuts(standard, { seed: 4, draws: 100_000, chains: 1, workers: 0 });
  clearInterval(timer);
  expect(ticks).toBeGreaterThan(2);
});
