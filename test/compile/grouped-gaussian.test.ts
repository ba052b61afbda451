/** The kernel of hierarchical regressions agrees with its definition, however the mean is written. */
import { describe, expect, it } from 'vitest';
import { gaussianKernel, gradient, Graph, matmul, type Expression } from '../../src/expr';
import { compileDensity, differences } from './evaluate';

/** Moderate numbers without a pattern. */
const wave = (length: number, phase: number): Float64Array =>
  Float64Array.from({ length }, (_, i) => Math.sin(1 + phase + 1.7 * i));

const GROUPS = 3;

interface Parts {
  gathered: Expression;
  other: Expression;
  slope: Expression;
  column: Expression;
}

/** Ways to write a mean with something gathered in it. */
const means: Record<string, (parts: Parts) => Expression> = {
  'a level': ({ gathered }) => gathered,
  'a level and a slope': ({ gathered, slope, column }) => gathered.add(slope.mul(column)),
  'a slope and a level': ({ gathered, slope, column }) => column.mul(slope).add(gathered),
  'a level and a scalar': ({ gathered, slope }) => gathered.add(slope.exp()),
  'a level and a vector': ({ gathered, slope, column }) => gathered.add(column.mul(slope).exp()),
  'levels, a slope and a constant': ({ gathered, other, slope, column }) =>
    gathered.add(slope.mul(column)).add(other.mul(column)).add(0.5),
};

function density(
  rows: number,
  mean: (parts: Parts) => Expression,
): { value: Expression; inputs: Expression[] } {
  const graph = new Graph();
  const level = graph.input('level', [GROUPS]);
  const other = graph.input('other', [GROUPS]);
  const slope = graph.input('slope', []);
  const w = graph.input('w', []);
  const index = graph.integers(Int32Array.from({ length: rows }, (_, i) => (i * i) % GROUPS));
  const column = graph.constant(wave(rows, 0.7));
  const mu = mean({ gathered: level.gather(index), other: other.gather(index), slope, column });
  return { value: gaussianKernel(graph.constant(wave(rows, 2)), mu, w), inputs: [level, other, slope, w] };
}

const at = [0.3, -0.4, 0.9, -0.2, 0.5, 0.1, 0.7, 1.3];

describe.each(Object.entries(means))('%s', (_, mean) => {
  it.each([2, 3, 4, 5, 7, 8, 513, 1031])('%i rows: both backends agree with differences', async (rows) => {
    const { value, inputs } = density(rows, mean);
    expect(value.op.name).toBe('groupedGaussian');
    const { wasm, baseline } = await compileDensity(value, inputs);
    const found = wasm(at);
    const expected = baseline(at);
    const numeric = differences((x) => baseline(x).value, at);
    expect(Math.abs(found.value - expected.value)).toBeLessThan(1e-12 * rows);
    at.forEach((_, i) => {
      expect(Math.abs(found.gradient[i] - expected.gradient[i])).toBeLessThan(1e-12 * rows);
      expect(Math.abs(found.gradient[i] - numeric[i])).toBeLessThan(1e-8 * rows);
    });
  });

  it('can be differentiated twice', async () => {
    const { value, inputs } = density(7, mean);
    const slopes = gradient(value, inputs);
    const weighted = slopes.map((g, k) => g.mul(0.5 + k).sum()).reduce((sum, g) => sum.add(g));
    const { wasm, baseline } = await compileDensity(weighted, inputs);
    const found = wasm(at);
    const numeric = differences((x) => baseline(x).value, at);
    at.forEach((_, i) => expect(Math.abs(found.gradient[i] - numeric[i])).toBeLessThan(1e-7));
  });
});

it('equals the sum that its definition spells out', async () => {
  for (const mean of Object.values(means)) {
    const { value, inputs } = density(40, mean);
    const plain = value.op.kind === 'fused' ? value.op.definition(value.inputs).sum() : value;
    const kernel = (await compileDensity(value, inputs)).wasm(at);
    const definition = (await compileDensity(plain, inputs)).wasm(at);
    expect(Math.abs(kernel.value - definition.value)).toBeLessThan(1e-12 * 40);
    kernel.gradient.forEach((g, i) => expect(Math.abs(g - definition.gradient[i])).toBeLessThan(1e-12 * 40));
  }
});

it('leaves means without groups, and data that are unknown, to the plain kernel', () => {
  const graph = new Graph();
  const x = graph.constant(wave(6, 1), [6]);
  const design = graph.constant(wave(12, 1), [6, 2]);
  const level = graph.input('level', [GROUPS]).gather(graph.integers([0, 1, 2, 2, 1, 0]));
  const latent = graph.input('latent', [6]);
  expect(gaussianKernel(x, matmul(design, graph.input('beta', [2])), 1).op.name).toBe('gaussian');
  expect(gaussianKernel(latent, level, 1).op.name).toBe('gaussian');
  expect(gaussianKernel(x, level, latent).op.name).toBe('gaussian');
});
