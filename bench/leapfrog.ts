/** What one step of a NUTS trajectory costs inside the module, everything included. */
import { Instance } from '../src/backend/wasm';
import { Chain } from '../src/inference/chain';
import { nutsKernel } from '../src/inference/nuts';
import type { RunSettings } from '../src/inference/settings';
import type { ProgramTarget } from '../src/target/target';

const SETTINGS: RunSettings = {
  algorithm: { kind: 'nuts', maxTreeDepth: 10 },
  chains: 1,
  warmup: 200,
  draws: 1_000_000,
  thin: 1,
  seed: 1,
  targetAcceptance: 0.8,
  metric: 'diagonal',
  stepSize: 0,
  radius: 1,
};

/** Gradients of one sample, by what they may take in seconds. */
const SAMPLE = 0.002;
const SAMPLES = 200;

/** Nanoseconds a gradient evaluation of warmed-up NUTS: momenta, tree, records of draws and all. The fastest of some batches. */
export async function leapfrogNanoseconds(
  module: WebAssembly.Module,
  target: ProgramTarget,
): Promise<number> {
  const instance = await Instance.create(module, target);
  const chain = Chain.create(instance, SETTINGS, target.layout.size, 0, nutsKernel(10).configure);
  const { exports } = instance;
  do exports.drawPosition(chain.pointer, SETTINGS.radius);
  while (exports.evaluate(chain.pointer) !== 1);

  let last = chain.advance(Infinity);
  let gradients = Math.ceil((last.gradients / last.seconds) * SAMPLE);
  let fastest = Infinity;
  for (let sample = 0; sample < SAMPLES; sample++) {
    const batch = chain.advance(gradients);
    if (batch.stopped !== undefined) throw new Error(`the chain stopped: ${batch.stopped}`);
    const made = batch.gradients - last.gradients;
    fastest = Math.min(fastest, batch.seconds / made);
    gradients = Math.ceil((made / batch.seconds) * SAMPLE);
    last = batch;
  }
  return fastest * 1e9;
}
