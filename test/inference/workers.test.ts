/** Workers: the same draws however many there are, and survivors when one dies. */
import { afterEach, expect, test } from 'vitest';
import { fromModule, nuts, type Progress } from '../../src/inference';

const url = new URL('./gaussian.mjs', import.meta.url).href;
const gaussian = fromModule(url, 'density', { dimension: 3 });
const threads = globalThis as { mustLive?: boolean };

afterEach(() => {
  delete threads.mustLive;
});

test('the number of workers changes no draw', async () => {
  const options = { seed: 21, chains: 3, warmup: 300, draws: 400 };
  const here = await nuts(gaussian, { ...options, workers: 0 });
  for (const workers of [1, 2, 4, 'auto'] as const) {
    const there = await nuts(gaussian, { ...options, workers });
    expect(there.draws('x').flat()).toEqual(here.draws('x').flat());
    expect(there.stats).toEqual(here.stats);
    expect(there.inverseMetric).toEqual(here.inverseMetric);
    expect(there.gradientEvaluations).toBe(here.gradientEvaluations);
  }
});

test('a long run moves to workers and still gives the same draws', async () => {
  const options = { seed: 22, chains: 2, warmup: 200, draws: 150_000 };
  const news: Progress[] = [];
  const moved = await nuts(gaussian, {
    ...options,
    workers: 'auto',
    onProgress: (progress) => news.push(progress),
  });
  const here = await nuts(gaussian, { ...options, workers: 0 });
  expect(moved.draws('x').at(1)).toEqual(here.draws('x').at(1));
  expect(moved.draws('x').at(2)[1].slice(-5)).toEqual(here.draws('x').at(2)[1].slice(-5));
  expect(news.length).toBeGreaterThan(4);
});

test('a worker that dies loses its chain, not the others', async () => {
  threads.mustLive = true;
  const poisoned = fromModule(url, 'fatal', { dimension: 3 });
  const initial = [{ x: [0, 0, 0] }, { x: [0, 0, 5000] }, { x: [1, 1, 1] }, { x: [2, 2, 2] }];
  for (const workers of [1, 2]) {
    const fit = await nuts(poisoned, { seed: 23, warmup: 100, draws: 100, initial, workers });
    expect(fit.chains).toEqual([0, 2, 3]);
    expect(fit.failures).toEqual([{ chain: 1, message: 'its worker died: it ended with exit code 7' }]);
    expect(fit.draws('x').at(0).length).toBe(3);
    expect(
      fit
        .summary()
        .warnings.map(({ message }) => message)
        .join(),
    ).toContain('exit code 7');
  }
});

test('when all die it says so', async () => {
  threads.mustLive = true;
  const poisoned = fromModule(url, 'alwaysFatal', { dimension: 3 });
  await expect(nuts(poisoned, { seed: 24, chains: 2, workers: 2 })).rejects.toThrow(
    'no chain survived: its worker died: it ended with exit code 7',
  );
});

test('a factory that cannot make a worker: an error, or with auto no workers', async () => {
  const worker = (): never => {
    throw new Error('forbidden by policy');
  };
  await expect(nuts(gaussian, { seed: 25, workers: 2, worker })).rejects.toThrow(
    /forbidden by policy.*workers: 0/,
  );
  const options = { seed: 25, chains: 2, warmup: 100, draws: 150_000 };
  const fit = await nuts(gaussian, { ...options, workers: 'auto', worker });
  expect(fit.drawsPerChain).toBe(150_000);
  expect(fit.failures).toEqual([]);
});

test('a module without the function', async () => {
  const missing = fromModule(url, 'densty', { dimension: 3 });
  await expect(nuts(missing)).rejects.toThrow(
    "exports no function 'densty' (it exports alwaysFatal, density, fatal)",
  );
});
