/** Positions that parameters compute: by hand in both backends, gradients against differences, and no garbage beyond the end. */
import { expect, expectTypeOf, test } from 'vitest';
import {
  categorical,
  discreteUniform,
  type Expression,
  less,
  log,
  matrix,
  model,
  normal,
  poisson,
  type Posterior,
  select,
  vector,
} from '../../src';
import { BaselineProgram } from '../../src/backend/baseline';
import { fullInstance } from '../../src/backend/wasm';

/** The derived quantities at a position, alike in both backends. */
async function derivedAt(posterior: Posterior, position: number[]): Promise<Record<string, number[]>> {
  const { size, quantities } = posterior.layout;
  const instance = await fullInstance(posterior.target);
  const values = instance.call(1, Float64Array.from(position), size);
  const plain = new Float64Array(size);
  new BaselineProgram(posterior.target.program).call('quantities', position, plain);
  expect([...plain]).toEqual([...values]);
  return Object.fromEntries(
    quantities
      .filter(({ kind }) => kind === 'derived')
      .map(({ name, shape, offset }) => {
        const length = shape.reduce((product, extent) => product * extent, 1);
        return [name, [...values.subarray(offset, offset + length)]];
      }),
  );
}

const tables = model({ table: matrix('level', 'column') })
  .param('one', discreteUniform(0, 2))
  .param('many', categorical([0.2, 0.3, 0.5]), { dims: [4] })
  .param('mu', normal(0, 1), { dims: ['level'] })
  .derive('element', ({ mu, one }) => mu.at(one))
  .derive('elements', ({ mu, many }) => mu.at(many))
  .derive('row', ({ table, one }) => table.at(one))
  .derive('rows', ({ table, many }) => table.gather(many))
  .derive('logs', ({ one }) => log([0, 1, 2]).at(one))
  .derive('next', ({ mu, one }) => mu.at(one.add(1)));
const posterior = tables.condition({
  table: [
    [1, 2],
    [3, 4],
    [5, 6],
  ],
});

test('an index of parameters picks elements and rows', async () => {
  const found = await derivedAt(posterior, [1, 2, 0, 0, 1, 0.5, 1.5, 2.5]);
  expect(found).toEqual({
    element: [1.5],
    elements: [2.5, 0.5, 0.5, 1.5],
    row: [3, 4],
    rows: [5, 6, 1, 2, 1, 2, 3, 4],
    // That of 0, −∞, is not picked.
    logs: [0],
    next: [2.5],
  });
});

test('what is no position gives NaN', async () => {
  const found = await derivedAt(posterior, [2, -1, 0.5, 3, 1, 0.5, 1.5, 2.5]);
  expect(found.element).toEqual([2.5]);
  expect(found.next).toEqual([NaN]);
  expect(found.elements).toEqual([NaN, NaN, NaN, 1.5]);
  expect(found.rows).toEqual([NaN, NaN, NaN, NaN, NaN, NaN, 3, 4]);
});

test('a density beyond the end is no density', async () => {
  const beyond = model({ y: vector('row') })
    .param('k', poisson(2))
    .param('mu', normal(0, 1), { dims: [3] })
    .observe('y', ({ mu, k }) => normal(mu.at(k), 1))
    .condition({ y: [1, 2] });
  const instance = await fullInstance(beyond.target);
  instance.tolerant = true;
  const at = (k: number): number => instance.density(Float64Array.of(k, 1, 2, 3), new Float64Array(4));
  expect(at(2)).toBeLessThan(0);
  expect(at(3)).toBeNaN();
});

test('gradients flow to what is picked', async () => {
  const picked = model({ y: vector('row') })
    .param('z', categorical([0.2, 0.3, 0.5]), { dims: ['row'] })
    .param('mu', normal(0, 1), { dims: [3] })
    .param('slope', normal(0, 1), { dims: [3, 2] })
    .observe('y', ({ mu, slope, z }) => normal(mu.at(z).add(slope.gather(z).sum(1)), 1))
    .condition({ y: [0.3, -1, 2, 0.4] });
  const instance = await fullInstance(picked.target);
  const position = Float64Array.of(2, 0, 2, 1, 0.1, 0.2, 0.3, 0.4, -0.5, 0.6, 0.7, -0.8, 0.9);
  const slopes = new Float64Array(position.length);
  instance.density(position, slopes);
  expect([...slopes.subarray(0, 4)]).toEqual([0, 0, 0, 0]);
  const plain = new Float64Array(position.length);
  new BaselineProgram(picked.target.program).density([...position], plain);
  plain.forEach((slope, i) => expect(slope).toBeCloseTo(slopes[i], 12));
  const unread = new Float64Array(position.length);
  for (let i = 4; i < position.length; i++) {
    const step = (by: number): number =>
      instance.density(
        position.map((x, k) => (k === i ? x + by : x)),
        unread,
      );
    expect(slopes[i]).toBeCloseTo((step(1e-5) - step(-1e-5)) / 2e-5, 7);
  }
});

test('comparisons and selections take discrete parameters', async () => {
  const change = model({ year: vector('year') })
    .param('tau', discreteUniform(0, 3))
    .derive('rate', ({ tau, year }) => select(less(year, tau), 3, 1))
    .condition({ year: [0, 1, 2, 3] });
  expect(await derivedAt(change, [2])).toEqual({ rate: [3, 3, 1, 1] });
});

test('ranks are known to the compiler', () => {
  tables.derive('all', ({ mu, one, many, table }) => {
    expectTypeOf(one).toEqualTypeOf<Expression<0>>();
    expectTypeOf(many).toEqualTypeOf<Expression<1>>();
    expectTypeOf(mu.at(one)).toEqualTypeOf<Expression<0>>();
    expectTypeOf(mu.at(many)).toEqualTypeOf<Expression<1>>();
    expectTypeOf(table.at(one)).toEqualTypeOf<Expression<1>>();
    expectTypeOf(table.at(many)).toEqualTypeOf<Expression<2>>();
    expectTypeOf(table.at(0)).toEqualTypeOf<Expression<1>>();
    return mu;
  });
  expect(posterior.layout.quantities.filter(({ discrete }) => discrete).map(({ name }) => name)).toEqual([
    'one',
    'many',
  ]);
});
