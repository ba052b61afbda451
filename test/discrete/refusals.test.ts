/** Methods that move through continuous space refuse discrete parameters, all in the same words. */
import { expect, test } from 'vitest';
import {
  asPrior,
  bridgeSampling,
  ellipticalSlice,
  exact,
  hmc,
  laplaceApproximation,
  laplaceMarginal,
  loo,
  maximumAPosteriori,
  maximumLikelihood,
  mclmc,
  model,
  normal,
  nuts,
  parallelTempering,
  pathfinder,
  poisson,
  type Samplable,
  sampleWith,
  sequentialMonteCarlo,
  sliceSampling,
  stein,
  vector,
  walnuts,
  withPrior,
} from '../../src';

const counts = model({ y: vector('row') })
  .param('mu', normal(0, 1))
  .param('k', poisson(3))
  .observe('y', ({ mu, k }) => normal(mu.add(k), 1));
const posterior = counts.condition({ y: [3.2, 4.1, 2.7] });
const alike = await nuts(
  model({ y: vector('row') })
    .param('mu', normal(0, 1))
    .param('k', normal(3, 1))
    .observe('y', ({ mu, k }) => normal(mu.add(k), 1))
    .condition({ y: [3.2, 4.1, 2.7] }),
  { seed: 1, chains: 1, draws: 50, warmup: 100 },
);

test.each<[string, () => unknown]>([
  ['nuts', () => nuts(posterior)],
  ['hmc', () => hmc(posterior)],
  ['walnuts', () => walnuts(posterior)],
  ['mclmc', () => mclmc(posterior)],
  [
    'sampleWith',
    () =>
      sampleWith(posterior, {
        name: 'still',
        transition: ({ position, logDensity }) => ({ position, logDensity }),
      }),
  ],
  ['sliceSampling', () => sliceSampling(posterior)],
  ['ellipticalSlice', () => ellipticalSlice(posterior)],
  ['maximumLikelihood', () => maximumLikelihood(posterior)],
  ['maximumAPosteriori', () => maximumAPosteriori(posterior)],
  ['laplaceApproximation', () => laplaceApproximation(posterior)],
  ['laplaceMarginal', () => laplaceMarginal(posterior, { latent: ['mu'] })],
  ['pathfinder', () => pathfinder(posterior)],
  ['stein', () => stein(posterior)],
  ["parallelTempering with kernel 'nuts'", () => parallelTempering(posterior)],
  ["sequentialMonteCarlo with kernel 'hmc'", () => sequentialMonteCarlo(posterior)],
  ['bridgeSampling', () => bridgeSampling(posterior, alike)],
  ['loo: momentMatching', () => loo(posterior, alike, { momentMatching: true })],
  ['asPrior', () => asPrior(posterior, alike)],
  ['withPrior', async () => withPrior(posterior, {} as never)],
])('%s', async (method, run) => {
  await expect(run()).rejects.toThrow(
    new TypeError(
      `${method}: 'k' is discrete; sum it out (mixture, hmmMarginal), or sample with metropolis, or ` +
        "parallelTempering/sequentialMonteCarlo with kernel 'metropolis'",
    ),
  );
});

test('a posterior that is none is still told apart', async () => {
  await expect(nuts(counts as unknown as Samplable)).rejects.toThrow('a model without data');
});

test('no closed form is seen in a discrete prior', () => {
  const rate = model({ y: vector('row') })
    .param('k', poisson(3))
    .observe('y', ({ k }) => poisson(k));
  expect(() => exact(rate.condition({ y: [1, 2] }))).toThrow(/poisson/);
});
