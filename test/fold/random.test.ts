/** Random predictors, written in all the ways we know, fold to densities of the same value and slopes. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BaselineProgram } from '../../src/backend/baseline';
import { compileProgram } from '../../src/compile';
import {
  bernoulliLogitKernel,
  concat,
  exp,
  gaussianKernel,
  Graph,
  gradient,
  log,
  matmul,
  poissonLogKernel,
  reshape,
  stack,
  sum,
  transpose,
  withGraph,
  type Expression,
} from '../../src/expr';
import { foldTerms } from '../../src/fold';
import { Generator } from '../../bench/random';

const GROUPS = 7;
const LEVELS = 3;
const RUNS = 120;

/** A predictor of `rows` elements, as a tree of choices. */
type Recipe =
  | { readonly kind: 'leaf'; readonly which: number }
  | { readonly kind: 'unary'; readonly which: number; readonly of: Recipe }
  | { readonly kind: 'binary'; readonly which: number; readonly a: Recipe; readonly b: Recipe };

const recipes = fc.letrec<{ recipe: Recipe }>((tie) => ({
  recipe: fc.oneof(
    { maxDepth: 4, depthSize: 'small', withCrossShrink: true },
    fc.record({ kind: fc.constant('leaf' as const), which: fc.nat(12) }),
    fc.record({ kind: fc.constant('unary' as const), which: fc.nat(5), of: tie('recipe') }),
    fc.record({
      kind: fc.constant('binary' as const),
      which: fc.nat(2),
      a: tie('recipe'),
      b: tie('recipe'),
    }),
  ),
})).recipe;

const cases = fc.record({
  recipe: recipes,
  rows: fc.integer({ min: 20, max: 90 }),
  density: fc.nat(4),
  scale: fc.nat(4),
  seed: fc.nat(1000),
});

/** The data and the unknowns of one case. */
function ingredients(rows: number, seed: number) {
  const random = new Generator(seed + 1);
  const graph = new Graph();
  const column = (): Expression => graph.constant(random.normals(rows));
  const digits = (count: number): Int32Array =>
    Int32Array.from({ length: rows }, () => Math.floor(count * random.uniform()));
  const inputs = {
    beta: graph.input('beta', [4]),
    level: graph.input('level', [GROUPS]),
    table: graph.input('table', [GROUPS, 2]),
    few: graph.input('few', [LEVELS]),
    s: graph.input('s'),
    t: graph.input('t'),
  };
  const data = {
    x: column(),
    z: column(),
    binary: graph.constant(Float64Array.from(digits(2))),
    matrix: graph.constant(random.normals(4 * rows), [rows, 4]),
    pair: graph.constant(random.normals(2 * rows), [rows, 2]),
    group: graph.integers(digits(GROUPS)),
    digit: graph.integers(digits(LEVELS)),
  };
  return { graph, random, inputs, data };
}

type Ingredients = ReturnType<typeof ingredients>;

function build(recipe: Recipe, given: Ingredients, rows: number): Expression {
  const { inputs, data, graph } = given;
  const { beta, level, table, few, s, t } = inputs;
  const { x, z, binary, matrix, pair, group, digit } = data;
  switch (recipe.kind) {
    case 'leaf':
      return [
        () => x,
        () => x.mul(s),
        () => s.add(t).add(binary),
        () => matmul(matrix, beta),
        () => beta.at(1).mul(z).add(beta.at(0)),
        () => level.gather(group),
        () => sum(pair.mul(table.gather(group)), 1),
        () => few.gather(digit).mul(binary),
        () => sum(matrix.mul(beta), 1),
        () => matmul(beta.slice(1), stack([x, z, binary])),
        () => s.mul(few).add(1).gather(digit),
        () => sum(transpose(matrix).mul(reshape(beta, [4, 1])), 0),
        () => exp(x.mul(0.2)).mul(t),
      ][recipe.which]();
    case 'unary': {
      const of = build(recipe.of, given, rows);
      return [
        () => of.neg(),
        () => of.mul(z),
        () => of.mul(s),
        () => of.div(t.square().add(1)),
        () => concat([of.slice(1), of.slice(0, 1)]),
        () =>
          reshape(of, [1, rows])
            .reshape([rows])
            .sub(graph.constant([0.5])),
      ][recipe.which]();
    }
    case 'binary': {
      const [a, b] = [build(recipe.a, given, rows), build(recipe.b, given, rows)];
      return [() => a.add(b), () => a.sub(b), () => a.mul(0.3).add(b.mul(binary))][recipe.which]();
    }
  }
}

it('keep their values and slopes', () => {
  let folded = 0;
  fc.assert(
    fc.property(cases, ({ recipe, rows, density, scale, seed }) => {
      const given = ingredients(rows, seed);
      const { graph, inputs, data, random } = given;
      const value = withGraph(graph, () => {
        const mu = reshape(build(recipe, given, rows), [-1]);
        const w = [
          () => inputs.t,
          () => inputs.t.mul(exp(data.x)),
          () => graph.constant(random.normals(rows)),
          () => exp(inputs.few).gather(data.digit),
          () => inputs.s.div(data.z.square().add(1).mul(inputs.t)),
        ][scale]();
        const y = random.normals(rows, 2);
        return [
          () => gaussianKernel(y, mu, w),
          () => gaussianKernel(mu, y, w),
          () => bernoulliLogitKernel(data.binary, mu),
          () => poissonLogKernel(data.binary, mu.mul(0.1)),
          () => sum(log(w.square().add(exp(mu)))),
        ][density]();
      });
      const { values, folded: how } = withGraph(graph, () => foldTerms([value]));
      folded += how[0].length;
      const unknowns = Object.values(inputs);
      const dimension = unknowns.reduce((total, input) => total + input.size, 0);
      const [plain, fast] = [value, values[0]].map((density) => {
        const outputs = gradient(density, unknowns);
        const program = compileProgram({ density: { inputs: unknowns, outputs, value: density } });
        return new BaselineProgram(program);
      });
      for (let i = 0; i < 3; i++) {
        const at = random.normals(dimension);
        const [expected, found] = [new Float64Array(dimension), new Float64Array(dimension)];
        const [rowwise, short] = [plain.density(at, expected), fast.density(at, found)];
        const size = Math.max(1, Math.abs(rowwise), ...expected.map(Math.abs));
        expect(Math.abs(rowwise - short)).toBeLessThan(1e-10 * size);
        found.forEach((slope, k) => expect(Math.abs(slope - expected[k])).toBeLessThan(1e-10 * size));
      }
    }),
    { numRuns: RUNS, seed: 20261123 },
  );
  // Most of them do: otherwise this has tested nothing.
  expect(folded).toBeGreaterThan(RUNS / 3);
});
