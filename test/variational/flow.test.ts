/** Flows reach shapes that no Gaussian has, and know their own density. */
import { describe, expect, it } from 'vitest';
import { fromFunction, model, normal, scalar, square, variational, vector, type LayerKind } from 'credence';
import { BaselineProgram } from '../../src/backend/baseline';
import { flowTransformation } from '../../src/inference/variational/flow/flow';
import { objectiveOf } from '../../src/inference/variational/objective';

/** A banana: x ~ N(0, 2), y | x ~ N(x²/4, ½): the joint density is normalised, so its evidence is 1. */
const banana = model({ width: scalar() })
  .param('x', normal(0, 2))
  .param('y', ({ x }) => normal(square(x).div(4), 0.5))
  .condition({ width: 1 });

describe('a banana', () => {
  const kinds: readonly (readonly LayerKind[])[] = [
    ['autoregressive', 'autoregressive'],
    ['spline', 'spline'],
  ];
  it.each(kinds)('by layers of %s', async (...layers) => {
    const options = { seed: 1, draws: 4000 } as const;
    const gaussian = await variational(banana, { ...options, family: 'full-rank' });
    const fit = await variational(banana, {
      ...options,
      family: 'flow',
      flow: { layers, hidden: 16 },
      tolerance: 0.02,
    });
    // KL from the posterior is −ELBO here.
    expect(-fit.elbo.value).toBeLessThan(-gaussian.elbo.value / 3);
    // E y = E x²/4 = 1; approximations by KL are too narrow, the Gaussian most.
    const [narrow, wider] = [gaussian, fit].map((draws) => draws.draws('y').mean()[0]);
    expect(Math.abs(wider - 1)).toBeLessThan(Math.abs(narrow - 1) / 1.5);
  });
});

it('knows the determinant of its derivative', () => {
  const size = 3;
  const three = model({ mean: vector('axis') })
    .param('x', ({ mean }) => normal(mean, 1), { dims: ['axis'] })
    .condition({ mean: [0, 0, 0] });
  const base = {
    location: Float64Array.of(1, -2, 0.5),
    factor: Float64Array.of(2, 0, 0, 0.3, 0.5, 0, -0.4, 0.1, 1.5),
  };
  const layers: LayerKind[] = ['spline', 'autoregressive', 'spline', 'autoregressive'];
  const { program, dimension } = objectiveOf(three, flowTransformation(three, base, { layers, hidden: 7 }));
  const loaded = new BaselineProgram(program);
  let state = 11;
  const uniform = (): number => (2 * (state = (state * 16807) % 2147483647)) / 2147483647 - 1;
  for (let attempt = 0; attempt < 20; attempt++) {
    const parameters = Float64Array.from({ length: dimension }, () => 0.7 * uniform());
    const noise = Array.from({ length: size }, () => 3 * uniform() * (attempt % 4 === 0 ? 3 : 1));
    const at = (shifted: number[]): Float64Array => {
      loaded.setSlot(0, Float64Array.from(shifted));
      const out = new Float64Array(size + 1);
      loaded.call('quantities', parameters, out);
      return out;
    };
    const step = 1e-6;
    const columns = noise.map((_, k) => {
      const [up, down] = [step, -step].map((h) => at(noise.map((x, i) => (i === k ? x + h : x))));
      return [0, 1, 2].map((i) => (up[i] - down[i]) / (2 * step));
    });
    const [a, b, c] = columns;
    const determinant =
      a[0] * (b[1] * c[2] - b[2] * c[1]) -
      a[1] * (b[0] * c[2] - b[2] * c[0]) +
      a[2] * (b[0] * c[1] - b[1] * c[0]);
    expect(at(noise)[size]).toBeCloseTo(Math.log(Math.abs(determinant)), 3);
  }
});

it('takes a single unknown', async () => {
  const one = model({ scale: scalar() }).param('x', normal(3, 2)).condition({ scale: 1 });
  const fit = await variational(one, { family: 'flow', seed: 1, flow: { layers: ['spline'] }, draws: 2000 });
  expect(Math.abs(fit.elbo.value)).toBeLessThan(0.01);
  expect(Math.abs(fit.draws('x').mean()[0] - 3)).toBeLessThan(0.2);
});

it('gives the same draws for the same seed, also when taken up again', async () => {
  const states: unknown[] = [];
  const options = {
    family: 'flow',
    flow: { layers: ['autoregressive'], hidden: 4 },
    seed: 2,
    draws: 100,
    maxIterations: 4000,
  } as const;
  const whole = await variational(banana, { ...options, onState: (state) => states.push(state) });
  const resumed = await variational(banana, { ...options, resume: states[0] as never });
  expect(resumed.positions).toEqual(whole.positions);
});

it('says what it cannot do', async () => {
  const host = fromFunction({ dimension: 1, density: () => 0 });
  await expect(variational(host, { family: 'flow' })).rejects.toThrow(/needs a conditioned model/);
  await expect(variational(banana, { family: 'flow', flow: { layers: [] } })).rejects.toThrow(/flow.layers/);
  await expect(variational(banana, { family: 'flow', gradient: 'sticking-the-landing' })).rejects.toThrow(
    /family 'flow' goes with gradient 'reparameterised' only/,
  );
});
