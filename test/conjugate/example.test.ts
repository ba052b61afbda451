/** The example of an A/B test runs, and stops with the right answer. */
import { expect, it, vi } from 'vitest';

it('decides for the better page', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await import('../../examples/ab-test');
  const said = log.mock.calls.map(([line]) => String(line));
  log.mockRestore();
  expect(said).toHaveLength(6);
  expect(said[3]).toMatch(/^Choosing B gives away/);
  expect(said.join('\n')).not.toMatch(/NaN|undefined/);
});
