/** Random expressions give the same values and gradients in both backends, and gradients agree with differences. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as x from '../../src/expr';
import { Graph, gradient, sizeOf, type Expression, type Shape } from '../../src/expr';
import { compileDensity, differences } from './evaluate';

/** Smooth functions with moderate values and slopes everywhere. */
const unary: ((a: Expression) => Expression)[] = [
  x.neg,
  x.square,
  x.tanh,
  x.sigmoid,
  x.softplus,
  x.sin,
  x.cos,
  (a) => x.exp(x.tanh(a)),
  (a) => x.expm1(x.sin(a)),
  (a) => x.log1p(x.square(a)),
  (a) => x.log(x.add(x.square(a), 0.5)),
  (a) => x.sqrt(x.add(x.square(a), 1)),
  (a) => x.reciprocal(x.add(x.square(a), 1)),
];

/** A sum over all elements, made a mean so that values stay moderate. */
const perElement = (kernel: Expression, a: Expression, b: Expression): Expression =>
  x.div(kernel, Math.max(a.size, b.size));

const binary: ((a: Expression, b: Expression) => Expression)[] = [
  x.add,
  x.sub,
  (a, b) => x.mul(x.tanh(a), b),
  (a, b) => x.div(a, x.add(x.square(b), 1)),
  (a, b) => perElement(x.gaussianKernel(a, b, 0.5), a, b),
  (a, b) => perElement(x.gaussianKernel(0, a, x.sigmoid(b)), a, b),
  (a, b) => perElement(x.bernoulliLogitKernel(x.sigmoid(a), b), a, b),
  (a, b) => perElement(x.binomialLogitKernel(2, x.sigmoid(a), b), a, b),
  (a, b) => perElement(x.poissonLogKernel(a, x.tanh(b)), a, b),
  (a, b) => x.pow(x.add(x.square(a), 1), x.tanh(b)),
];

/** Operations on the structure of an array; `pick` chooses among the possibilities. */
const structural: ((a: Expression, pick: number) => Expression)[] = [
  (a) => x.sum(x.tanh(a)).div(a.size),
  (a, pick) => (a.rank > 0 ? x.sum(a, pick % a.rank).mul(0.1) : a),
  (a, pick) => (a.rank > 0 ? x.mean(a, pick % a.rank) : a),
  (a, pick) => (a.rank > 0 ? x.logSumExp(a, pick % a.rank) : a),
  (a) => x.logSumExp(a),
  (a, pick) => (a.rank > 0 ? x.slice(a, pick % a.shape[0], undefined, 0) : a),
  (a, pick) => (a.rank > 1 ? x.slice(a, 0, 1 + (pick % a.shape[1]), 1) : a),
  (a, pick) => (a.rank > 0 ? x.at(a, pick % a.shape[0]) : a),
  (a) => x.concat([a, x.mul(a, 2)]),
  (a) => x.stack([a, x.neg(a)]),
  (a) => (a.rank === 2 ? x.transpose(a) : a),
  (a) => x.reshape(a, [a.size]),
  (a, pick) => (a.rank > 0 ? x.gather(a, [pick % a.shape[0], 0, a.shape[0] - 1]) : a),
  (a) => (a.rank === 2 ? x.matmul(a, x.transpose(x.sin(a))).mul(0.1) : a),
  (a) => (a.rank === 2 ? x.matmul(x.transpose(x.tanh(a)), a).mul(0.1) : a),
  (a) => (a.rank === 2 ? x.matmul(x.transpose(a), x.reshape(a, [a.shape[0], a.shape[1]])).mul(0.1) : a),
  (a) => (a.rank === 2 ? x.matmul(a, x.tanh(x.at(a, 0))) : a),
  (a) => (a.rank === 2 ? x.matmul(x.tanh(x.reshape(x.slice(a, 0, 1, 1), [a.shape[0]])), a) : a),
  (a) => (a.rank === 1 && a.size < 40 ? x.outer(a, x.tanh(a)) : a),
];

const shapes: Shape[] = [[], [1], [3], [4], [2, 3], [3, 1], [5, 4], [41], [601], [1024]];

const recipe = fc.record({
  inputs: fc.array(fc.nat(shapes.length - 1), { minLength: 1, maxLength: 3 }),
  steps: fc.array(fc.tuple(fc.nat(2), fc.nat(1000), fc.nat(1000), fc.nat(1000)), {
    minLength: 2,
    maxLength: 14,
  }),
  seed: fc.nat(1e6),
});
type Recipe = typeof recipe extends fc.Arbitrary<infer T> ? T : never;

function build({ inputs, steps, seed }: Recipe): { value: Expression; inputs: Expression[] } {
  const graph = new Graph();
  const unknowns = inputs.map((k, i) => graph.input(`input ${i}`, shapes[k]));
  const pool: Expression[] = [...unknowns];
  const value = x.withGraph(graph, () => {
    pool.push(
      graph.constant(numbers(601, seed), [601]),
      graph.constant(numbers(20, seed + 1), [5, 4]),
      graph.scalar(0.7),
    );
    for (const [kind, a, b, c] of steps) {
      const left = pool[a % pool.length];
      const right = pool[b % pool.length];
      let next: Expression;
      if (kind === 0) next = unary[c % unary.length](left);
      else if (kind === 1) {
        try {
          x.broadcastShapes('test', [left.shape, right.shape]);
        } catch {
          continue;
        }
        next = binary[c % binary.length](left, right);
      } else next = structural[c % structural.length](left, b);
      if (next.size <= 5000 && next.rank <= 3) pool.push(next);
    }
    // Every node counts, and none so much that differences lose the others.
    return x.total(pool.map((node) => x.mean(x.tanh(node)))) as Expression;
  });
  return { value, inputs: unknowns };
}

function numbers(count: number, seed: number): Float64Array {
  let state = (seed * 2654435761 + 1) >>> 0;
  return Float64Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 2 ** 32) * 3 - 1.5;
  });
}

/** Throws unless the two agree to `tolerance`, relative above 1. */
function agree(what: string, a: number, b: number, tolerance: number): void {
  const error = Math.abs(a - b) / Math.max(1, Math.abs(a), Math.abs(b));
  if (!Object.is(a, b) && !(error <= tolerance)) throw new Error(`${what}: ${a} and ${b} differ by ${error}`);
}

describe('random programs', () => {
  it('agree between WebAssembly, baseline and differences', async () => {
    await fc.assert(
      fc.asyncProperty(recipe, async (what) => {
        const { value, inputs } = build(what);
        const dimension = inputs.reduce((sum, input) => sum + sizeOf(input.shape), 0);
        const at = numbers(dimension, what.seed + 7);
        const density = await compileDensity(value, inputs);
        const wasm = density.wasm(at);
        const baseline = density.baseline(at);
        agree('value', wasm.value, baseline.value, 1e-12);
        wasm.gradient.forEach((slope, i) => agree(`gradient ${i}`, slope, baseline.gradient[i], 1e-11));
        // A second call, elsewhere, must not remember the first.
        const again = density.wasm(at.map((t) => t + 0.25));
        agree('value elsewhere', again.value, density.baseline(at.map((t) => t + 0.25)).value, 1e-12);
        expect(density.wasm(at).value).toBe(wasm.value);
        // Differences, in a few directions where there are many.
        const stride = Math.max(1, Math.floor(dimension / 12));
        for (let i = 0; i < dimension; i += stride) {
          const [slope] = differences(
            (t) => density.baseline(Float64Array.from(at, (v, j) => (j === i ? t[0] : v))).value,
            [at[i]],
          );
          agree(`difference ${i}`, baseline.gradient[i], slope, 1e-6);
        }
      }),
      { numRuns: 300, seed: 42 },
    );
  });

  it('can be differentiated twice', async () => {
    await fc.assert(
      fc.asyncProperty(recipe, async (what) => {
        const { value, inputs } = build(what);
        const first = gradient(value, inputs);
        const along = x.total(
          first.map((g, i) => x.sum(x.mul(g, inputs[i].graph.constant(numbers(g.size, i), g.shape)))),
        );
        const dimension = inputs.reduce((sum, input) => sum + sizeOf(input.shape), 0);
        const at = numbers(dimension, what.seed + 3);
        const slope = await compileDensity(along, inputs);
        const wasm = slope.wasm(at);
        const baseline = slope.baseline(at);
        agree('value', wasm.value, baseline.value, 1e-11);
        const stride = Math.max(1, Math.floor(dimension / 8));
        for (let i = 0; i < dimension; i += stride) {
          agree(`gradient ${i}`, wasm.gradient[i], baseline.gradient[i], 1e-10);
          const [curve] = differences(
            (t) => slope.baseline(Float64Array.from(at, (v, j) => (j === i ? t[0] : v))).value,
            [at[i]],
          );
          agree(`difference ${i}`, baseline.gradient[i], curve, 1e-5);
        }
      }),
      { numRuns: 150, seed: 43 },
    );
  });
});
