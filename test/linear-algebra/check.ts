/** Holds an expression of matrices to both backends, its gradient and its second derivatives to differences. */
import { expect } from 'vitest';
import * as x from '../../src/expr';
import { Graph, gradient, sizeOf, type Expression, type Shape } from '../../src/expr';
import { compileDensity, differences, evaluate } from '../compile/evaluate';

/** Reproducible numbers in (−1, 1). */
export function numbers(count: number, seed: number): Float64Array {
  let state = (seed * 2654435761 + 1) >>> 0;
  return Float64Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 2 ** 32) * 2 - 1;
  });
}

/** Largest difference of two arrays, relative to the largest element. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let scale = 1e-300;
  let difference = 0;
  for (let i = 0; i < a.length; i++) {
    scale = Math.max(scale, Math.abs(a[i]), Math.abs(b[i]));
    difference = Math.max(difference, Number.isNaN(a[i] - b[i]) ? Infinity : Math.abs(a[i] - b[i]));
  }
  return difference / scale;
}

/** A positive definite matrix: M·Mᵀ/n + `ridge`·1. */
export function positiveDefinite(m: Expression, ridge = 0.5): Expression {
  return x.addDiagonal(x.matmul(m, x.transpose(m)).div(m.shape[0]), ridge);
}

export interface Tolerances {
  readonly backends?: number;
  readonly first?: number;
  readonly second?: number;
}

/**
 * Every element of `build(…)`, weighted by random numbers, is made a scalar; its value, gradient and the gradient of a
 * random projection of the gradient are compared.
 */
export async function checkDerivatives(
  shapes: readonly Shape[],
  build: (inputs: readonly Expression[]) => Expression,
  { backends = 1e-12, first = 1e-7, second = 1e-6 }: Tolerances = {},
  seed = 1,
): Promise<void> {
  const graph = new Graph();
  const inputs = shapes.map((shape, k) => graph.input(`x${k}`, shape));
  const dimension = shapes.reduce((sum, shape) => sum + sizeOf(shape), 0);
  const result = build(inputs);
  const at = numbers(dimension, seed);
  const both = await evaluate([result], inputs, at);
  expect(distance(both.wasm, both.baseline)).toBeLessThan(backends);
  const weighted = (y: Expression, salt: number): Expression =>
    x.sum(x.mul(y, graph.constant(numbers(y.size, seed + salt), y.shape)));
  const value = weighted(result, 11);
  const slopes = await compileDensity(value, inputs);
  const wasm = slopes.wasm(at);
  expect(distance(wasm.gradient, slopes.baseline(at).gradient)).toBeLessThan(10 * backends);
  expect(
    distance(
      wasm.gradient,
      differences((t) => slopes.wasm(t).value, at),
    ),
  ).toBeLessThan(first);
  const along = x.total(gradient(value, inputs).map((g, k) => weighted(g, 23 + k)));
  const curves = await compileDensity(along, inputs);
  const bent = curves.wasm(at);
  expect(distance(bent.gradient, curves.baseline(at).gradient)).toBeLessThan(100 * backends);
  expect(
    distance(
      bent.gradient,
      differences((t) => curves.wasm(t).value, at),
    ),
  ).toBeLessThan(second);
}
