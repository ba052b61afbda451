/** Importance sampling takes draws of the approximation itself, also where a result was resampled. */

import { expect, test } from 'vitest';
import {
  exactEvidence,
  gamma,
  importanceSampling,
  model,
  nuts,
  pathfinder,
  poisson,
  variational,
  vector,
} from '../../src';

// Skewed on the unconstrained scale, so that weights are far from equal.
const posterior = model({ y: vector('row') })
  .param('rate', gamma(4, 2))
  .observe('y', ({ rate }) => poisson(rate))
  .condition({ y: [1, 0] });
const exact = exactEvidence(posterior).estimate;

test('draws of pathfinder and resample() do not count their weights twice', async () => {
  const approximation = await variational(posterior, { seed: 1, draws: 4000 });
  const resampled = approximation.resample({ seed: 1 });
  const paths = await pathfinder(posterior, { seed: 1, draws: 4000 });
  for (const draws of [approximation, resampled, paths]) {
    const { estimate, standardError } = importanceSampling(posterior, draws);
    expect(Math.abs(estimate - exact)).toBeLessThan(4 * standardError);
  }
  expect(importanceSampling(posterior, resampled)).toEqual(importanceSampling(posterior, approximation));
  expect(resampled.paretoK).toBe(approximation.paretoK);
  for (const { logWeights, drawsPerChain } of [resampled, paths]) {
    for (const weight of logWeights) expect(weight).toBeCloseTo(-Math.log(drawsPerChain), 12);
  }
});

test('draws of samplers are refused, with what takes them', async () => {
  const fit = await nuts(posterior, { seed: 1, draws: 100, warmup: 100 });
  expect(() => importanceSampling(posterior, fit as never)).toThrow(/bridgeSampling/);
});
