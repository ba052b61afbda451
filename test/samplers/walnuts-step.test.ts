/** Macro steps of WALNUTS against a plain reference: how often they are divided how, and by what factor weights change. */
import { describe, expect, test } from 'vitest';
import { Harness } from '../mcmc/kernels-module';

interface State {
  readonly q: readonly number[];
  readonly p: readonly number[];
}

/** A funnel in two dimensions: v ~ N(0, 2), x ~ N(0, exp(v/2)). */
function funnel([v, x]: Float64Array | readonly number[], gradient: Float64Array | number[]): number {
  const squares = x * x * Math.exp(-v);
  gradient[0] = -v / 4 - 0.5 + squares / 2;
  gradient[1] = -x * Math.exp(-v);
  return -(v * v) / 8 - v / 2 - squares / 2;
}

const energyOf = ({ q, p }: State): number => (p[0] ** 2 + p[1] ** 2) / 2 - funnel(q, [0, 0]);

function leapfrog({ q, p }: State, h: number): State {
  const gradient = [0, 0];
  funnel(q, gradient);
  const half = p.map((x, i) => x + (h / 2) * gradient[i]);
  const to = q.map((x, i) => x + h * half[i]);
  funnel(to, gradient);
  return { q: to, p: half.map((x, i) => x + (h / 2) * gradient[i]) };
}

/** Where a step in 2^halvings leapfrogs leads, and the range of the energies on the way. */
function travel(from: State, step: number, halvings: number): { to: State; range: number } {
  const energies = [energyOf(from)];
  let to = from;
  for (let i = 0; i < 2 ** halvings; i++) energies.push(energyOf((to = leapfrog(to, step / 2 ** halvings))));
  return { to, range: Math.max(...energies) - Math.min(...energies) };
}

interface Tolerance {
  readonly maxEnergyError: number;
  readonly maxStepHalvings: number;
}

/** Probability of each division of a step, from none on. */
function probabilities(from: State, step: number, { maxEnergyError, maxStepHalvings }: Tolerance): number[] {
  const result: number[] = [];
  let left = 1;
  for (let k = 0; k <= maxStepHalvings; k++) {
    const share = travel(from, step, k).range / maxEnergyError;
    const rejected = !(share <= 1) ? 1 : k < maxStepHalvings ? share ** 4 : 0;
    result.push(left * (1 - rejected));
    left *= rejected;
  }
  return result;
}

const TOLERANCE = { maxEnergyError: 0.3, maxStepHalvings: 4 };
/** Low-discrepancy starts, from the neck to the mouth. */
const starts = Array.from({ length: 40 }, (_, i): { from: State; step: number } => {
  const value = (k: number): number => 2 * (((i + 1) * Math.sqrt(k)) % 1) - 1;
  const v = 3 * value(2);
  return {
    from: { q: [v, 1.5 * Math.exp(v / 2) * value(3)], p: [1.5 * value(5), 1.5 * value(7)] },
    step: i % 2 === 0 ? 0.7 : -0.7,
  };
});

class Steps {
  private readonly chain: number;
  private readonly tolerance: number;
  private readonly end: number;

  private constructor(
    private readonly harness: Harness,
    { maxEnergyError, maxStepHalvings }: Tolerance,
  ) {
    const { kernels } = harness;
    this.chain = harness.chainAt([0, 0], [1, 1]);
    this.tolerance = harness.put([maxEnergyError, 0]);
    harness.integers(this.tolerance + 8, 1)[0] = maxStepHalvings;
    this.end = kernels.emptyPoint();
  }

  static async create(tolerance: Tolerance): Promise<Steps> {
    return new Steps(await Harness.create(2, funnel), tolerance);
  }

  /** Makes one step `count` times. */
  make(
    from: State,
    step: number,
    count: number,
  ): { factor: number; to: State; divergent: number; leapfrogs: number }[] {
    const { harness, chain, end } = this;
    const { kernels } = harness;
    harness.view(kernels.chainPosition(chain)).set(from.q);
    kernels.evaluate(chain);
    const start = harness.pointAt(chain, from.p);
    return Array.from({ length: count }, () => {
      const factor = kernels.divideStep(chain, this.tolerance, start, end, step);
      const q = [...harness.view(kernels.positionOf(end))];
      const p = [...harness.view(kernels.momentumOf(end))];
      return {
        factor,
        to: { q, p },
        divergent: kernels.divergentOf(chain),
        leapfrogs: kernels.leapfrogsOf(chain),
      };
    });
  }
}

const near = (a: State, b: State): boolean =>
  [...a.q, ...a.p].every((x, i) => Math.abs(x - [...b.q, ...b.p][i]) < 1e-9 * (1 + Math.abs(x)));

describe('a macro step', () => {
  test('is divided as often as it should be, and weighed by the odds of its way back', async () => {
    const steps = await Steps.create(TOLERANCE);
    const count = 1000;
    let divisions = 0;
    let weighed = 0;
    for (const { from, step } of starts) {
      const expected = probabilities(from, step, TOLERANCE);
      const made = steps.make(from, step, count);
      expected.forEach((probability, k) => {
        const { to } = travel(from, step, k);
        const own = made.filter((one) => one.divergent === 0 && near(one.to, to));
        // Five standard deviations, and three counts more for rare ones: by chance once in two million; 200 are looked at.
        const deviation = Math.sqrt(count * probability * (1 - probability));
        expect(Math.abs(own.length - count * probability)).toBeLessThanOrEqual(5 * deviation + 3);
        if (own.length === 0) return;
        const back = probabilities(to, -step, TOLERANCE)[k];
        for (const { factor } of own) {
          if (back > 1e-9) expect(factor).toBeCloseTo(Math.log(back / probability), 5);
          else expect(factor).toBeNaN();
        }
        if (k > 0) divisions += own.length;
        if (Math.abs(own[0].factor) > 0.1) weighed++;
      });
    }
    expect(divisions).toBeGreaterThan(10_000);
    expect(weighed).toBeGreaterThan(10);
  });

  test('and its way back weigh the same, one up and one down', async () => {
    const steps = await Steps.create(TOLERANCE);
    let compared = 0;
    for (const { from, step } of starts) {
      for (const one of steps.make(from, step, 10)) {
        if (!(Math.abs(one.factor) > 1e-3 && Math.abs(one.factor) < 3)) continue;
        const home = steps.make(one.to, -step, 400).filter(({ to }) => near(to, from));
        expect(home.length).toBeGreaterThan(0);
        for (const { factor } of home) expect(factor).toBeCloseTo(-one.factor, 6);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(10);
  });

  test('that keeps its energy costs one leapfrog', async () => {
    const steps = await Steps.create({ maxEnergyError: 1, maxStepHalvings: 4 });
    const made = steps.make({ q: [0, 0.1], p: [0.1, 0.2] }, 0.05, 100);
    expect(made.every(({ factor, leapfrogs }) => factor === 0 && leapfrogs === 1)).toBe(true);
  });

  test.each([0, 1, 3])('that no division keeps (at most %i halvings) diverges', async (maxStepHalvings) => {
    const steps = await Steps.create({ maxEnergyError: 0.5, maxStepHalvings });
    const made = steps.make({ q: [-8, 0.05], p: [0.5, 1] }, 2, 5);
    for (const { factor, divergent, leapfrogs } of made) {
      expect(factor).toBeNaN();
      expect(divergent).toBe(1);
      // Each division is given up as soon as its energies are too far apart.
      expect(leapfrogs).toBeLessThan(2 ** (maxStepHalvings + 1));
    }
  });
});
