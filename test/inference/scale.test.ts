/** Ten thousand parameters: the closed form of a Gaussian, and memory that grows with the parameters. */
import { expect, test } from 'vitest';
import { costOf } from '../../bench/scale/measure';
import { scalable } from '../../bench/scale/models';
import { nuts } from '../../src/inference';

const [tridiagonal] = scalable;

test('a Gaussian of 10,000 correlated parameters', async () => {
  const posterior = tridiagonal.build(10_000);
  const fit = await nuts(posterior, { seed: 1, chains: 2, warmup: 120, draws: 60 });
  const { layout } = fit;
  expect(layout.size).toBe(10_000);
  let squares = 0;
  let products = 0;
  let pairs = 0;
  const columns = Array.from({ length: layout.size }, (_, i) => fit.quantityDraws(i));
  for (let i = 0; i + 1 < columns.length; i++) {
    columns[i].forEach((chain, c) => {
      for (let t = 0; t < chain.length; t++) {
        squares += chain[t] * chain[t];
        products += chain[t] * columns[i + 1][c][t];
        pairs++;
      }
    });
  }
  // A million values, of which ten thousand or more count as independent: standard errors of 0.014 at most.
  expect(Math.abs(squares / pairs - 1)).toBeLessThan(0.06);
  expect(Math.abs(products / squares - 0.8)).toBeLessThan(0.03);
}, 60_000);

test.each(scalable)(
  'memory of $name grows linearly',
  async (candidate) => {
    const cost = async (parameters: number): Promise<number> =>
      (await costOf(candidate, parameters)).mebibytes;
    const [thousands, more] = [await cost(10_000), await cost(40_000)];
    expect(more / thousands).toBeLessThan(4);
    expect(more - thousands).toBeLessThan((600 * 30_000) / 1048576);
  },
  60_000,
);
