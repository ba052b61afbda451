/**
 * Sampling compiled models: starts on the model's own scale, blame by term, workers, refusal of broken
 * programs.
 */
import { expect, test } from 'vitest';
import { Instance, loadModule } from '../../src/backend/wasm';
import { halfCauchy, normal, uniform } from '../../src/distributions';
import { nuts } from '../../src/inference';
import { model, vector } from '../../src/model';

const schools = model({ y: vector('school'), sigma: vector('school') })
  .param('mu', normal(0, 5))
  .param('tau', halfCauchy(5))
  .param('effect', ({ mu, tau }) => normal(mu, tau), { dims: ['school'], noncentered: true })
  .observe('y', ({ effect, sigma }) => normal(effect, sigma))
  .condition({ y: [28, 8, -3, 7, -1, 1, 18, 12], sigma: [15, 10, 16, 11, 9, 11, 10, 18] });

test('eight schools come out as published, the same with any number of workers', async () => {
  const here = await nuts(schools, { seed: 31, workers: 0 });
  for (const workers of [1, 4]) {
    const there = await nuts(schools, { seed: 31, workers });
    for (const name of ['mu', 'tau', 'effect'] as const) {
      expect(there.draws(name).flat()).toEqual(here.draws(name).flat());
    }
  }
  // posteriordb's reference: mu 4.4 (sd 3.3), tau 3.6 (sd 3.2); its own error and ours are below 0.1 each.
  expect(Math.abs(here.draws('mu').mean()[0] - 4.4)).toBeLessThan(0.35);
  expect(Math.abs(here.draws('tau').mean()[0] - 3.6)).toBeLessThan(0.35);
  expect(here.summary().converged).toBe(true);
  // @ts-expect-error no such quantity
  expect(() => here.draws('tua')).toThrow("did you mean 'tau'?");
  // @ts-expect-error a vector has one index
  expect(() => here.draws('effect').at()).toThrow('expected 1 indices');
});

test('initial values are given on the scale of the model', async () => {
  const { layout } = schools.target;
  const instance = await Instance.create(await loadModule(), schools.target);
  const constrained = Float64Array.from({ length: layout.size }, (_, i) => i - 4);
  constrained[1] = 2.5;
  const position = instance.call(3, constrained, schools.dimension);
  const back = instance.call(1, position, layout.size);
  back.forEach((value, i) => expect(value).toBeCloseTo(constrained[i], 12));

  const fit = await nuts(schools, {
    seed: 1,
    chains: 1,
    warmup: 0,
    draws: 1,
    stepSize: 1e-9,
    initial: { tau: 7 },
  });
  expect(fit.draws('tau').flat()[0]).toBeCloseTo(7, 5);
  await expect(nuts(schools, { initial: { tau: -1 } })).rejects.toThrow(
    "the values of 'tau' must lie inside",
  );
  await expect(nuts(schools, { initial: { effect: [1, 2] } })).rejects.toThrow(
    "'effect' has shape [8], got 2 values",
  );
});

test('an impossible start is blamed on the term that is to blame', async () => {
  const impossible = model({ y: vector('row') })
    .param('width', halfCauchy(5))
    .observe('y', ({ width }) => uniform(0, width))
    .condition({ y: [0.1, 700] });
  await expect(nuts(impossible)).rejects.toThrow(
    /log density is −∞ at all 100 starting points: the term 'y' was −∞/,
  );
});

test('draws obey gradients: position, log density and gradient agree between call and host', async () => {
  const instance = await Instance.create(await loadModule(), schools.target);
  const { dimension } = schools;
  const position = Float64Array.from({ length: dimension }, (_, i) => 0.3 * i - 1);
  const gradient = new Float64Array(dimension);
  instance.density(position, gradient);
  for (let i = 0; i < dimension; i++) {
    const h = 1e-5;
    const shifted = (by: number): number => {
      const moved = position.slice();
      moved[i] += by;
      return instance.density(moved, new Float64Array(dimension));
    };
    expect(gradient[i]).toBeCloseTo((shifted(h) - shifted(-h)) / (2 * h), 6);
  }
});

test('a damaged program is refused', async () => {
  const program = schools.target.program.slice();
  program[program.length - 1] ^= 1;
  const module = await loadModule();
  await expect(Instance.create(module, { ...schools.target, program })).rejects.toThrow(
    'refuses the program',
  );
});

test('a program too large for WebAssembly is refused before anything is allocated', async () => {
  const program = schools.target.program.slice();
  new DataView(program.buffer).setUint32(12, 0xffffffff, true);
  const module = await loadModule();
  await expect(Instance.create(module, { ...schools.target, program })).rejects.toThrow(
    'the model needs 4097 MiB of WebAssembly memory; at most 4096 MiB can be addressed',
  );
});
