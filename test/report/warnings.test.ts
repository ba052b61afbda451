/** Warnings say what was found, where, and what to do. */

import { expect, test } from 'vitest';
import { summarize } from '../../src/report';
import { exampleFit, noise, type Settings } from './example';

function messages(settings: Settings): string[] {
  return summarize(exampleFit(settings)).warnings.map((warning) => warning.message);
}

test('divergences, by chain', () => {
  const [message, ...others] = messages({ divergent: (chain, i) => chain === 2 && i < 7 });
  expect(message).toContain('7 of 2000 transitions diverged (by chain: 0, 0, 7, 0)');
  expect(message).toContain('Raise targetAcceptance');
  expect(message).toContain('noncentered: true');
  expect(others).toEqual([]);
});

test('tree depth, by chain', () => {
  const [message, ...others] = messages({ saturated: (_, i) => i < 2 });
  expect(message).toContain(
    '8 of 2000 transitions reached the maximum tree depth of 10 (by chain: 2, 2, 2, 2)',
  );
  expect(message).toContain('Raise maxTreeDepth');
  expect(others).toEqual([]);
});

test('E-BFMI', () => {
  let level = 0;
  const [message, ...others] = messages({
    energy: (chain) => noise(500, chain + 1).map((x) => (chain === 3 ? (level += x) : x)),
  });
  expect(message).toMatch(/^E-BFMI is below 0.3 in 1 chain \(3; lowest 0\.0\d\)/);
  expect(others).toEqual([]);
});

test('R-hat and ESS name the worst quantity', () => {
  const [rhat, ess, ...others] = messages({
    quantity: (index, chain) => (index === 2 ? noise(500, chain + 1).map((x) => x + 3 * chain) : undefined),
  });
  expect(rhat).toMatch(/^R-hat is above 1.01 for 1 quantity \(highest \d\.\d{3}, effect\[1\]\)/);
  expect(ess).toMatch(/below 400 \(100 per chain\) for 1 quantity \(lowest \d, effect\[1\]\)/);
  expect(others).toEqual([]);
});

test('draws that are not finite', () => {
  const [message, ...others] = messages({
    quantity: (index, chain) => (index === 0 ? noise(500, 1).fill(-Infinity, chain, chain + 1) : undefined),
  });
  expect(message).toContain('infinite or not a number in mu');
  expect(others).toEqual([]);
});

test('lost chains', () => {
  const fit = { ...exampleFit(), failures: [{ chain: 4, message: 'its worker exited with code 9' }] };
  expect(summarize(fit).warnings.map((warning) => warning.message)).toEqual([
    'Chain 4 was lost and is not part of these results: its worker exited with code 9',
  ]);
});

test('lines of warnings are at most 100 wide', () => {
  const text = summarize(exampleFit({ divergent: () => true, saturated: () => true, draws: 20 })).toString();
  expect(text.split('\n').every((line) => line.length <= 100)).toBe(true);
});
