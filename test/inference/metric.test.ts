/** What warm-up learns of a metric, and what it gains. Seeds are fixed. */
import { expect, test } from 'vitest';
import { essBulk, rhat } from '../../src/diagnostics';
import { fromFunction, nuts, type Fit } from '../../src/inference';

/** Standard deviations 1 to 1000, neighbours correlated by 0.98 in the scaled coordinates (an autoregression). */
const SCALES = [1, 1000, 0.01, 10, 1, 100];
const COEFFICIENT = 0.98;
const narrow = fromFunction({
  parameters: { x: [SCALES.length] },
  density(position, gradient) {
    const z = position.map((value, i) => value / SCALES[i]);
    const innovation = 1 - COEFFICIENT * COEFFICIENT;
    let value = -0.5 * z[0] * z[0];
    gradient.fill(0);
    gradient[0] = -z[0];
    for (let i = 1; i < z.length; i++) {
      const error = z[i] - COEFFICIENT * z[i - 1];
      value -= (0.5 * error * error) / innovation;
      gradient[i] -= error / innovation;
      gradient[i - 1] += (COEFFICIENT * error) / innovation;
    }
    for (let i = 0; i < z.length; i++) gradient[i] /= SCALES[i];
    return value;
  },
});

const columns = (fit: Fit<{ x: 1 }>): Float64Array[][] => SCALES.map((_, i) => fit.draws('x').at(i));
const gradientsPerDraw = (fit: Fit<{ x: 1 }>): number =>
  fit.gradientEvaluations / Math.min(...columns(fit).map((column) => essBulk(column)));

test('of a Gaussian, draws and gradients tell the covariance exactly', async () => {
  const fit = await nuts(narrow, { seed: 1, warmup: 150, draws: 400, workers: 0 });
  for (const inverse of fit.inverseMetric) {
    expect(inverse.length).toBe(SCALES.length ** 2);
    SCALES.forEach((scale, i) => {
      SCALES.forEach((other, j) => {
        const expected = COEFFICIENT ** Math.abs(i - j);
        // Shrinkage towards no correlation is worth a hundredth of a draw.
        expect(inverse[i * SCALES.length + j] / (scale * other)).toBeCloseTo(expected, 1);
      });
    });
  }
  for (const column of columns(fit)) expect(rhat(column)).toBeLessThan(1.01);
});

test('and so gradients a draw fall tenfold against a diagonal metric of draws', async () => {
  const learnt = await nuts(narrow, { seed: 2, workers: 0 });
  const stan = await nuts(narrow, { seed: 2, metricAdaptation: 'stan', workers: 0 });
  expect(stan.settings.warmup).toBe(1000);
  expect(learnt.settings.warmup).toBe(500);
  expect(gradientsPerDraw(learnt)).toBeLessThan(gradientsPerDraw(stan) / 10);
});

test('independent dimensions keep a diagonal metric, which scales alone determine', async () => {
  const scales = [1e-3, 1, 1e3];
  const independent = fromFunction({
    parameters: { x: [3] },
    density(position, gradient) {
      let value = 0;
      for (let i = 0; i < 3; i++) {
        const z = position[i] / scales[i];
        gradient[i] = -z / scales[i];
        value -= 0.5 * z * z;
      }
      return value;
    },
  });
  const fit = await nuts(independent, { seed: 3, warmup: 150, draws: 10, workers: 0 });
  for (const inverse of fit.inverseMetric) {
    expect(inverse.length).toBe(3);
    inverse.forEach((value, i) => expect(value / scales[i] ** 2).toBeCloseTo(1, 2));
  }
});

test('far from a Gaussian the default stays diagonal, and dense is dense', async () => {
  // Neal's funnel: at the mouth scores are a thousand times those at the top.
  const funnel = fromFunction({
    parameters: { v: [], x: [5] },
    density(position, gradient) {
      const v = position[0];
      let value = -(v * v) / 18 - (5 * v) / 2;
      gradient[0] = -v / 9 - 5 / 2;
      for (let i = 1; i < 6; i++) {
        const precision = Math.exp(-v);
        value -= 0.5 * precision * position[i] ** 2;
        gradient[0] += 0.5 * precision * position[i] ** 2;
        gradient[i] = -precision * position[i];
      }
      return value;
    },
  });
  const automatic = await nuts(funnel, { seed: 4, draws: 10, workers: 0 });
  expect(automatic.inverseMetric.map(({ length }) => length)).toEqual([6, 6, 6, 6]);
  const dense = await nuts(funnel, { seed: 4, draws: 10, metric: 'dense', workers: 0 });
  expect(dense.inverseMetric.map(({ length }) => length)).toEqual([36, 36, 36, 36]);
});

test('step sizes jitter as told', async () => {
  const fit = await nuts(narrow, { seed: 5, chains: 1, draws: 2000, jitter: 0.3, workers: 0 });
  const [steps] = fit.stats.stepSize;
  const middle = (Math.min(...steps) + Math.max(...steps)) / 2;
  expect(Math.min(...steps) / middle).toBeCloseTo(0.7, 2);
  expect(Math.max(...steps) / middle).toBeCloseTo(1.3, 2);
});
