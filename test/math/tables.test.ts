/** The kernels, and the baseline's functions, against reference tables of fifty digits. */
import { beforeAll, describe, expect, test } from 'vitest';
import * as special from '../../src/expr/special';
import { tables, worstByCondition, worstInPlaces } from './errors';
import { Kernels } from './kernels-module';

let kernels: Kernels;
beforeAll(async () => {
  kernels = await Kernels.load();
});

/** The errors that the kernels' own files state, in units in the last place, and a little room. */
const elementary = {
  exp: 0.75,
  expm1: 1.1,
  log: 0.8,
  log1p: 1.1,
  log1pOfUnit: 1.15,
  tanh: 1.6,
  sigmoid: 1.95,
  softplus: 1.5,
  sin: 0.8,
  cos: 0.8,
};

test.each(Object.entries(elementary))('%s errs by at most %f units in the last place', (name, bound) => {
  const table = tables[name];
  expect(table.x.length).toBeGreaterThan(300);
  expect(worstInPlaces(table, kernels.map(name, table.x))).toSatisfy((w) => w.error <= bound);
});

test('pow errs by at most 1.05 units in the last place', () => {
  const { x, exponent } = tables.pow;
  expect(worstInPlaces(tables.pow, kernels.pow(x, exponent!))).toSatisfy((w) => w.error <= 1.05);
});

const specials = [
  'lgamma',
  'digamma',
  'trigamma',
  'erf',
  'erfc',
  'erfcx',
  'normalCdf',
  'normalLogCdf',
  'normalLogCdfDerivative',
];

test.each(specials)('%s errs by at most 1e-15 times its condition number', (name) => {
  const table = tables[name];
  expect(table.x.length).toBeGreaterThan(300);
  expect(worstByCondition(table, kernels.map(name, table.x))).toSatisfy((w) => w.error <= 1e-15);
});

describe('the baseline', () => {
  const functions = special as unknown as Record<string, (x: number) => number>;

  test.each(['sigmoid', 'softplus', ...specials.filter((name) => name !== 'erfcx')])(
    '%s errs by at most 2e-13 times its condition number',
    (name) => {
      const table = tables[name];
      const withCondition = {
        ...table,
        condition: table.condition ?? table.x.map((x) => Math.max(1, Math.abs(x))),
      };
      const normal = table.y.map((y) => Math.abs(y) > 1e-300);
      const kept = (values: readonly number[]): number[] => values.filter((_, i) => normal[i]);
      const part = {
        x: kept(table.x),
        y: kept(table.y),
        rest: kept(table.rest),
        condition: kept(withCondition.condition),
      };
      expect(worstByCondition(part, part.x.map(functions[name]))).toSatisfy((w) => w.error <= 2e-13);
    },
  );
});
