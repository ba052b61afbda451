/** The gradient where whole numbers are drawn: unbiased, and with little noise. */
import { describe, expect, it } from 'vitest';
import { bernoulli, bernoulliLogit, model, normal, random, scalar, vector, type GuideScope } from 'credence';
import { fullInstance } from '../../src/backend/wasm';
import { PROGRAM } from '../../src/inference/variational/family';
import { discreteMeanField } from '../../src/inference/variational/discrete/mean-field';
import { guideTransformation } from '../../src/inference/variational/guide/guide';
import { objectiveOf, type Objective } from '../../src/inference/variational/objective';
import { Optimisation } from '../../src/inference/variational/optimisation';

const SIGNALS = 2;
const DRAWS = 4;

/** Gradients of single steps of a run that stays where it is, each the mean of four draws. */
async function stepsOf(objective: Objective, steps: number): Promise<Float64Array[]> {
  const { dimension, program, noise, choices, initial } = objective;
  const instance = await fullInstance({ kind: 'program', dimension, program });
  const family = { code: PROGRAM, rank: 0, noise };
  const optimisation = new Optimisation(instance, {
    family,
    drawsPerStep: DRAWS,
    seed: 1,
    landing: false,
    choices,
  });
  optimisation.begin([initial]);
  optimisation.rate = 0;
  // Behind parameters and average lies Adam's decaying mean of the gradient: a tenth of the latest, nine of what was.
  const block = optimisation.parameterBytes().length / 8;
  let before = new Float64Array(dimension);
  return Array.from({ length: steps }, () => {
    optimisation.advance(1, 1e9);
    const state = new Float64Array(optimisation.save().buffer);
    const mean = state.slice(state.length - 2 * block, state.length - 2 * block + dimension);
    const gradient = mean.map((m, i) => (m - 0.9 * before[i]) / 0.1);
    before = mean;
    return gradient;
  });
}

/** The same by signals as they are, or by log p − log q of the whole draw in place of each. */
async function plainSteps(
  { dimension, program, noise, choices, initial }: Objective,
  steps: number,
  whole: boolean,
) {
  const instance = await fullInstance({ kind: 'program', dimension, program });
  const stream = await random(7);
  return Array.from({ length: steps }, () => {
    const sum = new Float64Array(dimension);
    for (let draw = 0; draw < DRAWS; draw++) {
      const gradient = new Float64Array(dimension);
      const drawn = stream.normal(noise);
      instance.setSlot(0, drawn);
      const squares = drawn.reduce((sum, x) => sum + x * x, 0);
      const ratio = instance.density(initial, gradient) + 0.5 * squares + 0.5 * noise * Math.log(2 * Math.PI);
      const signals = instance.call(SIGNALS, initial, choices);
      instance.setSlot(1, whole ? signals.fill(ratio) : signals);
      instance.density(initial, gradient);
      gradient.forEach((g, i) => (sum[i] += g / DRAWS));
    }
    return sum;
  });
}

function momentsOf(steps: readonly Float64Array[]): { mean: number; variance: number }[] {
  return Array.from(steps[0], (_, i) => {
    const mean = steps.reduce((sum, step) => sum + step[i], 0) / steps.length;
    const variance = steps.reduce((sum, step) => sum + (step[i] - mean) ** 2, 0) / (steps.length - 1);
    return { mean, variance };
  });
}

describe('is unbiased, whatever depends on what', () => {
  const mixed = model({ y: scalar() })
    .param('a', bernoulli(0.3))
    .param('b', bernoulli(0.6))
    .param('x', normal(0, 1))
    .observe('y', ({ a, b, x }) => normal(x.add(a).add(b.mul(2)), 1))
    .condition({ y: 1.4 });
  const start = [0.2, -0.4, 0.7, 0.3, -0.6, Math.log(0.8)];
  const guide = ({ real, positive, draw }: GuideScope): void => {
    const a = draw('a', bernoulliLogit(real('la', start[0])));
    const b = draw('b', bernoulliLogit(a.mul(real('w', start[2])).add(real('lb', start[1]))));
    draw('x', normal(b.mul(real('s', start[4])).add(real('m', start[3])), positive('sd', 0.8)));
  };
  // In the order in which the guide asks for its parameters.
  const order = [0, 2, 1, 4, 3, 5];
  const HALF_LOG_TAU = 0.5 * Math.log(2 * Math.PI);

  /** The bound by enumeration of a and b and the moments of x. */
  function bound([la, lb, w, m, s, logSd]: readonly number[]): number {
    const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
    let sum = 0;
    for (const a of [0, 1]) {
      for (const b of [0, 1]) {
        const [pa, pb] = [sigmoid(la), sigmoid(lb + w * a)];
        const q = (a ? pa : 1 - pa) * (b ? pb : 1 - pb);
        const [at, variance] = [m + s * b, Math.exp(2 * logSd)];
        const prior = Math.log(a ? 0.3 : 0.7) + Math.log(b ? 0.6 : 0.4);
        const gaussian = -2 * HALF_LOG_TAU - 0.5 * (at ** 2 + (1.4 - a - 2 * b - at) ** 2) - variance;
        sum += q * (prior + gaussian - Math.log(q) + 0.5 + HALF_LOG_TAU + logSd);
      }
    }
    return sum;
  }
  const exact = order.map((k) => {
    const [up, down] = [1e-5, -1e-5].map((h) => bound(start.map((x, i) => (i === k ? x + h : x))));
    return (up - down) / 2e-5;
  });

  it.each([
    ['sticking the landing', true],
    ['with the density', false],
  ])('%s', async (_, landing) => {
    const objective = objectiveOf(mixed, guideTransformation(mixed, guide as never), landing);
    expect(objective.choices).toBe(2);
    const steps = await stepsOf(objective, 20_000);
    // Twelve comparisons at 4.5 standard errors: a false alarm in 12,000 seeds, and this one is fixed.
    momentsOf(steps).forEach(({ mean, variance }, i) => {
      expect(variance).toBeGreaterThan(0);
      expect(Math.abs(mean - exact[i])).toBeLessThan(4.5 * Math.sqrt(variance / steps.length));
    });
  });
});

it('has far less noise than the score function alone', async () => {
  const y = Array.from({ length: 30 }, (_, i) => (i % 3 === 0 ? 3 : 0) + Math.sin(7 * i));
  const mixture = model({ y: vector('row') })
    .param('level', normal(0, 5))
    .param('z', bernoulli(0.5), { dims: ['row'] })
    .observe('y', ({ z, level }) => normal(level.mul(z), 1))
    .condition({ y });
  // Even odds.
  const start = new Float64Array(31).fill(0.5);
  start[0] = 2;
  const near = { position: start, deviations: new Float64Array(31).fill(1) };
  const objective = objectiveOf(mixture, discreteMeanField(mixture, near, Math.log), true);
  const total = (moments: readonly { variance: number }[]): number =>
    moments.slice(2).reduce((sum, { variance }) => sum + variance, 0);
  const mine = momentsOf(await stepsOf(objective, 2000));
  const factors: number[] = [];
  for (const whole of [false, true]) {
    const plain = momentsOf(await plainSteps(objective, 2000, whole));
    // All have the same mean: 62 comparisons at 4.5 standard errors.
    mine.forEach(({ mean, variance }, i) => {
      const error = Math.sqrt((variance + plain[i].variance) / 2000);
      expect(Math.abs(mean - plain[i].mean)).toBeLessThan(4.5 * error);
    });
    factors.push(total(plain) / total(mine));
  }
  const [baseline, both] = factors;
  expect(baseline).toBeGreaterThan(2);
  expect(both).toBeGreaterThan(500);
});
