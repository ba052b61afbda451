/** Occam's razor: richer polynomials fit better, and the evidence prefers the degree that made the data all the same. */
import { beforeAll, expect, test, vi } from 'vitest';
import type * as Example from '../../examples/occam';
import { bridgeSampling, compareEvidence, linearRegression, nuts, random } from '../../src';

let example: typeof Example;
beforeAll(async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  example = await import('../../examples/occam');
  expect(log).toHaveBeenCalledTimes(11);
  log.mockRestore();
});

test('the fit of the example keeps improving, its evidence is highest at the true degree', () => {
  const { comparison, degrees, TRUE_DEGREE } = example;
  for (let k = 1; k < degrees.length; k++) expect(degrees[k].fit).toBeGreaterThan(degrees[k - 1].fit);
  const evidences = degrees.map(({ logEvidence }) => logEvidence.estimate);
  expect(evidences.indexOf(Math.max(...evidences))).toBe(TRUE_DEGREE);
  expect(comparison.rows[0].name).toBe(`degree ${TRUE_DEGREE}`);
  expect(comparison.rows[0].probability).toBeGreaterThan(0.5);
  expect(evidences.at(-1)!).toBeLessThan(evidences[TRUE_DEGREE] - 4);
});

test('its fits are those of least squares', () => {
  const { at, degrees, legendre, y } = example;
  // Gram–Schmidt, a degree at a time: what is left of y is what the fit does not explain.
  const basis: number[][] = [];
  let rest = Array.from(y);
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, i) => sum + value * b[i], 0);
  for (const { degree, fit } of degrees) {
    let column = Array.from(at, (x) => legendre(x, degree)[degree]);
    for (const other of basis) {
      const share = dot(column, other);
      column = column.map((value, i) => value - share * other[i]);
    }
    const length = Math.sqrt(dot(column, column));
    column = column.map((value) => value / length);
    basis.push(column);
    const share = dot(rest, column);
    rest = rest.map((value, i) => value - share * column[i]);
    const n = y.length;
    expect(fit).toBeCloseTo((-n / 2) * (Math.log((2 * Math.PI * dot(rest, rest)) / n) + 1), 6);
  }
});

test('bridge sampling sees the same razor, within four standard errors', async () => {
  const { degrees, given } = example;
  for (const degree of [3, 7]) {
    const posterior = given(degree);
    const fit = await nuts(posterior, { seed: 5, draws: 1000 });
    const { estimate, standardError } = await bridgeSampling(posterior, fit, { seed: 1 });
    expect(standardError).toBeLessThan(0.1);
    expect(Math.abs(estimate - degrees[degree].logEvidence.estimate)).toBeLessThan(4 * standardError);
  }
});

test('the degree of highest evidence is the true one as often as its probability says', async () => {
  const { legendre } = example;
  const stream = await random(11);
  const simulations = 400;
  const [points, prior] = [40, { sd: 3, shape: 2, scale: 0.1 }];
  let [right, expected, variance] = [0, 0, 0];
  for (let simulation = 0; simulation < simulations; simulation++) {
    const truth = simulation % 10;
    const sigma = Math.sqrt(stream.inverseGamma(1, prior.shape, prior.scale)[0]);
    const coefficients = stream.normal(truth + 1, 0, prior.sd * sigma);
    const at = stream.uniform(points, -1, 1);
    const errors = stream.normal(points, 0, sigma);
    const y = at.map((x, i) => coefficients.reduce((sum, c, k) => sum + c * legendre(x, 9)[k], errors[i]));
    const { rows } = compareEvidence(
      Object.fromEntries(
        Array.from({ length: 10 }, (_, degree) => {
          const x = Array.from(at, (x) => legendre(x, degree));
          const estimate = linearRegression({ predictors: degree + 1, ...prior }).update({
            x,
            y,
          }).logEvidence;
          return [String(degree), { estimate, standardError: 0, method: 'exact', warnings: [] }];
        }),
      ),
    );
    if (rows[0].name === String(truth)) right++;
    expected += rows[0].probability;
    variance += rows[0].probability * (1 - rows[0].probability);
  }
  // Four standard deviations: a right answer fails once in 16,000 seeds.
  expect(Math.abs(right - expected)).toBeLessThan(4 * Math.sqrt(variance));
  expect(right).toBeGreaterThan(simulations / 2);
});
