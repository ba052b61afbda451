/** The signal of a whole number holds all that it can change of log p − log q, and what it cannot change is left out. */
import { expect, it } from 'vitest';
import {
  bernoulli,
  bernoulliLogit,
  categorical,
  matrix,
  model,
  normal,
  poisson,
  vector,
  type GuideScope,
  type Posterior,
} from 'credence';
import { BaselineProgram } from '../../src/backend/baseline';
import { discreteMeanField } from '../../src/inference/variational/discrete/mean-field';
import { guideTransformation } from '../../src/inference/variational/guide/guide';
import { objectiveOf, type Objective, type Transformation } from '../../src/inference/variational/objective';

const y = Array.from({ length: 20 }, (_, i) => (i % 3) + Math.sin(7 * i));

const rows = model({ y: vector('row') })
  .param('level', normal(0, 5))
  .param('z', bernoulli(0.5), { dims: ['row'] })
  .observe('y', ({ z, level }) => normal(level.mul(z), 1))
  .condition({ y });
const components = model({ y: vector('row') })
  .dim('kind', 3)
  .param('mu', normal(0, 5), { dims: ['kind'] })
  .param('z', categorical([0.2, 0.3, 0.5]), { dims: ['row'] })
  .observe('y', ({ z, mu }) => normal(mu.at(z), 1))
  .condition({ y });
const selection = model({ X: matrix('row', 'column'), y: vector('row') })
  .param('slope', normal(0, 1), { dims: ['column'] })
  .param('used', bernoulli(0.4), { dims: ['column'] })
  .observe('y', ({ X, slope, used }) => normal(X.matmul(slope.mul(used)), 1))
  .condition({ X: y.map((_, i) => [1, Math.sin(i), Math.cos(3 * i), i / 20]), y });
const neighbours = model({ y: vector('row') })
  .param('z', bernoulli(0.5), { dims: ['row'] })
  .logDensity('smooth', ({ z }) => z.slice(0, 19).sub(z.slice(1, 20)).square().sum().mul(-1), {
    role: 'prior',
  })
  .observe('y', ({ z }) => normal(z, 1))
  .condition({ y });
const nested = model({ y: vector('row') })
  .param('many', poisson(4))
  .param('z', ({ many }) => bernoulliLogit(many.sub(4)), { dims: ['row'] })
  .observe('y', ({ z }) => normal(z, 1))
  .condition({ y });

const near = ({ dimension }: Posterior) => ({
  position: new Float64Array(dimension).fill(1),
  deviations: new Float64Array(dimension).fill(0.3),
});
const meanField = (posterior: Posterior): Transformation =>
  discreteMeanField(posterior, near(posterior), Math.log);

/** Signals and log p − log q of a draw, and its position. */
function draw({ program, initial, choices, dimension, noise }: Objective, at: Float64Array) {
  const loaded = new BaselineProgram(program);
  loaded.setSlot(0, at);
  const signals = new Float64Array(choices);
  loaded.call('terms', initial, signals);
  const logNoise = -0.5 * at.reduce((sum, x) => sum + x * x, 0) - 0.5 * noise * Math.log(2 * Math.PI);
  const ratio = loaded.call('density', initial, new Float64Array(dimension)) - logNoise;
  const position = new Float64Array(1000);
  loaded.call('quantities', initial, position);
  return { signals, ratio, position };
}

let state = 1;
const uniform = (): number => (state = (state * 48271) % 2147483647) / 2147483647;
const noiseOf = (length: number): Float64Array => Float64Array.from({ length }, () => 4 * uniform() - 2);

it.each<[string, Posterior]>([
  ['rows', rows],
  ['components', components],
  ['selection', selection],
  ['neighbours', neighbours],
  ['nested', nested],
] as never)('of %s', (name, posterior) => {
  const objective = objectiveOf(posterior, meanField(posterior));
  const integers = posterior.integers;
  expect(objective.choices).toBe(integers.length);
  let [changed, silent] = [0, 0];
  for (let attempt = 0; attempt < 20; attempt++) {
    const noise = noiseOf(objective.noise);
    const before = draw(objective, noise);
    for (let k = 0; k < objective.noise; k++) {
      const shifted = noise.slice();
      shifted[k] = 4 * uniform() - 2;
      const after = draw(objective, shifted);
      const moved = integers.findIndex((at) => after.position[at] !== before.position[at]);
      if (moved < 0) continue;
      changed++;
      const difference = after.ratio - before.ratio;
      expect(after.signals[moved] - before.signals[moved]).toBeCloseTo(difference, 9);
      integers.forEach((_, other) => {
        if (other !== moved && after.signals[other] === before.signals[other]) silent++;
      });
    }
  }
  expect(changed).toBeGreaterThan(10);
  // Signals keep still where nothing ties their number to the one that changed.
  const others = changed * (integers.length - 1);
  const tied: Record<string, number> = { rows: 0, components: 0, neighbours: 2 * changed, selection: others };
  expect(others - silent).toBeLessThanOrEqual(tied[name] ?? others);
});

it('holds what is drawn later as well', () => {
  // b depends on a through the guide alone: what b changes is a's to answer for.
  const pair = model({ y: vector('row') })
    .param('a', bernoulli(0.3))
    .param('b', bernoulli(0.6), { dims: ['row'] })
    .observe('y', ({ b }) => normal(b.mul(3), 1))
    .condition({ y });
  const guide = ({ real, draw }: GuideScope): void => {
    const a = draw('a', bernoulliLogit(real('a')));
    draw(
      'b',
      bernoulliLogit(
        a
          .mul(4)
          .sub(2)
          .add(real('b', 0, [20])),
      ),
    );
  };
  const objective = objectiveOf(pair, guideTransformation(pair, guide as never));
  const noise = noiseOf(21);
  const before = draw(objective, noise);
  noise[0] = -noise[0];
  const after = draw(objective, noise);
  expect(after.position[0]).not.toBe(before.position[0]);
  expect(after.signals[0] - before.signals[0]).toBeCloseTo(after.ratio - before.ratio, 9);
  // And one of the later ones, which only its own row sees.
  const kept = draw(objective, noise);
  noise[5] = -2.5 * Math.sign(noise[5]);
  const flipped = draw(objective, noise);
  if (flipped.position[5] !== kept.position[5]) {
    expect(flipped.signals[5] - kept.signals[5]).toBeCloseTo(flipped.ratio - kept.ratio, 9);
  }
});
