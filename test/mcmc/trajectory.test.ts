/** Building trajectories: the U-turn criterion against a plain recursion, and the choice of the proposal. */
import { expect, test } from 'vitest';
import { Harness } from './kernels-module';

const SCALES = [1, 2.5, 0.7, 1.8, 0.4];

function gaussian(x: Float64Array, gradient: Float64Array): number {
  let value = 0;
  SCALES.forEach((scale, i) => {
    value -= (x[i] / scale) ** 2 / 2;
    gradient[i] = -x[i] / scale ** 2;
  });
  return value;
}

interface State {
  q: number[];
  p: number[];
}

function step({ q, p }: State, h: number): State {
  const half = p.map((v, i) => v - ((h / 2) * q[i]) / SCALES[i] ** 2);
  const next = q.map((x, i) => x + h * half[i]);
  return { q: next, p: half.map((v, i) => v - ((h / 2) * next[i]) / SCALES[i] ** 2) };
}

const dot = (a: number[], b: number[]): number => a.reduce((sum, x, i) => sum + x * b[i], 0);
const add = (a: number[], b: number[]): number[] => a.map((x, i) => x + b[i]);
const energy = ({ q, p }: State): number =>
  dot(p, p) / 2 + q.reduce((sum, x, i) => sum + (x / SCALES[i]) ** 2 / 2, 0);

/** The criterion on a list of 2^k consecutive states, halves first, as the recursion of the paper has it. */
function turnsNowhere(states: State[]): boolean {
  if (states.length === 1) return true;
  const first = states.slice(0, states.length / 2);
  const second = states.slice(states.length / 2);
  if (!turnsNowhere(first) || !turnsNowhere(second)) return false;
  const sum = (part: State[]): number[] => part.map(({ p }) => p).reduce(add);
  const goesOn = (rho: number[], a: State, b: State): boolean => dot(a.p, rho) > 0 && dot(b.p, rho) > 0;
  const [a, b] = [first[0], first[first.length - 1]];
  const [c, d] = [second[0], second[second.length - 1]];
  return (
    goesOn(add(sum(first), sum(second)), a, d) &&
    goesOn(add(sum(first), c.p), a, c) &&
    goesOn(add(sum(second), b.p), b, d)
  );
}

test('a trajectory goes on exactly as long as no part of it turns', async () => {
  const harness = await Harness.create(5, gaussian);
  const { kernels } = harness;
  let turned = 0;
  let straight = 0;
  for (let trial = 0; trial < 400; trial++) {
    // Low-discrepancy starts: the fractional parts of multiples of irrationals.
    const value = (k: number): number => 3 * (((trial + 1) * Math.sqrt(k)) % 1) - 1.5;
    const q = [2, 3, 5, 7, 11].map(value);
    const p = [13, 17, 19, 23, 29].map(value);
    const depth = 1 + (trial % 4);
    const h = (trial % 3 === 0 ? -1 : 1) * (0.08 + 0.3 * ((trial * Math.SQRT2) % 1));
    const states: State[] = [];
    for (let current: State = { q, p }; states.length < 2 ** depth; states.push(current))
      current = step(current, h);

    const chain = harness.chainAt(q, [1, 1, 1, 1, 1]);
    const goesOn = kernels.build(chain, harness.pointAt(chain, p), depth, h) !== 0;
    expect(goesOn).toBe(turnsNowhere(states));
    if (goesOn) {
      straight++;
      expect(kernels.leapfrogsOf(chain)).toBe(2 ** depth);
      const rho = states.map(({ p: own }) => own).reduce(add);
      harness.view(kernels.builtSum()).forEach((r, i) => expect(r).toBeCloseTo(rho[i], 9));
      const weight = states.reduce((sum, state) => sum + Math.exp(energy({ q, p }) - energy(state)), 0);
      expect(kernels.builtLogWeight()).toBeCloseTo(Math.log(weight), 9);
    } else {
      turned++;
    }
  }
  expect(turned).toBeGreaterThan(50);
  expect(straight).toBeGreaterThan(50);
});

test('the proposal is drawn with probability proportional to exp(−energy)', async () => {
  const harness = await Harness.create(5, gaussian);
  const { kernels } = harness;
  const q = [0.4, -1.1, 0.3, 0.8, 0.2];
  const p = [0.8, -1.2, 0.5, 0.9, -0.3];
  const h = 0.22;
  const depth = 2;
  const states: State[] = [];
  for (let current: State = { q, p }; states.length < 2 ** depth; states.push(current))
    current = step(current, h);
  const weights = states.map((state) => Math.exp(energy({ q, p }) - energy(state)));
  const total = weights.reduce((a, b) => a + b);

  const chain = harness.chainAt(q, [1, 1, 1, 1, 1], 20240607n);
  const start = harness.pointAt(chain, p);
  const counts = states.map(() => 0);
  const draws = 20000;
  for (let i = 0; i < draws; i++) {
    expect(kernels.build(chain, start, depth, h)).toBe(1);
    const chosen = harness.view(kernels.builtProposal())[0];
    counts[states.findIndex((state) => Math.abs(state.q[0] - chosen) < 1e-9)]++;
  }
  const chiSquare = weights.reduce((sum, weight, i) => {
    const expected = (draws * weight) / total;
    return sum + (counts[i] - expected) ** 2 / expected;
  }, 0);
  // Three degrees of freedom: exceeded with probability 1e-5.
  expect(chiSquare).toBeLessThan(25.9);
});

test('a step into nowhere diverges', async () => {
  const cliff = (x: Float64Array, gradient: Float64Array): number => {
    gradient[0] = 0;
    return x[0] > 1 ? NaN : 0;
  };
  const harness = await Harness.create(1, cliff);
  const chain = harness.chainAt([0], [1]);
  expect(harness.kernels.build(chain, harness.pointAt(chain, [1]), 3, 0.3)).toBe(0);
  expect(harness.kernels.divergentOf(chain)).toBe(1);
  expect(harness.kernels.leapfrogsOf(chain)).toBe(4);
});
