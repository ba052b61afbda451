/** Starts in workers: the same to the last bit however many there are, and reports of what was lost. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  bernoulliLogit,
  type ClimbProgress,
  flat,
  fromFunction,
  fromModule,
  halfCauchy,
  laplace,
  laplaceApproximation,
  matmul,
  matrix,
  maximumAPosteriori,
  maximumLikelihood,
  model,
  normal,
  vector,
} from '../../src';
import { workerSource } from '../../build/worker';

const url = new URL('../inference/gaussian.mjs', import.meta.url).href;
const gaussian = fromModule(url, 'density', { dimension: 3 });
const threads = globalThis as { mustLive?: boolean };
afterEach(() => {
  delete threads.mustLive;
});

const X = Array.from({ length: 40 }, (_, i) => [1, Math.sin(1.3 * i), Math.cos(2.1 * i)]);
const logistic = model({ X: matrix('n', 'k'), y: vector('n') })
  .param('beta', flat(), { dims: ['k'] })
  .observe('y', ({ X, beta }) => bernoulliLogit(matmul(X, beta)))
  .condition({ X, y: X.map((row, i) => (row[1] + Math.sin(9 * i) > 0.2 ? 1 : 0)) });
const lasso = model({ X: matrix('n', 'k'), y: vector('n') })
  .param('beta', laplace(0, 1 / 4), { dims: ['k'] })
  .observe('y', ({ X, beta }) => normal(matmul(X, beta), 1))
  .condition({ X, y: X.map((row) => 2 * row[1]) });
const scales = model({ y: vector('n') })
  .param('mu', normal(0, 5))
  .param('sigma', halfCauchy(5))
  .observe('y', ({ mu, sigma }) => normal(mu, sigma))
  .condition({ y: [1, 3, 2.5, 4, -1] });

describe('the number of workers changes nothing', () => {
  test.each([
    ['likelihood by L-BFGS', (workers: number) => maximumLikelihood(logistic, { seed: 1, workers })],
    [
      'posterior by Newton',
      (workers: number) => maximumAPosteriori(scales, { seed: 2, method: 'newton', workers }),
    ],
    [
      'proximal, starts given',
      (workers: number) =>
        maximumAPosteriori(lasso, {
          seed: 3,
          starts: 3,
          initial: [{ beta: [0, 0, 0] }, { beta: [1, 2, 3] }, { beta: [5, 5, 5] }],
          workers,
        }),
    ],
    [
      'a module, differences of gradients',
      (workers: number) => maximumAPosteriori(gaussian, { seed: 4, method: 'newton', workers }),
    ],
  ])('%s', async (_, run) => {
    const { seconds: _s, ...here } = await run(0);
    for (const workers of [1, 3]) {
      const { seconds: _t, ...there } = await run(workers);
      expect(there).toEqual(here);
    }
    expect(here.starts.length).toBeGreaterThan(2);
  });

  test('laplaceApproximation', async () => {
    const [here, ...others] = await Promise.all(
      [0, 1, 3].map((workers) => laplaceApproximation(scales, { seed: 5, draws: 50, workers })),
    );
    for (const there of others) {
      expect(there.positions).toEqual(here.positions);
      expect(there.starts).toEqual(here.starts);
    }
  });
});

/** The Gaussian, at which the thread stays for a while. */
const slowly = (milliseconds: number) =>
  fromModule(new URL('./slow.mjs', import.meta.url).href, `after${milliseconds}`, { dimension: 3 });

test('a long climb moves to workers by itself, and gives the same', async () => {
  // Wherever it is climbed, a start takes some dozen evaluations of 5 ms.
  const options = { seed: 6, starts: 3, standardErrors: false, method: 'newton' } as const;
  const worker = vi.fn(() => new Worker(workerSource, { eval: true }));
  const climbing = new Set<number>();
  const moved = await maximumAPosteriori(slowly(5), {
    ...options,
    worker,
    onProgress: ({ start, phase }) => phase === 'climbing' && climbing.add(start),
  });
  expect(worker.mock.calls.length > 0).toBe(availableParallelism() > 1);
  const here = await maximumAPosteriori(slowly(5), { ...options, workers: 0 });
  expect(moved.position).toEqual(here.position);
  expect(moved.starts).toEqual(here.starts);
  expect(climbing).toEqual(new Set([0, 1, 2]));
});

test('a single start stays here by itself', async () => {
  const worker = vi.fn(() => new Worker(workerSource, { eval: true }));
  const density = model({}).param('x', normal(0, 1)).condition({});
  await maximumAPosteriori(density, { seed: 1, starts: 1, worker });
  expect(worker).not.toHaveBeenCalled();
});

test('a density of this thread is climbed here, whatever is asked for', async () => {
  const spawn = vi.fn(() => {
    throw new Error('not to be called');
  });
  const density = fromFunction({
    dimension: 1,
    density: ([x], g) => ((g[0] = 3 - x), -((x - 3) ** 2) / 2),
  });
  const fit = await maximumAPosteriori(density, { seed: 1, workers: 3, worker: spawn });
  expect(fit.position[0]).toBeCloseTo(3, 12);
  expect(spawn).not.toHaveBeenCalled();
});

test('workers that cannot be made: an error, or with auto none', async () => {
  const worker = (): never => {
    throw new Error('forbidden by policy');
  };
  await expect(maximumAPosteriori(scales, { seed: 1, workers: 2, worker })).rejects.toThrow(
    /maximumAPosteriori: no worker could be started: forbidden by policy; with workers: 0/,
  );
  const fit = await maximumAPosteriori(slowly(5), { seed: 7, starts: 3, method: 'newton', worker });
  expect(fit.starts.map(({ ending }) => ending)).toEqual(['converged', 'converged', 'converged']);
});

test('a worker that dies loses its start, with the reason, not the others', async () => {
  threads.mustLive = true;
  const poisoned = fromModule(url, 'fatal', { dimension: 3 });
  const initial = [{ x: [1, 0, 0] }, { x: [0, 0, 5000] }, { x: [1, 1, 1] }];
  for (const workers of [1, 2]) {
    const fit = await maximumAPosteriori(poisoned, { seed: 1, starts: 3, initial, workers });
    expect(fit.starts.map(({ ending }) => ending)).toEqual(['converged', 'lost', 'converged']);
    expect(fit.starts[1]).toMatchObject({
      logDensity: -Infinity,
      failure: 'its worker died: it ended with exit code 7',
    });
    expect(fit.converged).toBe(true);
    for (const x of fit.position) expect(Math.abs(x)).toBeLessThan(1e-9);
  }
  const all = fromModule(url, 'alwaysFatal', { dimension: 3 });
  await expect(maximumAPosteriori(all, { seed: 1, starts: 2, workers: 2 })).rejects.toThrow(
    'maximumAPosteriori: no start survived: its worker died: it ended with exit code 7',
  );
});

test('a signal ends workers at once, and so does an exception of onProgress', async () => {
  const controller = new AbortController();
  const began = performance.now();
  const running = maximumAPosteriori(slowly(500), {
    seed: 1,
    starts: 2,
    workers: 2,
    initial: { x: [0, 0, 0] },
    signal: controller.signal,
  });
  setTimeout(() => controller.abort(new Error('enough')), 1500);
  await expect(running).rejects.toThrow('enough');
  expect(performance.now() - began).toBeLessThan(4000);

  const news: ClimbProgress[] = [];
  const stopped = maximumAPosteriori(scales, {
    seed: 1,
    workers: 2,
    onProgress: (progress) => {
      news.push(progress);
      throw new Error('no more');
    },
  });
  await expect(stopped).rejects.toThrow('no more');
  expect(news.length).toBe(1);
});

test('what makes no sense is refused', async () => {
  await expect(maximumAPosteriori(scales, { workers: -1 })).rejects.toThrow(/workers must be an integer ≥ 0/);
});
