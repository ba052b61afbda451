/** Draws as they come, and which of them stay in memory. */
import { expect, test } from 'vitest';
import { normal } from '../../src/distributions';
import { fromModule, type NewDraws, nuts } from '../../src/inference';
import { model, vector } from '../../src/model';

const url = new URL('./gaussian.mjs', import.meta.url).href;
const gaussian = fromModule(url, 'density', { dimension: 3 });
const means = model({ y: vector('row') })
  .param('level', normal(0, 1))
  .param('effect', normal(0, 1), { dims: ['row'] })
  .derive('double', ({ level }) => level.mul(2))
  .observe('y', ({ level, effect }) => normal(level.add(effect), 1))
  .condition({ y: [1, 2, 3] });

/** Values of one scalar by chain, from what `onDraws` was given. */
function gathered(pieces: readonly NewDraws[], index: number, chains: number): number[][] {
  return Array.from({ length: chains }, (_, chain) =>
    pieces.filter((piece) => piece.chain === chain).flatMap((piece) => [...piece.quantity(index)]),
  );
}

test.each([0, 2])('every draw comes once and in order, with %i workers', async (workers) => {
  const pieces: NewDraws[] = [];
  const fit = await nuts(gaussian, {
    seed: 1,
    chains: 3,
    warmup: 100,
    draws: 900,
    workers,
    onDraws: (draws) => pieces.push(draws),
  });
  const next = [0, 0, 0];
  for (const { chain, first, count } of pieces) {
    expect(first).toBe(next[chain]);
    next[chain] += count;
  }
  expect(next).toEqual([900, 900, 900]);
  for (const index of [0, 1, 2]) {
    expect(gathered(pieces, index, 3)).toEqual(fit.quantityDraws(index).map((chain) => [...chain]));
  }
  const energies = pieces.filter(({ chain }) => chain === 1).flatMap((p) => [...p.statistic('energy')]);
  expect(energies).toEqual([...fit.stats.energy[1]]);
});

test.each([0, 2])('keep: false keeps nothing, with %i workers', async (workers) => {
  const pieces: NewDraws[] = [];
  const options = { seed: 2, chains: 2, warmup: 100, draws: 300, workers };
  const fit = await nuts(means, { ...options, keep: false, onDraws: (draws) => pieces.push(draws) });
  expect(fit.drawsPerChain).toBe(0);
  expect(fit.layout.size).toBe(0);
  expect(fit.stats.energy.map(({ length }) => length)).toEqual([0, 0]);
  expect(() => fit.draws('level')).toThrow("there is no quantity 'level'");
  expect(() => fit.summary()).toThrow('no draws');
  const whole = await nuts(means, options);
  for (let index = 0; index < whole.layout.size; index++) {
    expect(gathered(pieces, index, 2)).toEqual(whole.quantityDraws(index).map((chain) => [...chain]));
  }
  expect(fit.gradientEvaluations).toBe(whole.gradientEvaluations);
});

test.each([0, 2])('keep: names keeps these, with %i workers', async (workers) => {
  const options = { seed: 3, chains: 2, warmup: 100, draws: 200, workers };
  const pieces: NewDraws[] = [];
  const whole = await nuts(means, options);
  const fit = await nuts(means, {
    ...options,
    keep: ['double', 'effect'],
    onDraws: (draws) => pieces.push(draws),
  });
  expect(fit.names).toEqual(['effect', 'double']);
  expect(fit.draws('effect').flat()).toEqual(whole.draws('effect').flat());
  expect(fit.draws('double').flat()).toEqual(whole.draws('double').flat());
  expect(fit.stats).toEqual(whole.stats);
  expect(pieces[0].layout.quantities.map(({ name }) => name)).toEqual(['effect', 'double']);
  expect(gathered(pieces, 3, 2)).toEqual(
    whole
      .draws('double')
      .at()
      .map((chain) => [...chain]),
  );
  expect(fit.summary().rows.map(({ name }) => name)).toEqual([
    'effect[0]',
    'effect[1]',
    'effect[2]',
    'double',
  ]);

  const statistics = await nuts(means, { ...options, keep: [] });
  expect(statistics.drawsPerChain).toBe(200);
  expect(statistics.stats).toEqual(whole.stats);
  await expect(nuts(means, { keep: ['efect'] })).rejects.toThrow(
    "keep: there is no quantity 'efect'; did you mean 'effect'?",
  );
});

test('an error in onDraws ends the run', async () => {
  const onDraws = (): never => {
    throw new Error('disk full');
  };
  for (const workers of [0, 2]) {
    await expect(nuts(gaussian, { seed: 4, workers, onDraws })).rejects.toThrow('disk full');
  }
});

test('workers wait for a slow consumer', async () => {
  // While the first draws are taken the worker could make a hundred batches; it may be four ahead. What arrives in the
  // tenth of a second thereafter is what had piled up, and a few that it makes meanwhile.
  let blocked = 0;
  let batches = 0;
  const controller = new AbortController();
  const run = nuts(gaussian, {
    seed: 5,
    chains: 1,
    warmup: 50,
    draws: 100_000_000,
    keep: false,
    workers: 1,
    signal: controller.signal,
    onDraws: () => {
      if (blocked === 0) {
        const until = performance.now() + 1500;
        while (performance.now() < until);
        blocked = performance.now();
      }
      batches++;
      if (performance.now() - blocked > 100) controller.abort();
    },
  });
  await expect(run).rejects.toThrow();
  expect(batches).toBeGreaterThan(1);
  expect(batches).toBeLessThan(30);
});
