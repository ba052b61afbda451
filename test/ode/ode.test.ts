/** Solutions of differential equations against closed forms, and their derivatives against differences. */
import { describe, expect, it } from 'vitest';
import * as x from '../../src/expr';
import { Graph, gradient, type Expression } from '../../src/expr';
import { compileDensity, differences, evaluate } from '../compile/evaluate';

const methods = ['rk45', 'stiff'] as const;
const times = [0.5, 1, 2, 2, 5];

/** Values at `at`, from both backends. */
async function solve(
  build: (unknowns: Expression[]) => Expression,
  at: readonly number[],
): Promise<{ wasm: Float64Array; baseline: Float64Array }> {
  const graph = new Graph();
  const unknowns = at.map((_, i) => graph.input(`p${i}`));
  return evaluate([x.withGraph(graph, () => build(unknowns))], unknowns, at);
}

for (const method of methods) {
  describe(method, () => {
    it('solves linear equations to the tolerance asked for', async () => {
      for (const tolerance of [1e-4, 1e-7, 1e-10]) {
        const options = { times, relativeTolerance: tolerance, absoluteTolerance: tolerance, method };
        // y'' = −k² y
        const { wasm, baseline } = await solve(
          ([k, y0]) =>
            x.odeSolve((_t, y) => [y.at(1), x.neg(x.mul(k.square(), y.at(0)))], {
              ...options,
              initial: [y0, 0],
            }),
          [1.3, 2],
        );
        times.forEach((t, i) => {
          expect(Math.abs(wasm[2 * i] - 2 * Math.cos(1.3 * t))).toBeLessThan(100 * tolerance);
          expect(Math.abs(wasm[2 * i + 1] + 2.6 * Math.sin(1.3 * t))).toBeLessThan(100 * tolerance);
        });
        baseline.forEach((value, i) => expect(Math.abs(value - wasm[i])).toBeLessThan(tolerance));
      }
    });

    it('takes time into account, and a state of one element', async () => {
      const { wasm } = await solve(
        ([a]) =>
          x.odeSolve((t, y) => x.mul(a, t).sub(y), {
            initial: [a],
            start: 0.25,
            times: [0.25, 1, 3],
            relativeTolerance: 1e-9,
            absoluteTolerance: 1e-9,
            method,
          }),
        [0.8],
      );
      const exact = (t: number): number => 0.8 * (t - 1) + (0.8 - 0.8 * (0.25 - 1)) * Math.exp(-(t - 0.25));
      [0.25, 1, 3].forEach((t, i) => expect(wasm[i]).toBeCloseTo(exact(t), 6));
    });

    it('differentiates twice (Lotka–Volterra)', async () => {
      // The stiff method is of low order: very small tolerances would take it very long.
      const tolerance = method === 'rk45' ? 1e-10 : 1e-8;
      const graph = new Graph();
      const theta = graph.input('theta', [4]);
      const start = graph.input('start', [2]);
      const inputs = [theta, start];
      // Unknowns are factors of typical values, so that one step of differences suits all.
      const at = [1, 1.1, 0.9, 1, 1, 1.2];
      const build = (): Expression => {
        const [a, b, c, d] = [0.6, 0.03, 0.8, 0.025].map((typical, i) => theta.at(i).mul(typical));
        const z = x.odeSolve(
          (_t, y) => [y.at(0).mul(a.sub(b.mul(y.at(1)))), y.at(1).mul(d.mul(y.at(0)).sub(c))],
          {
            initial: x.mul(start, [30, 5]),
            times: [1, 2.5, 6],
            relativeTolerance: tolerance,
            absoluteTolerance: tolerance,
            method,
          },
        );
        return x.sum(
          x.mul(x.log(z), [
            [1, -0.5],
            [0.3, 0.7],
            [-0.2, 0.4],
          ]),
        );
      };
      const value = x.withGraph(graph, build);
      const density = await compileDensity(value, inputs);
      const numeric = differences((p) => density.wasm(p).value, at, 1e-3);
      const { gradient: slopes } = density.wasm(at);
      slopes.forEach((slope, i) =>
        expect(Math.abs(slope - numeric[i])).toBeLessThan(1e-6 * Math.max(1, Math.abs(slope))),
      );
      density
        .baseline(at)
        .gradient.forEach((slope, i) =>
          expect(Math.abs(slope - slopes[i])).toBeLessThan(1e-7 * Math.max(1, Math.abs(slope))),
        );

      const [ofTheta] = gradient(value, inputs);
      const second = await compileDensity(x.sum(ofTheta.mul([0.3, -0.4, 0.2, 0.5])), inputs);
      const curves = differences((p) => second.wasm(p).value, at, 1e-3);
      second
        .wasm(at)
        .gradient.forEach((curve, i) =>
          expect(Math.abs(curve - curves[i])).toBeLessThan(1e-5 * Math.max(1, Math.abs(curve))),
        );
    });
  });
}

it('solves a stiff problem in few steps (Van der Pol, μ = 1000)', async () => {
  const build =
    (method: 'rk45' | 'stiff', maxSteps: number) =>
    ([mu]: Expression[]) =>
      x.odeSolve(
        (_t, y) => [
          y.at(1),
          x
            .mul(mu, x.sub(1, y.at(0).square()))
            .mul(y.at(1))
            .sub(y.at(0)),
        ],
        {
          initial: [x.mul(mu, 0).add(2), 0],
          times: [1, 100, 500],
          method,
          maxSteps,
        },
      );
  const stiff = await solve(build('stiff', 3000), [1000]);
  // Hairer & Wanner's reference integrates to t = 2000: the slow branch obeys ln|y| − y²/2 = const − t/μ there.
  const slow = (y: number): number => Math.log(y) - (y * y) / 2;
  [100, 500].forEach((t, k) => {
    expect(slow(stiff.wasm[2 * (k + 1)]) - slow(stiff.wasm[0])).toBeCloseTo((t - 1) / 1000, 4);
  });
  // The explicit method cannot.
  const explicit = await solve(build('rk45', 3000), [1000]);
  expect(explicit.wasm[4]).toBeNaN();
  expect(explicit.baseline[4]).toBeNaN();
});

it('gives up where the solution explodes', async () => {
  const { wasm } = await solve(
    ([a]) => x.odeSolve((_t, y) => y.square().mul(a), { initial: [a], times: [0.5, 2] }),
    [1],
  );
  expect(wasm[0]).toBeCloseTo(2, 4);
  expect(wasm[1]).toBeNaN();
});

it('says what is wrong', () => {
  const graph = new Graph();
  const a = graph.input('a');
  const fall = (_t: Expression, y: Expression): Expression => y.neg();
  expect(() => x.odeSolve(fall, { initial: [a], times: [1, 0.5] })).toThrow(
    /times\[1\] is 0.5, expected at least 1/,
  );
  expect(() => x.odeSolve(fall, { initial: [a], times: [1], start: 2 })).toThrow(/times\[0\] is 1/);
  expect(() => x.odeSolve((_t, y) => [y.at(0), y.at(0)], { initial: [a], times: [1] })).toThrow(
    /shape \[2\]/,
  );
  expect(() => x.odeSolve(fall, { initial: [a], times: [1], relativeTolerance: 0 })).toThrow(/tolerances/);
  expect(() => x.odeSolve(fall, { initial: a, times: [1] })).toThrow(/must be a vector/);
});
