/** Importance resampling inside the module: the smoothing of the diagnostics, and draws in proportion to the weights. */
import { expect, it } from 'vitest';
import { fullInstance } from '../../src/backend/wasm';
import { paretoSmooth } from '../../src/diagnostics';
import { resample } from '../../src/inference/resampling';

const instance = () => fullInstance({ kind: 'function', dimension: 1, density: () => 0 });

/** Log ratios with a heavy tail, by a fixed generator. */
function ratios(count: number): Float64Array {
  let state = 7;
  return Float64Array.from({ length: count }, () => {
    state = (state * 16807) % 2147483647;
    return -0.6 * Math.log(state / 2147483647);
  });
}

it('smooths as the diagnostics do', async () => {
  const { exports, view, allocate } = await instance().then((loaded) => ({
    exports: loaded.exports,
    view: loaded.view.bind(loaded),
    allocate: loaded.exports.allocate,
  }));
  const logRatios = ratios(1000);
  const { k, logWeights } = paretoSmooth(logRatios);
  const sorted = logRatios.slice().sort();
  const largest = sorted[999];
  const length = Math.ceil(Math.min(200, 3 * Math.sqrt(1000)));
  const pointer = allocate(16 * length);
  view(pointer, length).set(sorted.subarray(1000 - length).map((ratio) => ratio - largest));
  const found = exports.smoothTail(pointer, length, sorted[999 - length] - largest, pointer + 8 * length);
  expect(found).toBeCloseTo(k, 10);
  // Weights of the diagnostics are normalised: compare differences.
  const expected = logWeights
    .slice()
    .sort()
    .subarray(1000 - length);
  const smoothed = view(pointer, length);
  for (let i = 1; i < length; i++) {
    expect(smoothed[i] - smoothed[0]).toBeCloseTo(expected[i] - expected[0], 8);
  }
});

it('draws in proportion to the weights, and never what has none', async () => {
  const loaded = await instance();
  const count = 40_000;
  const logRatios = Float64Array.from([0, Math.log(2), Math.log(5), -Infinity, Math.log(2)]);
  const times = [0, 0, 0, 0, 0];
  for (const draw of resample(loaded, logRatios, count, 3)) times[draw]++;
  expect(times[3]).toBe(0);
  // Five standard errors of a share.
  [0.1, 0.2, 0.5, 0, 0.2].forEach((share, i) =>
    expect(Math.abs(times[i] / count - share)).toBeLessThanOrEqual(
      5 * Math.sqrt((share * (1 - share)) / count),
    ),
  );
  expect(() => resample(loaded, Float64Array.of(-Infinity), 5, 1)).toThrow(/finite importance ratio/);
});
