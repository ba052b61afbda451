/** A chain's draws depend neither on how it is cut into batches nor on the instance it lives in. */
import { expect, test } from 'vitest';
import { Instance, loadModule } from '../../src/backend/wasm';
import { Chain } from '../../src/inference/chain';
import { nutsKernel } from '../../src/inference/nuts';
import type { RunSettings } from '../../src/inference/settings';
import { standard } from './targets';

const SETTINGS: RunSettings = {
  algorithm: { kind: 'nuts', maxTreeDepth: 10 },
  chains: 1,
  warmup: 150,
  draws: 60,
  thin: 2,
  seed: 99,
  targetAcceptance: 0.8,
  metric: 'dense',
  stepSize: 0,
  radius: 2,
};

const { configure } = nutsKernel(10);

async function fresh(): Promise<Chain> {
  const instance = await Instance.create(await loadModule(), standard.target);
  const chain = Chain.create(instance, SETTINGS, 10, 0, configure);
  instance.exports.drawPosition(chain.pointer, 2);
  instance.exports.evaluate(chain.pointer);
  return chain;
}

function run(chain: Chain, gradients: number, until = Infinity): number[] {
  const records: number[] = [];
  while (!chain.finished && chain.iteration < until) records.push(...chain.advance(gradients).records);
  return records;
}

test('batches of any size give the same records', async () => {
  const whole = run(await fresh(), 1e9);
  expect(whole.length).toBe(60 * 17);
  expect(run(await fresh(), 1)).toEqual(whole);
  expect(run(await fresh(), 37)).toEqual(whole);
});

test('a chain saved in one instance goes on in another', async () => {
  const whole = run(await fresh(), 1e9);
  for (const stop of [40, 120, 180]) {
    const first = await fresh();
    const records = run(first, 1, stop);
    const elsewhere = await Instance.create(await loadModule(), standard.target);
    // Other chains came before it there, so that it lies at another address.
    Chain.create(elsewhere, SETTINGS, 10, 5, configure);
    records.push(...run(Chain.restore(elsewhere, SETTINGS, 10, first.save()), 50));
    expect(records).toEqual(whole);
  }
});

test('streams differ', async () => {
  const instance = await Instance.create(await loadModule(), standard.target);
  const positions = [0, 1, 2, 3].map((stream) => {
    const chain = Chain.create(instance, SETTINGS, 10, stream, configure);
    instance.exports.drawPosition(chain.pointer, 2);
    return [...instance.view(instance.exports.chainPosition(chain.pointer), 10)];
  });
  expect(new Set(positions.flat()).size).toBe(40);
  expect(positions.flat().every((x) => Math.abs(x) <= 2)).toBe(true);
});
