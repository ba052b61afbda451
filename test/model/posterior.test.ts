/** Compiled posteriors, run by the baseline: values by hand, gradients by differences, both parameterisations, the way back. */
import { expect, test } from 'vitest';
import { BaselineProgram } from '../../src/backend/baseline';
import { compileProgram } from '../../src/compile';
import {
  beta,
  exponential,
  flat,
  gamma,
  halfCauchy,
  halfNormal,
  normal,
  poissonLog,
  uniform,
} from '../../src/distributions';
import { exp, log, matmul } from '../../src/expr';
import { index, integers, matrix, model, scalar, vector, type Posterior } from '../../src/model';

interface Loaded {
  density(position: number[]): number;
  gradient(position: number[]): number[];
  call(procedure: 'quantities' | 'terms' | 'unconstrain', input: number[], length: number): number[];
}

function load(posterior: Posterior): Loaded {
  const program = new BaselineProgram(posterior.target.program);
  const { dimension } = posterior;
  return {
    density: (position) => program.density(position, new Float64Array(dimension)),
    gradient: (position) => {
      const gradient = new Float64Array(dimension);
      program.density(position, gradient);
      return [...gradient];
    },
    call: (procedure, input, length) => {
      const output = new Float64Array(length);
      program.call(procedure, input, output);
      return [...output];
    },
  };
}

function differences(density: (x: number[]) => number, at: number[]): number[] {
  const h = 1e-4;
  return at.map((_, k) => {
    const moved = (by: number): number => density(at.map((v, j) => (j === k ? v + by * h : v)));
    return (moved(-2) - 8 * moved(-1) + 8 * moved(1) - moved(2)) / (12 * h);
  });
}

const logNormal = (x: number, m: number, s: number): number =>
  -0.5 * ((x - m) / s) ** 2 - Math.log(s) - 0.5 * Math.log(2 * Math.PI);

const y = [28, 8, -3, 7, -1, 1, 18, 12];
const sigma = [15, 10, 16, 11, 9, 11, 10, 18];
const population = model({ y: vector('school'), sigma: vector('school') })
  .param('mu', normal(0, 5))
  .param('tau', halfCauchy(5));
const schools = (noncentered: boolean): Posterior =>
  population
    .param('effect', ({ mu, tau }) => normal(mu, tau), { dims: ['school'], noncentered })
    .observe('y', ({ effect, sigma }) => normal(effect, sigma))
    .condition({ y, sigma });

test('eight schools, by hand', () => {
  const position = [4.2, 0.7, 0.3, -1.1, 0.2, 0.9, -0.4, 0.1, 1.3, -0.6];
  const [mu, u, ...z] = position;
  const tau = Math.exp(u);
  const expected =
    logNormal(mu, 0, 5) +
    Math.log(2 / (Math.PI * 5 * (1 + (tau / 5) ** 2))) +
    u +
    z.reduce((sum, v, j) => sum + logNormal(v, 0, 1) + logNormal(y[j], mu + tau * v, sigma[j]), 0);
  const posterior = schools(true);
  const { density, call } = load(posterior);
  expect(density(position)).toBeCloseTo(expected, 10);
  expect(call('quantities', position, 10)).toEqual(
    [mu, tau, ...z.map((v) => mu + tau * v)].map((v) => expect.closeTo(v, 12) as number),
  );
  const terms = call('terms', position, posterior.target.terms.length);
  expect(terms.reduce((a, b) => a + b)).toBeCloseTo(expected, 10);
});

test('both parameterisations are one posterior, up to the change of variables', () => {
  const position = [1.5, -0.4, 0.3, -1.1, 0.2, 0.9, -0.4, 0.1, 1.3, -0.6];
  const [mu, u, ...z] = position;
  const effects = z.map((v) => mu + Math.exp(u) * v);
  expect(load(schools(true)).density(position)).toBeCloseTo(
    load(schools(false)).density([mu, u, ...effects]) + 8 * u,
    10,
  );
});

const everything = model({
  X: matrix('row', 'column'),
  group: index('row', 'group'),
  counts: integers('row'),
  earn: vector('row'),
  limit: scalar(),
})
  .param('a', normal(0, 1), { dims: ['column'] })
  .param('b', uniform(-1, 2))
  .param('top', ({ limit }) => flat({ upper: limit }))
  .param('c', ({ b }) => flat({ lower: b, upper: 3 }), { dims: [3] })
  .param('s', ({ b }) => halfNormal(exp(b)), { noncentered: true })
  .param('g', ({ s }) => normal(0, s), { dims: ['group'], noncentered: true })
  .param('p', beta(2, 3))
  .param('r', gamma(2, 1), { dims: ['group'] })
  .derive('eta', ({ X, a, g, group }) => matmul(X, a).add(g.gather(group)))
  .derive('logEarn', ({ earn }) => log(earn))
  .observe('counts', ({ eta }) => poissonLog(eta))
  .observe('logEarn', ({ eta, r, group, p }) => normal(eta.mul(p), r.gather(group)))
  .observe('earn', ({ r, group }) => exponential(r.gather(group)))
  .logDensity('pull', ({ c, top }) => c.sub(top).square().mul(-0.5), { role: 'prior' })
  .condition({
    X: [
      [1, 0.5],
      [1, -0.2],
      [1, 1.5],
      [1, 0],
      [1, -2],
    ],
    group: ['u', 'v', 'u', 'w', 'v'],
    counts: [1, 0, 4, 2, 0],
    earn: [1.5, 0.3, 2.2, 8, 0.9],
    limit: 1.5,
  });
const somewhere = Array.from({ length: everything.dimension }, (_, k) => Math.sin(3 * k + 1));

test('the gradient of a model of many parts is that of differences', () => {
  const { density, gradient } = load(everything);
  const found = gradient(somewhere);
  differences(density, somewhere).forEach((expected, k) => {
    expect(found[k], `∂${k}`).toBeCloseTo(expected, 6);
  });
});

test('from a position to constrained values and back', () => {
  const { call } = load(everything);
  const values = call('quantities', somewhere, everything.layout.size);
  const parameters = everything.inverse.inputs.reduce((size, input) => size + input.size, 0);
  const back = call('unconstrain', values.slice(0, parameters), everything.dimension);
  expect(back).toEqual(somewhere.map((v) => expect.closeTo(v, 10) as number));
});

test('constrained values respect their supports', () => {
  const values = load(everything).call('quantities', somewhere, everything.layout.size);
  const of = (name: string): number[] => {
    const { offset, shape } = everything.layout.quantities.find((quantity) => quantity.name === name)!;
    return values.slice(offset, offset + shape.reduce((a, b) => a * b, 1));
  };
  const [b] = of('b');
  expect(b > -1 && b < 2).toBe(true);
  expect(of('top')[0]).toBeLessThan(1.5);
  expect(of('c').every((c) => c > b && c < 3)).toBe(true);
  expect(of('s')[0]).toBeGreaterThan(0);
  expect(of('p')[0] > 0 && of('p')[0] < 1).toBe(true);
});

test('pointwise log likelihoods sum to their term', () => {
  const term = everything.terms.find(({ name }) => name === 'counts')!;
  const elements = term.pointwise!();
  expect(elements.shape).toEqual([5]);
  const program = new BaselineProgram(
    compileProgram({ quantities: { inputs: everything.inputs, outputs: [elements, term.value] } }),
  );
  const values = new Float64Array(6);
  program.call('quantities', somewhere, values);
  expect(values.subarray(0, 5).reduce((a, b) => a + b)).toBeCloseTo(values[5], 10);
});

test('a model without prior or likelihood has a constant density', () => {
  const { density, gradient } = load(model().param('x', flat()).condition());
  expect(density([3])).toBe(0);
  expect(gradient([3])).toEqual([0]);
});
