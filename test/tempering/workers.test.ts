/** Tempered samplers in workers: the same to the last bit however many there are, and reports of what was lost. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  fromFunction,
  fromModule,
  halfCauchy,
  model,
  normal,
  parallelTempering,
  type ParallelTemperingOptions,
  type Progress,
  type Samplable,
  sequentialMonteCarlo,
  type SequentialMonteCarloOptions,
  type StageProgress,
  vector,
} from '../../src';
import { workerSource } from '../../build/worker';

const peaksUrl = new URL('./two-peaks.mjs', import.meta.url).href;
const peaks = fromModule(peaksUrl, 'density', { dimension: 2 });
const slow = fromModule(peaksUrl, 'slow', { dimension: 2 });
const gaussianUrl = new URL('../inference/gaussian.mjs', import.meta.url).href;
const threads = globalThis as { mustLive?: boolean };
afterEach(() => {
  delete threads.mustLive;
});

const scales = model({ y: vector('n') })
  .param('mu', normal(0, 5))
  .param('sigma', halfCauchy(5))
  .derive('twice', ({ mu }) => mu.mul(2))
  .observe('y', ({ mu, sigma }) => normal(mu, sigma))
  .condition({ y: [1, 3, 2.5, 4, -1] });

describe('parallel tempering: the number of workers changes nothing', () => {
  test.each<[string, Samplable, ParallelTemperingOptions]>([
    ['a model with nuts', scales, {}],
    ['a model with metropolis', scales, { kernel: 'metropolis', thin: 2, chains: 3 }],
    ['without warm-up', scales, { warmup: 0 }],
    ['a module', peaks, {}],
    ['a module with a reference of its own', peaks, { reference: 'wide', chains: 2 }],
  ])('%s', async (_, posterior, options) => {
    const settings = { seed: 3, warmup: 200, draws: 150, levels: 5, ...options };
    const here = await parallelTempering(posterior, { ...settings, workers: 0 });
    for (const workers of [1, 3]) {
      const there = await parallelTempering(posterior, { ...settings, workers });
      for (const name of here.names) expect(there.draws(name).flat()).toEqual(here.draws(name).flat());
      expect(there.gains(2)).toEqual(here.gains(2));
      expect(there.weights).toEqual(here.weights);
      expect(there.rejections).toEqual(here.rejections);
      expect(there.roundTrips).toBe(here.roundTrips);
      expect(there.gradientEvaluations).toBe(here.gradientEvaluations);
    }
    expect(new Set(here.quantityDraws(0).map((chain) => chain[0])).size).toBe(here.chains.length);
    if (settings.warmup > 0) expect(here.weights[2]).not.toBe(0.125);
  });

  test('news of every ensemble, in order, to the end', async () => {
    const news: Progress[] = [];
    const onProgress = (progress: Progress): void => void news.push(progress);
    await parallelTempering(peaks, { seed: 4, warmup: 100, draws: 100, chains: 2, workers: 2, onProgress });
    for (const chain of [0, 1]) {
      const own = news.filter((progress) => progress.chain === chain);
      expect(own.at(-1)).toMatchObject({ phase: 'sampling', iteration: 200, total: 200 });
      expect(own[0].phase).toBe('warmup');
      const iterations = own.map(({ iteration }) => iteration);
      expect(iterations).toEqual([...iterations].sort((a, b) => a - b));
    }
  });
});

describe('sequential Monte Carlo: the number of workers changes nothing', () => {
  test.each<[string, Samplable, SequentialMonteCarloOptions]>([
    ['a model with hmc', scales, {}],
    ['a model with metropolis', scales, { kernel: 'metropolis', chains: 3 }],
    ['a module', peaks, { reference: 'wide' }],
  ])('%s', async (_, posterior, options) => {
    const settings = { seed: 5, particles: 150, ...options };
    const here = await sequentialMonteCarlo(posterior, { ...settings, workers: 0 });
    for (const workers of [1, 3]) {
      const news: StageProgress[] = [];
      const onProgress = (progress: StageProgress): void => void news.push(progress);
      const there = await sequentialMonteCarlo(posterior, { ...settings, workers, onProgress });
      for (const name of here.names) expect(there.draws(name).flat()).toEqual(here.draws(name).flat());
      expect(there.logEvidences).toEqual(here.logEvidences);
      expect(there.stages).toEqual(here.stages);
      expect(there.gradientEvaluations).toBe(here.gradientEvaluations);
      // Every stage of every run is told of, the last included.
      expect(news.length).toBe(here.stages.reduce((sum, stages) => sum + stages.length, 0));
      expect(news.filter(({ weight }) => weight === 1).length).toBe(here.chains.length);
    }
    expect(new Set(here.logEvidences).size).toBe(here.chains.length);
  });
});

test('a reference of the calling thread keeps a module’s density there, with the same draws', async () => {
  const { wide } = (await import(peaksUrl)) as {
    wide: { density(x: Float64Array, g: Float64Array): number };
  };
  const spawn = vi.fn(() => {
    throw new Error('not to be called');
  });
  const settings = { seed: 6, warmup: 60, draws: 60, levels: 4 };
  const here = await parallelTempering(peaks, {
    ...settings,
    ...{ reference: wide.density, workers: 2, worker: spawn },
  });
  const there = await parallelTempering(peaks, { ...settings, reference: 'wide', workers: 2 });
  expect(there.draws('x').flat()).toEqual(here.draws('x').flat());
  expect(spawn).not.toHaveBeenCalled();
  const density = fromFunction({ dimension: 1, density: ([x], g) => ((g[0] = -x), (-x * x) / 2) });
  await parallelTempering(density, { ...settings, workers: 3, worker: spawn });
  expect(spawn).not.toHaveBeenCalled();
});

test('a long run moves to workers by itself, and gives the same', async () => {
  const worker = vi.fn(() => new Worker(workerSource, { eval: true }));
  const settings = { seed: 7, warmup: 300, draws: 5000 };
  const moved = await parallelTempering(scales, { ...settings, worker });
  expect(worker.mock.calls.length > 0).toBe(availableParallelism() > 1);
  const here = await parallelTempering(scales, { ...settings, workers: 0 });
  expect(moved.draws('mu').flat()).toEqual(here.draws('mu').flat());
  expect(moved.weights).toEqual(here.weights);
});

describe('a worker that dies', () => {
  test('loses its ensemble, with the reason, not the others', async () => {
    threads.mustLive = true;
    const poisoned = fromModule(gaussianUrl, 'fatal', { dimension: 3 });
    const initial = [{ x: [1, 0, 0] }, { x: [0, 0, 5000] }, { x: [1, 1, 1] }];
    for (const workers of [1, 2]) {
      const fit = await parallelTempering(poisoned, {
        ...{ seed: 1, chains: 3, initial, workers, warmup: 100, draws: 200, kernel: 'metropolis' },
      });
      expect(fit.chains).toEqual([0, 2]);
      expect(fit.failures).toEqual([{ chain: 1, message: 'its worker died: it ended with exit code 7' }]);
      expect(fit.quantityDraws(0).map((chain) => chain.length)).toEqual([200, 200]);
      expect(
        fit
          .summary()
          .warnings.map(({ message }) => message)
          .join(),
      ).toMatch(/chain 1.*exit code 7/is);
    }
  });

  test('ends it all when it was the last', async () => {
    threads.mustLive = true;
    const all = fromModule(gaussianUrl, 'alwaysFatal', { dimension: 3 });
    await expect(parallelTempering(all, { seed: 1, chains: 2, workers: 2 })).rejects.toThrow(
      'parallelTempering: no chain survived: its worker died: it ended with exit code 7',
    );
  });

  test('or cannot be made: an error', async () => {
    const worker = (): never => {
      throw new Error('forbidden by policy');
    };
    await expect(sequentialMonteCarlo(scales, { workers: 2, worker })).rejects.toThrow(
      /^sequentialMonteCarlo: no worker could be started: forbidden by policy; with workers: 0/,
    );
  });
});

test('a run that cannot succeed fails alike here and in workers', async () => {
  const impossible = model({ y: vector('n') })
    .param('mu', normal(0, 1))
    .observe('y', ({ mu }) => normal(mu, mu.square().neg()))
    .condition({ y: [1] });
  for (const workers of [0, 2]) {
    await expect(sequentialMonteCarlo(impossible, { seed: 1, particles: 20, workers })).rejects.toThrow(
      'sequentialMonteCarlo: no chain survived: the log likelihood is not finite at any of 20 draws of the prior',
    );
  }
});

test.each([0, 2])('a signal ends a run at once, with %i workers', async (workers) => {
  const began = performance.now();
  const signal = AbortSignal.timeout(900);
  const settings = { seed: 1, chains: 2, workers, signal, initial: { x: [1, 1] } };
  await expect(parallelTempering(slow, { ...settings, kernel: 'metropolis', levels: 2 })).rejects.toThrow(
    /timeout/,
  );
  expect(performance.now() - began).toBeLessThan(3500);
});

test('an exception of onProgress ends a run', async () => {
  const onProgress = (): never => {
    throw new Error('no more');
  };
  for (const workers of [0, 2]) {
    await expect(parallelTempering(scales, { seed: 1, workers, onProgress })).rejects.toThrow('no more');
    await expect(sequentialMonteCarlo(scales, { seed: 1, workers, onProgress })).rejects.toThrow('no more');
  }
});

test('what makes no sense is refused', async () => {
  await expect(parallelTempering(scales, { workers: -1 })).rejects.toThrow(/workers must be an integer ≥ 0/);
  await expect(parallelTempering(scales, { reference: 'wide' })).rejects.toThrow(
    "parallelTempering: a model's reference is its prior",
  );
  await expect(parallelTempering(peaks, { reference: 'wild' })).rejects.toThrow(
    /exports no value 'wild' \(it exports density, slow, wide\)/,
  );
  await expect(sequentialMonteCarlo(peaks, {})).rejects.toThrow(
    'sequentialMonteCarlo: a fromModule density needs the option reference',
  );
  await expect(sequentialMonteCarlo(peaks, { reference: 'density' })).rejects.toThrow(
    'sequentialMonteCarlo: reference must have two functions, density and draw',
  );
  const here = fromFunction({ dimension: 1, density: ([x], g) => ((g[0] = -x), (-x * x) / 2) });
  await expect(parallelTempering(here, { reference: 'wide' })).rejects.toThrow(
    'parallelTempering: only a fromModule density has a reference that is given by its name',
  );
});
