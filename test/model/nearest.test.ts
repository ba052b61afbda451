/** Suggestions are made for slips, not for other words. */
import { expect, test } from 'vitest';
import { didYouMean } from '../../src/model/nearest';

test.each([
  ['sgima', ['sigma', 'mu'], 'sigma'],
  ['tua', ['mu', 'tau'], 'tau'],
  ['logearn', ['logEarn', 'earn'], 'logEarn'],
  ['kid_scor', ['mom_iq', 'kid_score'], 'kid_score'],
])('%s among %j', (name, candidates, expected) => {
  expect(didYouMean(name, candidates)).toBe(`; did you mean '${expected}'?`);
});

test.each([
  ['sigma', ['height', 'weight']],
  ['y', []],
])('nothing for %s among %j', (name, candidates) => {
  expect(didYouMean(name, candidates)).toBe('');
});
