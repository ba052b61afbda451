/** Flows and guides know their log density at any position, not only at their own draws. */
import { describe, expect, it } from 'vitest';
import {
  exp,
  exponential,
  logistic,
  logNormal,
  model,
  normal,
  scalar,
  square,
  uniform,
  variational,
  vector,
  type LayerKind,
  type VariationalApproximation,
} from 'credence';
import { BaselineProgram } from '../../src/backend/baseline';
import { guideTransformation, type GuideScope } from '../../src/inference/variational/guide/guide';
import { densityAnywhere, objectiveOf } from '../../src/inference/variational/objective';

const banana = model({ width: scalar() })
  .param('x', normal(0, 2))
  .param('y', ({ x }) => normal(square(x).div(4), 0.5))
  .condition({ width: 1 });

const schools = model({ y: vector('school'), sigma: vector('school') })
  .param('mu', normal(0, 5))
  .param('tau', exponential(0.2))
  .param('effect', ({ mu, tau }) => normal(mu, tau), { dims: ['school'], noncentered: true })
  .observe('y', ({ effect, sigma }) => normal(effect, sigma))
  .condition({ y: [28, 8, -3], sigma: [15, 10, 16] });

function agreesWithItsDraws(fit: VariationalApproximation): void {
  const width = fit.positions.length / fit.drawsPerChain;
  for (let draw = 0; draw < fit.drawsPerChain; draw++) {
    const there = fit.logDensity(fit.positions.slice(draw * width, (draw + 1) * width));
    expect(Math.abs(there - fit.logApproximations[draw])).toBeLessThan(1e-9);
  }
}

/** ∫ q by the rectangle rule, which is exact to many digits for smooth densities that vanish at the ends. */
function integral(logDensity: (x: Float64Array) => number, ranges: [number, number][], step: number): number {
  const counts = ranges.map(([from, to]) => Math.round((to - from) / step));
  let sum = 0;
  for (let at = 0; at < counts.reduce((a, b) => a * b, 1); at++) {
    let rest = at;
    const position = Float64Array.from(counts, (count, axis) => {
      const place = rest % count;
      rest = (rest - place) / count;
      return ranges[axis][0] + (place + 0.5) * step;
    });
    sum += Math.exp(logDensity(position));
  }
  return sum * step ** ranges.length;
}

describe('a flow', () => {
  const kinds: readonly (readonly LayerKind[])[] = [
    ['autoregressive', 'autoregressive'],
    ['spline', 'spline'],
    ['spline', 'autoregressive', 'spline', 'autoregressive'],
  ];
  it.each(kinds)('of %s', async (...layers) => {
    const fit = await variational(banana, {
      family: 'flow',
      flow: { layers, hidden: 8 },
      maxIterations: 3000,
      draws: 200,
      seed: 3,
    });
    agreesWithItsDraws(fit);
    const ranges: [number, number][] = [
      [-14, 14],
      [-8, 30],
    ];
    // Second derivatives jump at the knots of splines, which costs the rule some accuracy.
    expect(Math.abs(integral((x) => fit.logDensity(x), ranges, 0.08) - 1)).toBeLessThan(3e-3);
  });

  it('in more dimensions', async () => {
    const fit = await variational(schools, { family: 'flow', seed: 1, maxIterations: 2000, draws: 100 });
    agreesWithItsDraws(fit);
  });
});

describe('a guide', () => {
  it('on constrained and noncentered parameters, later draws depending on earlier ones', async () => {
    const fit = await variational(schools, {
      guide: ({ real, positive, draw }) => {
        const mu = draw('mu', normal(real('m'), positive('s', 3)));
        const tau = draw('tau', logNormal(real('logTau'), positive('t', 0.5)));
        draw('effect', normal(mu.add(tau.mul(real('shift', 0, [3]))), tau.mul(positive('width', 1, [3]))));
      },
      seed: 1,
      draws: 200,
    });
    agreesWithItsDraws(fit);
  });

  it('integrates to one, and says where it does not reach', async () => {
    const two = model({ one: scalar() })
      .param('rate', exponential(1))
      .param('share', uniform(0, 1))
      .condition({ one: 1 });
    const fit = await variational(two, {
      guide: ({ real, positive, draw }) => {
        const rate = draw('rate', logNormal(real('m'), positive('s')));
        draw('share', uniform(0, exp(rate.neg())));
      },
      seed: 1,
      draws: 200,
    });
    agreesWithItsDraws(fit);
    // Its end at share = exp(−rate) costs a rectangle rule some accuracy.
    const ranges: [number, number][] = [
      [-8, 8],
      [-25, 12],
    ];
    expect(Math.abs(integral((x) => fit.logDensity(x), ranges, 0.02) - 1)).toBeLessThan(5e-3);
    expect(fit.logDensity(Float64Array.of(3, 5))).toBe(-Infinity);
    expect(() => fit.logDensity(Float64Array.of(3))).toThrow(/expected a position of 2 values, got 1/);
  });
});

it('leaves the score out of the gradient of a guide, which is what its density says it is', async () => {
  const transformation = guideTransformation(schools, (({ real, positive, draw }: GuideScope) => {
    const mu = draw('mu', normal(real('m', 0.3), positive('s', 3)));
    const tau = draw('tau', logNormal(real('logTau', 0.2), positive('t', 0.5)));
    draw('effect', logistic(mu.add(tau.mul(real('shift', 0.1, [3]))), tau));
  }) as never);
  const [whole, path] = [false, true].map((landing) => objectiveOf(schools, transformation, landing));
  const { initial, dimension } = whole;
  const noise = [0.3, -1.2, 0.7, 0.1, -0.4];
  const gradients = [whole, path].map(({ program }) => {
    const loaded = new BaselineProgram(program);
    loaded.setSlot(0, Float64Array.from(noise));
    const gradient = new Float64Array(dimension);
    const value = loaded.call('density', initial, gradient);
    return { loaded, gradient, value };
  });
  const quantities = new Float64Array(6);
  gradients[0].loaded.call('quantities', initial, quantities);
  const position = quantities.slice(0, 5);
  const step = 1e-5;
  for (let k = 0; k < dimension; k++) {
    const shifted = [step, -step].map((h) => initial.map((value, i) => (i === k ? value + h : value)));
    const [up, down] = shifted.map((values) =>
      gradients[0].loaded.call('density', values, new Float64Array(dimension)),
    );
    expect(gradients[0].gradient[k]).toBeCloseTo((up! - down!) / (2 * step), 5);
    const [above, below] = await Promise.all(
      shifted.map((values) => densityAnywhere(schools, transformation, values)),
    );
    const score = (above(position) - below(position)) / (2 * step);
    expect(gradients[1].gradient[k] - gradients[0].gradient[k]).toBeCloseTo(score, 5);
  }
});
