/** Names and positions of scalar quantities. */

import { expect, test } from 'vitest';
import { positions, scalars } from '../../src/report/names';
import { layoutOf } from './example';

test('indices count from 0, the last axis fastest, and offsets follow', () => {
  const found = scalars(
    layoutOf([
      { name: 'mu', shape: [] },
      { name: 'L', shape: [2, 3] },
      { name: 'none', shape: [0] },
      { name: 'sigma', shape: [1] },
    ]),
  );
  expect(found.map(({ name, index }) => [index, name])).toEqual([
    [0, 'mu'],
    [1, 'L[0,0]'],
    [2, 'L[0,1]'],
    [3, 'L[0,2]'],
    [4, 'L[1,0]'],
    [5, 'L[1,1]'],
    [6, 'L[1,2]'],
    [7, 'sigma[0]'],
  ]);
});

test('labels use the coordinates of named dimensions and indices elsewhere', () => {
  const layout = layoutOf([{ name: 'x', shape: [2, 2], dims: ['school', undefined] }], {
    school: ['Choate', 'Eton'],
  });
  expect(scalars(layout).map(({ label }) => label)).toEqual([
    'x[Choate,0]',
    'x[Choate,1]',
    'x[Eton,0]',
    'x[Eton,1]',
  ]);
});

test('a scalar has one position, an empty array none', () => {
  expect([...positions([])]).toEqual([[]]);
  expect([...positions([2, 0])]).toEqual([]);
});
