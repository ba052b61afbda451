/** The live lines of `sample`: what they say, and that they fit a terminal. */

import { PassThrough } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { paceOf, progressBars } from '../../src/cli/progress';

test('a line per chain with draws, divergences, step size, rate and time left, in 80 columns', async () => {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 80, rows: 24 });
  let text = '';
  stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const now = vi.spyOn(performance, 'now');
  const bars = progressBars(stream as unknown as NodeJS.WriteStream)!;
  const at = (milliseconds: number, chain: number, iteration: number): void => {
    now.mockReturnValue(milliseconds);
    const phase = iteration < 10000 ? ('warmup' as const) : ('sampling' as const);
    bars.update({ chain, phase, iteration, total: 90000, divergences: 123, stepSize: 0.0012345 });
  };
  for (const chain of [0, 11]) {
    at(0, chain, 5000);
    at(1000, chain, 10000);
    at(2000, chain, 30000);
  }
  now.mockRestore();
  bars.stop();
  const lines = text.split(/\r|\n|\u001b\[[\d;?]*[A-Za-z]/).filter((line) => line.includes('['));
  const last = lines.at(-1)!;
  expect(last).toMatch(/^12 \[.{10}\] 30000\/90000 sampling 123 div {2}step 0\.00123 {2}20000\/s, 0:03 left/);
  expect(lines.some((line) => line.startsWith(' 1 ['))).toBe(true);
  expect(lines.every((line) => line.trimEnd().length <= 80)).toBe(true);
});

test('without a terminal there is nothing', () => {
  expect(progressBars({ isTTY: false } as NodeJS.WriteStream)).toBeUndefined();
});

test('rates and times are readable at every speed', () => {
  expect(paceOf(12345.6, 100)).toBe('12346/s, 0:01 left');
  expect(paceOf(0.5, 100)).toBe('0.5/s, 3:20 left');
  expect(paceOf(0.0123, 5000)).toBe('0.012/s, 112:55:05 left');
  expect(paceOf(1000, 0)).toBe('1000/s');
  expect(paceOf(NaN, 10)).toBe('');
});
