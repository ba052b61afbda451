/** What would not fit in memory is refused before it begins. */
import { expect, test } from 'vitest';
import { nuts } from '../../src/inference';
import { refuseTooLarge } from '../../src/inference/memory';
import { standard } from './targets';

const GIBIBYTE = 1073741824;
const small = {
  chains: 4,
  draws: 1000,
  width: 17,
  chainBytes: 1e4,
  instanceBytes: 2e5,
  threads: 4,
};

test('draws that do not fit: the size needed, the size there is, what to do', () => {
  expect(() => refuseTooLarge(small, GIBIBYTE)).not.toThrow();
  expect(() => refuseTooLarge({ ...small, draws: 4_000_000 }, GIBIBYTE)).toThrow(
    /^the run needs 2\.1 GiB of memory \(4 chains of 4000000 kept draws of 17 values: 2\.1 GiB\), but the machine has 1 GiB to give: keep fewer draws \(thin\)/,
  );
});

test('chains that do not fit', () => {
  expect(() => refuseTooLarge({ ...small, chains: 500_000 }, 64 * GIBIBYTE)).toThrow(
    '500000 chains take 4.7 GiB of WebAssembly memory, of which at most 4 GiB can be addressed',
  );
  expect(() => refuseTooLarge({ ...small, chains: 100_000, draws: 1 }, GIBIBYTE)).toThrow(
    /1\.\d GiB of memory .*run fewer chains/,
  );
});

test('a run that no machine could hold is refused at once', async () => {
  const began = performance.now();
  const run = nuts(standard, { chains: 4, draws: 2_000_000_000, warmup: 10 });
  await expect(run).rejects.toThrow(/the run needs 1013\.\d GiB of memory .*keep: false/);
  expect(performance.now() - began).toBeLessThan(2000);
});

test('three hundred chains on whatever cores there are', async () => {
  const fit = await nuts(standard, { seed: 1, chains: 300, warmup: 60, draws: 20 });
  expect(fit.chains.length).toBe(300);
  expect(
    new Set(
      fit
        .draws('x')
        .at(0)
        .map(([first]) => first),
    ).size,
  ).toBe(300);
});
