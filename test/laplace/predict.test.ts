/** Predictions from a point, from a Laplace approximation and from nested Laplace: plug-in is too narrow. */
import { expect, test } from 'vitest';
import {
  laplaceApproximation,
  laplaceMarginal,
  maximumAPosteriori,
  model,
  normal,
  predict,
  vector,
} from '../../src';

const y = [1.2, 0.4, 2.1, 1.6];
const means = model({ y: vector('n') })
  .param('mu', normal(0, 10))
  .param('shift', ({ mu }) => normal(mu, 0.1))
  .observe('y', ({ shift }) => normal(shift, 1))
  .condition({ y });

test('all results predict; those that are uncertain more widely', async () => {
  const point = await maximumAPosteriori(means, { seed: 1 });
  const approximation = await laplaceApproximation(means, { seed: 1, draws: 4000 });
  const nested = await laplaceMarginal(means, {
    latent: ['shift'],
    seed: 1,
    chains: 2,
    draws: 500,
    warmup: 300,
  });
  const sd = async (fit: Parameters<typeof predict>[1], repeats = 1): Promise<number> => {
    const found = await predict(means, fit, { seed: 3, repeats });
    return found.draws('y').sd()[0];
  };
  // A point plugged in has the noise alone; otherwise the uncertainty of the mean joins it, a quarter of its variance.
  expect(Math.abs((await sd(point, 4000)) - 1)).toBeLessThan(0.05);
  expect(Math.abs((await sd(approximation)) - Math.sqrt(1.25))).toBeLessThan(0.06);
  expect(Math.abs((await sd(nested)) - Math.sqrt(1.25))).toBeLessThan(0.12);
});
