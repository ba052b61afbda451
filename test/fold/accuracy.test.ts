/** Folded sums of squares against exact arithmetic, near what the data want and far from it, beside the plain form. */
import { describe, expect, it } from 'vitest';
import { Instance, moduleFor } from '../../src/backend/wasm';
import { compileProgram } from '../../src/compile';
import { gaussianKernel, Graph, gradient, matmul, withGraph, type Expression } from '../../src/expr';
import { foldTerms } from '../../src/fold';
import { Generator } from '../../bench/random';
import { errorOf, exactSquares } from './exact';

const ROWS = 240;
const POINTS = 12;
/** What the specification allows, relative to 1 + the magnitudes that are added up. */
const ALLOWED = 1e-10;
/** Beside ten times the plain form's error: 128 units of rounding, for where that one is lucky. */
const ROUNDING = 128 * 2 ** -53;

interface Design {
  readonly columns: readonly Float64Array[];
  readonly truth: readonly number[];
  readonly noise: number;
  /** Where rows look up the last coefficients: in order, the tables that hold them. */
  readonly lookups?: readonly Lookup[];
}

interface Lookup {
  readonly from: number;
  readonly size: number;
  readonly index: Int32Array;
  readonly factor: Float64Array;
}

const random = new Generator(77);
const filled = (at: (i: number) => number): Float64Array =>
  Float64Array.from({ length: ROWS }, (_, i) => at(i));
const ones = filled(() => 1);
const [a, b] = [random.normals(ROWS), random.normals(ROWS)];
const year = filled((i) => 1980 + (i % 43));
const three = Int32Array.from({ length: ROWS }, (_, i) => i % 3);
// Groups of all sizes, and an empty one.
const many = Int32Array.from({ length: ROWS }, () => Math.floor(30 * random.uniform() ** 2));
const indicators = (index: Int32Array, size: number): Float64Array[] =>
  Array.from({ length: size }, (_, k) => filled((i) => (index[i] === k ? 1 : 0)));
const levels = Array.from({ length: 31 }, (_, k) => Math.sin(3 * k));

const times = (column: Float64Array, factor: Float64Array): Float64Array =>
  column.map((value, i) => value * factor[i]);

const designs: Record<string, Design> = {
  'columns of one size': { columns: [ones, a, b], truth: [1, 2, -1], noise: 1 },
  'no unknowns but the mean': { columns: [ones], truth: [1e3], noise: 2 },
  'years that nobody centred': { columns: [ones, year], truth: [-300, 0.2], noise: 0.5 },
  'a parabola in years': {
    columns: [ones, year, year.map((x) => x * x)],
    truth: [1e4, -10, 0.0025],
    noise: 0.5,
  },
  'columns of 10⁻⁹ and 10¹¹': {
    columns: [ones, a.map((x) => 1e-9 * x), b.map((x) => 1e11 * x)],
    truth: [3, 1e9, 1e-11],
    noise: 0.1,
  },
  'columns that all but agree': {
    columns: [ones, a, a.map((x, i) => x + 1e-8 * b[i])],
    truth: [1, 1, 1],
    noise: 1,
  },
  'a column twice': { columns: [ones, a, a, b], truth: [1, 1, 1, 2], noise: 1 },
  'indicators that add up to the intercept': {
    columns: [ones, a, ...indicators(three, 3)],
    truth: [5, 1, 1, 2, 3],
    noise: 1,
    lookups: [{ from: 2, size: 3, index: three, factor: ones }],
  },
  'a column of zeros': { columns: [ones, a.map(() => 0), a], truth: [5, 1, 2], noise: 1 },
  'an observation of 10⁷ ± 1': { columns: [ones, a], truth: [1e7, 1], noise: 1 },
  'a perfect fit': { columns: [ones, a], truth: [3, 2], noise: 0 },
  groups: {
    columns: [a, b, ...indicators(many, 31)],
    truth: [-0.7, 1.5, ...levels],
    noise: 0.8,
    lookups: [{ from: 2, size: 31, index: many, factor: ones }],
  },
  'groups with years for slopes': {
    columns: [b, ...indicators(many, 31), ...indicators(many, 31).map((column) => times(column, year))],
    truth: [1.5, ...levels, ...levels.map((x) => 0.01 * x)],
    noise: 0.8,
    lookups: [
      { from: 1, size: 31, index: many, factor: ones },
      { from: 32, size: 31, index: many, factor: year },
    ],
  },
  'groups about 10⁶': {
    columns: [a, ...indicators(many, 31)],
    truth: [-0.7, ...levels.map((x) => 1e6 + x)],
    noise: 0.8,
    lookups: [{ from: 1, size: 31, index: many, factor: ones }],
  },
};

/** Σ of the columns times the coefficients: a matrix product, and lookups where there are some. */
function predictor(beta: Expression, { columns, lookups = [] }: Design): Expression {
  const { graph } = beta;
  const dense = columns.slice(0, lookups[0]?.from);
  const matrix = graph.constant(Float64Array.from(dense.flatMap((column) => [...column])), [
    dense.length,
    ROWS,
  ]);
  const positions = new Map(lookups.map(({ index }) => [index, graph.integers(index)]));
  return lookups.reduce(
    (sum, { from, size, index, factor }) =>
      sum.add(
        beta
          .slice(from, from + size)
          .gather(positions.get(index)!)
          .mul(graph.constant(factor)),
      ),
    matmul(beta.slice(0, dense.length), matrix),
  );
}

async function program(value: Expression, inputs: readonly Expression[]) {
  const dimension = inputs.reduce((sum, input) => sum + input.size, 0);
  const image = compileProgram({ density: { inputs, outputs: gradient(value, inputs), value } });
  const source = { kind: 'program', dimension, program: image } as const;
  const instance = await Instance.create(await moduleFor(source), source);
  return (position: Float64Array): number[] => {
    const slopes = new Float64Array(dimension);
    return [instance.density(position, slopes), ...slopes];
  };
}

describe('a folded sum of squares', () => {
  it.each(Object.keys(designs))('is exact for %s', async (name) => {
    const design = designs[name];
    const { columns, truth, noise } = design;
    const draws = new Generator(5);
    const y = filled((i) => columns.reduce((sum, x, j) => sum + x[i] * truth[j], noise * draws.normal()));
    const graph = new Graph();
    const [beta, w] = [graph.input('beta', [truth.length]), graph.input('w')];
    const value = withGraph(graph, () => gaussianKernel(graph.constant(y), predictor(beta, design), w));
    const { values, folded } = withGraph(graph, () => foldTerms([value]));
    expect(folded[0]).toHaveLength(1);
    const plain = await program(value, [beta, w]);
    const fast = await program(values[0], [beta, w]);

    const sizes = columns.map((x) => Math.sqrt(x.reduce((sum, value) => sum + value * value, 0)) || 1);
    const places: Record<string, () => number[]> = {
      near: () => truth.map((value, j) => value + (noise * draws.normal()) / sizes[j]),
      far: () => truth.map((value) => 10 * draws.normal() * value),
    };
    for (const [place, point] of Object.entries(places)) {
      const worst = { plain: 0, fast: 0 };
      for (let i = 0; i < POINTS; i++) {
        const coefficients = point();
        const at = Float64Array.of(...coefficients, noise > 0 ? 1 / noise : 1);
        const exact = exactSquares(columns, y, coefficients, at[truth.length]);
        const found = { plain: plain(at), fast: fast(at) };
        exact.results.forEach((result, k) => {
          for (const form of ['plain', 'fast'] as const)
            worst[form] = Math.max(worst[form], errorOf(found[form][k], result) / (1 + exact.magnitudes[k]));
        });
      }
      expect(worst.fast, place).toBeLessThan(ALLOWED);
      expect(worst.fast, `${place}, plain ${worst.plain}`).toBeLessThan(10 * worst.plain + ROUNDING);
    }
  });
});
