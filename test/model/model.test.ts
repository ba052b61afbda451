/** Building and conditioning models: shapes, layout, terms, and mistakes in the model itself. */
import { expect, test } from 'vitest';
import { beta, cauchy, flat, halfCauchy, normal, uniform, type Distribution } from '../../src/distributions';
import { exp, sum, type Expression } from '../../src/expr';
import { matrix, model, ModelError, vector } from '../../src/model';

const schools = model({ y: vector('school'), sigma: vector('school') })
  .param('mu', normal(0, 5))
  .param('tau', halfCauchy(5))
  .param('effect', ({ mu, tau }) => normal(mu, tau), { dims: ['school'], noncentered: true })
  .derive('spread', ({ effect, mu }) => effect.sub(mu), { dims: ['school'] })
  .observe('y', ({ effect, sigma }) => normal(effect, sigma));
const data = { y: [28, 8, -3], sigma: [15, 10, 16] };

test('layout: parameters in order, then derived quantities, row-major, with dimensions and coordinates', () => {
  const { layout, dimension } = schools.condition(data, { coords: { school: ['A', 'B', 'C'] } });
  expect(dimension).toBe(5);
  expect(layout).toEqual({
    quantities: [
      { name: 'mu', shape: [], dims: [], offset: 0, kind: 'parameter' },
      { name: 'tau', shape: [], dims: [], offset: 1, kind: 'parameter' },
      { name: 'effect', shape: [3], dims: ['school'], offset: 2, kind: 'parameter' },
      { name: 'spread', shape: [3], dims: ['school'], offset: 5, kind: 'derived' },
    ],
    size: 8,
    coords: { school: ['A', 'B', 'C'] },
  });
});

test('terms say what they are', () => {
  const { terms } = schools.condition(data);
  expect(terms.map(({ name, role }) => [name, role])).toEqual([
    ['mu', 'prior'],
    ['tau', 'prior'],
    ['tau (Jacobian)', 'jacobian'],
    ['effect', 'prior'],
    ['y', 'likelihood'],
  ]);
});

test('a parameter has the shape of its distribution unless dims say otherwise', () => {
  const shapes = model({ X: matrix('row', 'column') })
    .param('a', normal([0, 1], 1))
    .param('b', ({ a }) => normal(a, [[1], [2], [3]]))
    .param('c', normal(0, 1), { dims: ['row', 4] })
    .param('d', ({ a }) => normal(a, 1), { dims: ['column', 2] })
    .condition({ X: [[1], [2]] });
  expect(shapes.layout.quantities.map(({ shape }) => shape)).toEqual([[2], [3, 2], [2, 4], [1, 2]]);
});

test('a model is immutable: steps from one base do not meet', () => {
  const base = model().param('a', normal(0, 1));
  base.param('b', normal(0, 1));
  expect(base.condition().layout.size).toBe(1);
});

test('a flat prior adds no term', () => {
  const { terms } = model()
    .param('a', flat())
    .param('b', flat({ lower: 0 }))
    .condition();
  expect(terms.map(({ name }) => name)).toEqual(['b (Jacobian)']);
});

const mistakes: [string, () => unknown, string][] = [
  [
    'no parameters',
    () =>
      model({ y: vector('row') })
        .observe('y', normal(0, 1))
        .condition({ y: [1] }),
    'the model has no parameters; add one with .param(name, distribution)',
  ],
  ['a name twice', () => schools.param('mu' as never, normal(0, 1)), "'mu' is already a name of this model"],
  ['a name of data', () => schools.param('y' as never, normal(0, 1)), "'y' is already a name of this model"],
  [
    'an empty name',
    () => schools.param('', normal(0, 1)),
    "parameter: a name is letters, digits and underscores, got ''",
  ],
  ['observed twice', () => schools.observe('y', normal(0, 1)), "'y' is observed twice"],
  [
    'observing an unknown name',
    () => schools.observe('sgima' as 'sigma', normal(0, 1)).condition(data),
    "observe 'sgima': there is no data of that name; did you mean 'sigma'?",
  ],
  [
    'observing a parameter',
    () => schools.observe('mu', normal(0, 1)).condition(data),
    "observe 'mu': only data can be observed, and this depends on parameters; use logDensity for a term of parameters",
  ],
  [
    'a misspelt name in a callback',
    () =>
      schools
        .param('x', (scope) => normal(0, (scope as unknown as { tua: Expression<0> }).tua))
        .condition(data),
    "parameter 'x': there is no 'tua' before this step; did you mean 'tau'?",
  ],
  [
    'something that is no distribution',
    () =>
      model()
        .param('k', 3 as unknown as Distribution)
        .condition(),
    "parameter 'k': expected a distribution such as normal(0, 1), got 3",
  ],
  [
    'noncentering what has no location and scale',
    () => model().param('p', beta(1, 1), { noncentered: true }).condition(),
    "parameter 'p': beta has no location-scale form to be noncentered by; leave out noncentered",
  ],
  [
    'a dimension without a size',
    () => schools.param('z', normal(0, 1), { dims: ['scool'] }).condition(data),
    "parameter 'z': nothing gives dimension 'scool' a size; did you mean 'school'?; name it in the data's declarations, or use .dim('scool', size) or coords",
  ],
  [
    'a size that is none',
    () =>
      model()
        .param('z', normal(0, 1), { dims: [0] })
        .condition(),
    "parameter 'z': the size of a dimension must be an integer ≥ 1, got 0",
  ],
  [
    'arguments that do not fit dims',
    () => schools.param('z', ({ effect }) => normal(effect, 1), { dims: [1] }).condition(data),
    "parameter 'z': dims [1] have shape [1], which the arguments of normal, of shape [3], do not broadcast to",
  ],
  [
    'arguments that do not fit the data',
    () =>
      model({ y: vector('row') })
        .param('m', normal(0, 1), { dims: [2] })
        .observe('y', ({ m }) => normal(m, 1))
        .condition({ y: [1, 2, 3] }),
    "observe 'y': the data have shape [3], the arguments of normal [2]",
  ],
  [
    'data that would be repeated',
    () =>
      model({ y: vector('row') })
        .param('m', normal(0, 1), { dims: [2, 3] })
        .observe('y', ({ m }) => normal(m, 1))
        .condition({ y: [1, 2, 3] }),
    "observe 'y': the data have shape [3], the arguments of normal [2, 3]",
  ],
  [
    'dims that do not fit a derived quantity',
    () => schools.derive('s', ({ mu }) => exp(mu), { dims: ['school'] }).condition(data),
    "derived 's': dims [school] have shape [3], the value has shape scalar",
  ],
  [
    'a callback that returns nothing',
    () => schools.derive('s', (() => undefined) as never).condition(data),
    "derived 's': the callback returned nothing; expected an expression",
  ],
  [
    'bounds in the wrong order, from data',
    () =>
      model({ a: vector('row') })
        .param('u', ({ a }) => uniform(a, 1))
        .condition({ a: [0, 2] }),
    "parameter 'u': uniform: lower must be below upper, got lower 2 and upper 1 at [1]",
  ],
];

test.each(mistakes)('%s', (_what, attempt, message) => {
  expect(attempt).toThrow(new ModelError(message));
});

test('a term must say whether it is prior or likelihood', () => {
  expect(() => schools.logDensity('t', ({ mu }) => mu, {} as never)).toThrow(
    "logDensity 't': role must be 'prior' or 'likelihood', got undefined",
  );
  const { terms } = schools
    .logDensity('anchor', ({ effect }) => effect.square().mul(-0.5), { role: 'prior' })
    .condition(data);
  expect(terms.at(-1)).toMatchObject({ name: 'anchor', role: 'prior' });
  expect(terms.at(-1)!.value.shape).toEqual([]);
});

test('without a likelihood there is the prior to sample', () => {
  expect(
    model()
      .param('a', cauchy(0, 1))
      .derive('b', ({ a }) => sum(a))
      .condition().terms,
  ).toHaveLength(1);
});
