/** Paths in workers: the same draws however many there are, and a report of what was lost. */
import { afterEach, expect, it } from 'vitest';
import {
  fromModule,
  halfCauchy,
  model,
  normal,
  pathfinder,
  type PathfinderProgress,
  vector,
} from '../../src';

const url = new URL('../inference/gaussian.mjs', import.meta.url).href;
const threads = globalThis as { mustLive?: boolean };
afterEach(() => {
  delete threads.mustLive;
});

const schools = model({ y: vector('school'), sigma: vector('school') })
  .param('mu', normal(0, 5))
  .param('tau', halfCauchy(5))
  .param('effect', ({ mu, tau }) => normal(mu, tau), { dims: ['school'], noncentered: true })
  .observe('y', ({ effect, sigma }) => normal(effect, sigma))
  .condition({ y: [28, 8, -3, 7, -1, 1, 18, 12], sigma: [15, 10, 16, 11, 9, 11, 10, 18] });

it('gives the same draws with any number of workers', async () => {
  const here = await pathfinder(schools, { seed: 5, workers: 0 });
  for (const workers of [1, 3]) {
    const news: PathfinderProgress[] = [];
    const onProgress = (progress: PathfinderProgress) => news.push(progress);
    const there = await pathfinder(schools, { seed: 5, workers, onProgress });
    expect(there.positions).toEqual(here.positions);
    expect(there.candidates.positions).toEqual(here.candidates.positions);
    expect(there.logApproximations).toEqual(here.logApproximations);
    expect(there.paths).toEqual(here.paths);
    expect(news.map(({ paths }) => paths)).toEqual([1, 2, 3, 4]);
    expect(news.at(-1)!.elbo).toBe(Math.max(...here.paths.map(({ elbo }) => elbo)));
  }
  expect(new Set(here.paths.map(({ evaluations }) => evaluations)).size).toBeGreaterThan(1);
});

it('loses the path of a worker that dies, and says so', async () => {
  threads.mustLive = true;
  const poisoned = fromModule(url, 'fatal', { dimension: 3 });
  const initial = [{ x: [1, 0, 0] }, { x: [0, 0, 5000] }, { x: [1, 1, 1] }];
  const fit = await pathfinder(poisoned, { seed: 1, paths: 3, initial, workers: 2, draws: 500 });
  expect(fit.paths.map(({ ending }) => ending)).toEqual(['converged', 'lost', 'converged']);
  expect(fit.paths[1].failure).toBe('its worker died: it ended with exit code 7');
  expect(fit.warnings).toEqual([
    'Path 1 was lost: its worker died: it ended with exit code 7. The draws come from the others.',
  ]);
  expect(fit.candidates.drawsPerChain).toBe(1000);
  expect(fit.paretoK).toBeLessThan(0.7);
});

it('ends at once when the signal says so', async () => {
  const slow = fromModule(new URL('../optimize/slow.mjs', import.meta.url).href, 'after500', {
    dimension: 3,
  });
  const controller = new AbortController();
  const began = performance.now();
  const running = pathfinder(slow, {
    seed: 1,
    paths: 2,
    initial: { x: [1, 0, 0] },
    workers: 2,
    signal: controller.signal,
  });
  setTimeout(() => controller.abort(new Error('enough')), 1500);
  await expect(running).rejects.toThrow('enough');
  expect(performance.now() - began).toBeLessThan(4000);
});
