/** What a posterior of a given size costs: time of a gradient, memory of an instance with its chain. */
import { Instance, moduleFor } from '../../src/backend/wasm';
import { Chain } from '../../src/inference/chain';
import { nutsKernel } from '../../src/inference/nuts';
import type { RunSettings } from '../../src/inference/settings';
import { startChain } from '../../src/inference/start';
import type { Scalable } from './models';

export interface Cost {
  readonly model: string;
  readonly parameters: number;
  /** From the data to a program. */
  readonly compileMilliseconds: number;
  /** A gradient in a trajectory of NUTS, everything included; the fastest of some batches. */
  readonly gradientMicroseconds: number;
  /** Memory of the WebAssembly instance that runs one chain. */
  readonly mebibytes: number;
}

const SETTINGS: RunSettings = {
  algorithm: { kind: 'nuts', maxTreeDepth: 6 },
  chains: 1,
  warmup: 30,
  draws: 1_000_000,
  thin: 1_000_000,
  seed: 1,
  targetAcceptance: 0.8,
  metric: 'diagonal',
  stepSize: 0,
  radius: 1,
};

/** Batches, and gradients in each by what they may take in seconds. */
const BATCHES = 60;
const BATCH = 0.02;

export async function costOf({ name, build }: Scalable, parameters: number): Promise<Cost> {
  const began = performance.now();
  const { target } = build(parameters);
  const compileMilliseconds = performance.now() - began;
  const instance = await Instance.create(await moduleFor(target), target);
  const chain = Chain.create(instance, SETTINGS, target.layout.size, 0, nutsKernel(6).configure);
  startChain(chain, target, SETTINGS.radius, {});
  let last = chain.advance(Infinity);
  let fastest = Infinity;
  let gradients = 64;
  for (let batch = 0; batch < BATCHES; batch++) {
    const next = chain.advance(gradients);
    if (next.stopped !== undefined) throw new Error(`${name}, ${parameters} parameters: ${next.stopped}`);
    const made = next.gradients - last.gradients;
    fastest = Math.min(fastest, next.seconds / made);
    gradients = Math.ceil((made / next.seconds) * BATCH);
    last = next;
  }
  return {
    model: name,
    parameters,
    compileMilliseconds,
    gradientMicroseconds: 1e6 * fastest,
    mebibytes: instance.bytes(0, 0).buffer.byteLength / 1048576,
  };
}
