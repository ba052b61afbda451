/** Approximations that users write. */
import { expect, it } from 'vitest';
import { exponential, gamma, halfCauchy, logNormal, model, normal, variational, vector } from 'credence';

const level = model({ y: vector('row') })
  .param('mu', normal(0, 10))
  .observe('y', ({ mu }) => normal(mu, 1))
  .condition({ y: [1.2, 0.7, 1.9, 1.1] });

it('is exact where the guide can be', async () => {
  const fit = await variational(level, {
    guide: ({ real, positive, draw }) => {
      draw('mu', normal(real('location'), positive('scale')));
    },
    seed: 1,
  });
  expect(Math.abs(fit.draws('mu').mean()[0] - 4.9 / 4.01)).toBeLessThan(0.04);
  expect(Math.abs(fit.draws('mu').sd()[0] / 4.01 ** -0.5 - 1)).toBeLessThan(0.06);
  // log N(y; 0, I + 100·11ᵀ), by the determinant lemma and Sherman & Morrison.
  const squares = 1.2 ** 2 + 0.7 ** 2 + 1.9 ** 2 + 1.1 ** 2 - (100 * 4.9 ** 2) / 401;
  const logEvidence = -0.5 * (squares + Math.log(401) + 4 * Math.log(2 * Math.PI));
  expect(Math.abs(fit.elbo.value - logEvidence)).toBeLessThan(0.01);
  expect(fit.paretoK).toBeLessThan(0.7);
});

it('may let later draws depend on earlier ones, on constrained and noncentered parameters', async () => {
  const schools = model({ y: vector('school'), sigma: vector('school') })
    .param('mu', normal(0, 5))
    .param('tau', halfCauchy(5))
    .param('effect', ({ mu, tau }) => normal(mu, tau), { dims: ['school'], noncentered: true })
    .observe('y', ({ effect, sigma }) => normal(effect, sigma))
    .condition({ y: [28, 8, -3, 7, -1, 1, 18, 12], sigma: [15, 10, 16, 11, 9, 11, 10, 18] });
  const fit = await variational(schools, {
    guide: ({ real, positive, draw }) => {
      const mu = draw('mu', normal(real('m'), positive('s', 3)));
      const tau = draw('tau', logNormal(real('logTau'), positive('t', 0.5)));
      draw('effect', normal(mu.add(tau.mul(real('shift', 0, [8]))), tau.mul(positive('width', 1, [8]))));
    },
    seed: 1,
  });
  // The same family, in other words, as independent Gaussians of the noncentered form; and it is no exact one.
  const meanField = await variational(schools, { seed: 1 });
  expect(Math.abs(fit.elbo.value - meanField.elbo.value)).toBeLessThan(0.06);
  // Densities are those of the draws: ratios average to the evidence, which lies above the bound.
  const ratios = fit.logDensities.map((value, draw) =>
    Math.exp(value - fit.logApproximations[draw] - fit.elbo.value),
  );
  const average = Math.log(ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length);
  expect(average).toBeGreaterThan(0);
  expect(average).toBeLessThan(0.6);
});

it('draws exponentials by inversion', async () => {
  const rate = model({ y: vector('row') })
    .param('rate', exponential(1))
    .condition({ y: [1] });
  const fit = await variational(rate, {
    guide: ({ positive, draw }) => void draw('rate', exponential(positive('inverse', 3))),
    seed: 1,
  });
  expect(Math.abs(fit.elbo.value)).toBeLessThan(0.005);
  expect(Math.abs(fit.draws('rate').mean()[0] - 1)).toBeLessThan(0.08);
});

it('says what is wrong with a guide', async () => {
  const fails = (guide: (scope: never) => void, message: RegExp) =>
    expect(variational(level, { guide: guide as never, seed: 1 })).rejects.toThrow(message);
  type Scope = { draw: (name: string, distribution: unknown) => unknown };
  await fails(() => undefined, /must draw every parameter; it does not draw 'mu'/);
  await fails(({ draw }: Scope) => draw('nu', normal(0, 1)), /there is no parameter 'nu'/);
  await fails(
    ({ draw }: Scope) => [draw('mu', normal(0, 1)), draw('mu', normal(0, 1))],
    /'mu' is drawn twice/,
  );
  await fails(({ draw }: Scope) => draw('mu', gamma(2, 1)), /draws of 'mu' have no derivative .*gamma/);
  await fails(({ draw }: Scope) => draw('mu', normal([0, 0], 1)), /'mu' has shape/);
  const scale = model({}).param('scale', gamma(3, 2)).condition({});
  await expect(
    variational(scale, {
      guide: ({ real, positive, draw }) => void draw('scale', normal(real('m'), positive('s'))),
      seed: 1,
    }),
  ).rejects.toThrow(/guide: \d+ of 4000 drawn values lie outside the support/);
  await expect(variational(level, { family: 'flow', guide: () => undefined })).rejects.toThrow(
    /a family or a guide, not both/,
  );
});
