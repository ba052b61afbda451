/** Hessian, Cholesky factor and draws in plain TypeScript, by the straightforward loops. */
import { BaselineProgram } from '../src/backend/baseline';
import { objectiveTarget } from '../src/inference/optimize/objective';
import type { Posterior } from '../src/model';

export interface BaselineSeconds {
  readonly hessian: number;
  readonly factor: number;
  /** Draws with their log densities. */
  readonly draws: number;
}

/** Times the steps of a full Laplace approximation at a mode. */
export function baselineLaplace(posterior: Posterior, mode: Float64Array, draws: number): BaselineSeconds {
  const n = mode.length;
  const target = objectiveTarget(posterior, 'density', { products: true, pullback: false });
  const program = new BaselineProgram(target.program);
  const began = performance.now();
  const A = Array.from({ length: n }, () => new Float64Array(n));
  const input = new Float64Array(2 * n);
  input.set(mode);
  for (let i = 0; i < n; i++) {
    input[n + i] = 1;
    program.call('hessianVector', input, A[i]);
    input[n + i] = 0;
    for (let j = 0; j < n; j++) A[i][j] = -A[i][j];
  }
  const factored = performance.now();
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const [a, b] = [A[i], A[j]];
      let rest = a[j];
      for (let k = 0; k < j; k++) rest -= a[k] * b[k];
      a[j] = i === j ? Math.sqrt(rest) : rest / b[j];
    }
  }
  const drawing = performance.now();
  const x = new Float64Array(n);
  const gradient = new Float64Array(n);
  for (let draw = 0; draw < draws; draw++) {
    // Box and Muller's normals; L⁻ᵀz by back substitution, row by row.
    for (let i = 0; i < n; i++) {
      x[i] = Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
    }
    for (let i = n - 1; i >= 0; i--) {
      const row = A[i];
      const value = (x[i] /= row[i]);
      for (let k = 0; k < i; k++) x[k] -= value * row[k];
    }
    for (let i = 0; i < n; i++) x[i] += mode[i];
    program.density(x, gradient);
  }
  const end = performance.now();
  return {
    hessian: (factored - began) / 1000,
    factor: (drawing - factored) / 1000,
    draws: (end - drawing) / 1000,
  };
}
