/** Draws as JSON: nested as their shapes say, and complete. */

import { expect, test } from 'vitest';
import { drawsJson } from '../../src/io';
import { exampleRun, origin } from './example';

const parse = (run: ReturnType<typeof exampleRun>) => JSON.parse([...drawsJson(run, origin)].join(''));

test('every draw is there, nested by chain, draw and shape', () => {
  const run = exampleRun();
  const json = parse(run);
  expect(json.quantities.mu).toEqual({
    kind: 'parameter',
    shape: [],
    dims: [],
    draws: run.quantityDraws(0).map((chain) => [...chain]),
  });
  expect(json.quantities.L.draws[1][4][1][2]).toBe(run.quantityDraws(1 + 5)[1][4]);
  expect(json.quantities.L.draws[0][0]).toHaveLength(2);
  expect(json.quantities.L.dims).toEqual([null, null]);
  expect(json.statistics.energy).toEqual([Array(5).fill(20.125), Array(5).fill(20.125)]);
  expect(json.chains).toEqual([0, 2]);
  expect(json.settings).toMatchObject({ seed: 7, metric: 'diagonal' });
  expect(json.timing).toEqual({ warmupSeconds: 0.25, samplingSeconds: 0.5 });
});

test('numbers that are not finite are null', () => {
  const run = {
    ...exampleRun(),
    quantityDraws: () => exampleRun().chains.map(() => Float64Array.of(NaN, 1, 2, 3, Infinity)),
  };
  expect(parse(run).quantities.mu.draws[0]).toEqual([null, 1, 2, 3, null]);
});
