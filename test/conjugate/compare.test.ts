/** Comparisons against one another, against draws, and against values known elsewhere. */
import { expect, it } from 'vitest';
import {
  betaBernoulli,
  differenceInterval,
  expectedLoss,
  gammaPoisson,
  normalNormal,
  probabilityBest,
  probabilityGreater,
  random,
  type Arm,
} from '../../src';
import { Beta } from '../../src/conjugate/distributions/beta';
import { Gamma } from '../../src/conjugate/distributions/gamma';
import { InverseGamma } from '../../src/conjugate/distributions/inverse-gamma';
import { Normal } from '../../src/conjugate/distributions/normal';
import { StudentT } from '../../src/conjugate/distributions/student-t';
import { relativeError } from './relative-error';

// By mpmath at 30 digits: quad(pdf_a * betainc(b)) over [0, 1].
it.each([
  [1, 1, 1, 1, 0.5],
  [121, 881, 151, 851, 0.024932163187855877],
  [151, 851, 121, 881, 0.9750678368121442],
  [2.5, 3.5, 1.5, 0.5, 0.15415702650082042],
  [3, 0.7, 2, 4.2, 0.9582034617901152],
  [0.4, 3, 2.5, 1, 0.024251610458507013],
  [1.5, 400.5, 30.5, 200.5, 5.930332764323628e-14],
  [50.5, 50.5, 40.25, 60.75, 0.9275708414200652],
])('P(Beta(%d, %d) > Beta(%d, %d))', (a1, b1, a2, b2, expected) => {
  expect(relativeError(probabilityGreater(new Beta(a1, b1), new Beta(a2, b2)), expected)).toBeLessThan(2e-12);
});

it('sums and quadrature agree, and both orders add up to one', () => {
  const [a, b] = [new Beta(151, 851), new Beta(121, 881)];
  // Shapes that are hardly no whole numbers go by quadrature.
  const near = probabilityGreater(
    new Beta(151.000000001, 851.000000001),
    new Beta(121.000000001, 881.000000001),
  );
  expect(Math.abs(probabilityGreater(a, b) - near)).toBeLessThan(1e-9);
  expect(probabilityGreater(a, b) + probabilityGreater(b, a)).toBeCloseTo(1, 12);
  const [c, d] = [new Beta(2.5, 3.5), new Beta(1.5, 0.5)];
  expect(probabilityGreater(c, d) + probabilityGreater(d, c)).toBeCloseTo(1, 12);
});

const pairs: [string, Arm, Arm][] = [
  ['beta', new Beta(12, 30), new Beta(9.5, 31)],
  ['gamma', new Gamma(3, 2), new Gamma(2.5, 1)],
  ['normal', new Normal(1, 2), new Normal(0.5, 1)],
  ['student', new StudentT(5, 1, 2), new StudentT(9, 0.5, 1)],
  ['inverse gamma', new InverseGamma(4, 3), new InverseGamma(6, 5)],
];

// Five standard errors.
it.each(pairs)('%s: probability, loss and difference are those of draws', async (_name, a, b) => {
  const stream = await random(12);
  const count = 100_000;
  const [left, right] = [a, b].map((arm) => (arm as Normal).draws(stream, count));
  const greater = left.filter((x, i) => x > right[i]).length / count;
  expect(Math.abs(probabilityGreater(a, b) - greater)).toBeLessThan(2.5 / Math.sqrt(count));
  expectedLoss([a, b]).forEach((loss, arm) => {
    const losses = left.map((x, i) => Math.max(0, arm === 0 ? right[i] - x : x - right[i]));
    const mean = losses.reduce((sum, x) => sum + x, 0) / count;
    const sd = Math.sqrt(losses.reduce((sum, x) => sum + (x - mean) ** 2, 0) / count);
    expect(Math.abs(loss - mean)).toBeLessThan((5 * sd) / Math.sqrt(count));
  });
  const [lower, upper] = differenceInterval(a, b, 0.8);
  const below = left.filter((x, i) => x - right[i] < lower).length / count;
  const above = left.filter((x, i) => x - right[i] > upper).length / count;
  expect(Math.abs(below - 0.1)).toBeLessThan(1.5 / Math.sqrt(count));
  expect(Math.abs(above - 0.1)).toBeLessThan(1.5 / Math.sqrt(count));
});

// Nearly all mass of a beta distribution with alpha 1e-10 is below the least number; then P(a > b) is α_a/(α_a + α_b).
it.each([
  [new Beta(0.01, 10.01), new Beta(0.01, 10.01), 0.5],
  [new Beta(1e-10, 10.5), new Beta(1e-10, 10.5), 0.5],
  [new Beta(1e-10, 10.5), new Beta(3e-10, 10.25), 0.25],
  [new Gamma(1e-10, 1), new Gamma(3e-10, 1), 0.25],
])('densities with a pole take quadrature to its end: %o and %o', (a, b, expected) => {
  expect(probabilityGreater(a, b)).toBeCloseTo(expected, 8);
  expect(probabilityGreater(a, b) + probabilityGreater(b, a)).toBeCloseTo(1, 10);
});

it('losses of densities with a pole differ by the difference of their means', () => {
  const arms = [new Beta(1e-10, 10.5), new Beta(3e-10, 10.25)];
  const [first, second] = expectedLoss(arms);
  expect(relativeError(first - second, arms[1].mean - arms[0].mean)).toBeLessThan(1e-9);
});

// Ends at which 2.5 % are left: mpmath's quad(pdf_a(d + x) * betainc_b(x)) gives 0.02500000000 at each.
it('the interval of a difference is exact where densities have poles', () => {
  const [lower, upper] = differenceInterval(new Beta(0.5, 100.5), new Beta(1.5, 50.5));
  expect(relativeError(lower, -0.083950416582)).toBeLessThan(1e-9);
  expect(relativeError(upper, 0.009791005845)).toBeLessThan(1e-9);
  const [negative, positive] = differenceInterval(new Beta(0.01, 10.01), new Beta(0.01, 10.01));
  expect(relativeError(positive, 0.004705578569743)).toBeLessThan(1e-9);
  expect(relativeError(negative, -positive)).toBeLessThan(1e-9);
  const [left, right] = differenceInterval(new Beta(1e-10, 10), new Beta(1e-10, 10));
  expect(Math.max(-left, right)).toBeLessThan(1e-300);
});

it('of several arms one is best, and the loss is the mean of the maximum less its own', () => {
  const arms = [new Beta(4, 9), new Beta(7, 8), new Beta(3.5, 8)];
  const best = probabilityBest(arms);
  expect(best.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 11);
  const losses = expectedLoss(arms);
  // The mean of the maximum is the same whichever arm it is measured from.
  const greatest = losses.map((loss, i) => loss + arms[i].mean);
  expect(Math.max(...greatest) - Math.min(...greatest)).toBeLessThan(1e-12);
  const [normal, other] = [new Normal(1, 2), new Normal(0.5, 1)];
  expect(probabilityBest([normal, other])[0]).toBeCloseTo(probabilityGreater(normal, other), 14);
  // E[(b − a)⁺] of normals: s φ(m/s) + m Φ(m/s) with m = −½, s = √5.
  const z = -0.5 / Math.sqrt(5);
  const exact = Math.sqrt(5) * Math.exp(-(z * z) / 2) * 0.3989422804014327 - 0.5 * new Normal(0, 1).cdf(z);
  expect(relativeError(expectedLoss([normal, other])[0], exact)).toBeLessThan(1e-12);
});

it('says a loss that is hardly there', () => {
  const [a, b] = [normalNormal({ mean: 0, sd: 1, scale: 1 }), new Normal(20, 1)];
  const [, loss] = expectedLoss([a, b]);
  // s φ(z) (z⁻² − …) by the tail expansion of the same closed form, z = 20/√2.
  expect(loss).toBeGreaterThan(0);
  expect(loss).toBeLessThan(1e-40);
});

it('takes posteriors, and refuses what cannot be compared', () => {
  const start = betaBernoulli({ alpha: 1, beta: 1 });
  const a = start.update({ successes: 120, trials: 1000 });
  const b = start.update({ successes: 150, trials: 1000 });
  expect(probabilityGreater(b, a)).toBeCloseTo(0.9750678368121442, 12);
  expect(() => probabilityGreater(a, new Gamma(1, 1))).toThrow(
    /beta lies in \[0, 1\], gamma in \[0, Infinity\]/,
  );
  expect(() => probabilityBest([a])).toThrow(/at least 2 arms, got 1/);
  expect(() => expectedLoss([new InverseGamma(0.5, 1), new InverseGamma(3, 1)])).toThrow(/no finite mean/);
  expect(() => differenceInterval(a, b, 2)).toThrow(/mass must be/);
  expect(() => probabilityGreater(a, gammaPoisson({ shape: 1, rate: 1 }).predictive() as never)).toThrow(
    TypeError,
  );
});

it('of what has no distribution says so', () => {
  expect(() => probabilityBest([5, 6] as never)).toThrow(/expected posteriors of one continuous number/);
  expect(() => probabilityGreater(undefined as never, new Beta(1, 1))).toThrow(TypeError);
});
