/** Linear algebra and covariance functions against figures of 60 digits (generate.py), ill-conditioned ones among them. */
import { describe, expect, it } from 'vitest';
import * as covariances from '../../src/covariance';
import * as x from '../../src/expr';
import { Graph, gradient, type Expression } from '../../src/expr';
import { compileDensity, evaluate } from '../compile/evaluate';
import { checkDerivatives, distance } from './check';
import tables from './tables.json';

const EPSILON = Number.EPSILON;

describe.each(tables.systems)('$name', (system) => {
  const n = system.matrix.length;
  const graph = new Graph();
  const a = graph.input('a', [n, n]);
  const at = system.matrix.flat();
  /** What a backward stable method may lose. */
  const tolerance = n * EPSILON * system.condition;

  it('is solved as exactly as its condition allows', async () => {
    const b = graph.constant(system.rightHandSide);
    const ways = [x.solve(a, b), ...(system.cholesky ? [x.solveSpd(a, b)] : [])];
    for (const way of ways) {
      const { wasm, baseline } = await evaluate([way], [a], at);
      expect(distance(wasm, system.solution)).toBeLessThan(tolerance);
      expect(distance(baseline, system.solution)).toBeLessThan(tolerance);
    }
  });

  it('has the determinant and its gradient, the inverse', async () => {
    const ways = [x.logDeterminant(a), ...(system.cholesky ? [x.logDeterminantSpd(a)] : [])];
    for (const way of ways) {
      const density = await compileDensity(way, [a]);
      for (const { value, gradient: slopes } of [density.wasm(at), density.baseline(at)]) {
        expect(Math.abs(value - system.logDeterminant)).toBeLessThan(tolerance);
        // Of a symmetric matrix only the upper triangle may be read; its slopes then count for both.
        const whole = slopes.map((_, i) => slopes[i] + slopes[(i % n) * n + Math.floor(i / n)]);
        const inverse = system.inverse.flat();
        const expected = inverse.map((v, i) => v + inverse[(i % n) * n + Math.floor(i / n)]);
        expect(distance(whole, expected)).toBeLessThan(tolerance);
      }
    }
  });

  if (!system.cholesky) return;

  it('has the factor and the eigenvalues', async () => {
    const { wasm, baseline } = await evaluate([x.cholesky(a), x.eigenvaluesSymmetric(a)], [a], at);
    for (const result of [wasm, baseline]) {
      expect(distance(result.subarray(0, n * n), system.cholesky.flat())).toBeLessThan(tolerance);
      // Eigenvalues of symmetric matrices are perfectly conditioned: exact relative to the largest.
      expect(distance(result.subarray(n * n), system.eigenvalues)).toBeLessThan(5 * n * EPSILON);
    }
  });
});

type Parameters = Record<string, Expression>;

/** Parameters in the order of generate.py, several length scales joined. */
function optionsOf(name: string, parameters: readonly Expression[]): Parameters {
  const [magnitude, ...rest] = parameters;
  const lengthScale = (scales: readonly Expression[]): Expression =>
    scales.length === 1 ? scales[0] : x.concat(scales);
  switch (name) {
    case 'periodicCovariance':
      return { magnitude, lengthScale: rest[0], period: rest[1] };
    case 'linearCovariance':
      return { magnitude, bias: rest[0], center: rest[1] };
    case 'rationalQuadratic':
      return { magnitude, shape: rest[0], lengthScale: lengthScale(rest.slice(1)) };
    default:
      return { magnitude, lengthScale: lengthScale(rest) };
  }
}

type CovarianceFunction = (points: Expression, options: object) => Expression;

describe.each(tables.covariances.map((entry, number) => ({ ...entry, number })))(
  '$name ($number)',
  (entry) => {
    const graph = new Graph();
    const parameters = entry.parameters.map((_, k) => graph.input(`p${k}`));
    const data = (points: number[][]): Expression =>
      points[0].length === 1
        ? graph.constant(points.flat())
        : graph.constant(points.flat(), [points.length, points[0].length]);
    const options = optionsOf(entry.name, parameters);
    if (entry.others) options.other = data(entry.others);
    const covariance = (covariances as unknown as Record<string, CovarianceFunction>)[entry.name];
    const matrix = covariance(data(entry.points), options);
    const weights = graph.constant(entry.weights.flat(), [entry.points.length, entry.weights[0].length]);
    const projected = x.sum(x.mul(matrix, weights));

    it('has the values', async () => {
      const { wasm, baseline } = await evaluate([matrix], parameters, entry.parameters);
      expect(distance(wasm, entry.matrix.flat())).toBeLessThan(1e-15);
      expect(distance(baseline, entry.matrix.flat())).toBeLessThan(1e-15);
    });

    it('has first and second derivatives', async () => {
      const first = gradient(projected, parameters);
      const second = first.flatMap((slope) => gradient(slope, parameters));
      const { wasm, baseline } = await evaluate([...first, ...second], parameters, entry.parameters);
      const count = parameters.length;
      for (const result of [wasm, baseline]) {
        expect(distance(result.subarray(0, count), entry.gradient)).toBeLessThan(8e-15);
        expect(distance(result.subarray(count), entry.hessian.flat())).toBeLessThan(1e-14);
      }
    });
  },
);

describe('covariance functions', () => {
  it('have derivatives by the points, too', async () => {
    await checkDerivatives([[4, 2], [2]], ([p, l]) =>
      covariances.squaredExponential(p, { lengthScale: x.exp(l) }),
    );
    await checkDerivatives([[4], []], ([p, l]) =>
      covariances.matern52(p, { lengthScale: x.exp(l), magnitude: 2 }),
    );
    await checkDerivatives([[4, 2], [2]], ([p, l]) => covariances.matern32(p, { lengthScale: x.exp(l) }));
    await checkDerivatives(
      [
        [4, 2],
        [3, 2],
      ],
      ([p, q]) => covariances.linearCovariance(p, { other: q, magnitude: [1, 2] }),
    );
  });

  it('name what does not fit', () => {
    const graph = new Graph();
    const points = graph.input('x', [4, 2]);
    expect(() => covariances.matern32(points, { lengthScale: [1, 2, 3] })).toThrow(
      'matern32: expected lengthScale to be a scalar or a vector [2], got [3]',
    );
    expect(() => covariances.squaredExponential(points, { lengthScale: 1, other: [1, 2] })).toThrow(
      'squaredExponential: the other points have 1 coordinates, expected 2 as the first',
    );
    expect(() => covariances.linearCovariance(graph.input('s'))).toThrow(
      'linearCovariance: expected points as a vector [n] or a matrix [n, coordinates], got scalar',
    );
    expect(() => covariances.periodicCovariance(points, { lengthScale: [1, 2], period: 1 })).toThrow(
      'periodicCovariance: expected lengthScale to be a scalar, got [2]',
    );
    expect(() => covariances.rationalQuadratic(points, { lengthScale: 1, shape: [1, 2] })).toThrow(
      'rationalQuadratic: expected shape to be a scalar, got [2]',
    );
  });
});

describe.each(tables.processes)('a Gaussian process with $parameters', (entry) => {
  it('has the marginal density and its gradient', async () => {
    const graph = new Graph();
    const parameters = entry.parameters.map((_, k) => graph.input(`p${k}`));
    const [magnitude, lengthScale, sigma] = parameters;
    const k = covariances.squaredExponential(graph.constant(entry.points), { magnitude, lengthScale });
    const factor = x.cholesky(x.addDiagonal(k, x.square(sigma)));
    const z = x.triangularSolve(factor, graph.constant(entry.values));
    const normalisation = entry.points.length * 0.5 * Math.log(2 * Math.PI);
    const value = x.total([x.dot(z, z).mul(-0.5), x.sum(x.log(x.diagonal(factor))).neg(), -normalisation]);
    const density = await compileDensity(value, parameters);
    // Noise of 2⁻¹⁰ leaves a condition of 10⁷.
    const tolerance = entry.parameters[2] > 0.1 ? 1e-13 : 1e-8;
    for (const both of [density.wasm(entry.parameters), density.baseline(entry.parameters)]) {
      expect(Math.abs(both.value / entry.logDensity - 1)).toBeLessThan(tolerance);
      expect(distance(both.gradient, entry.gradient)).toBeLessThan(tolerance);
    }
  });
});
