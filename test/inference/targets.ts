/** Densities with known moments. */
import { fromFunction } from '../../src/inference';

/** Lower Cholesky factor of the covariance below. */
const L = [
  [1, 0, 0],
  [1.6, 1.2, 0],
  [-0.3, 0.2, 0.1],
];
export const MEAN = [1, -2, 0.5];
export const COVARIANCE = L.map((a) => L.map((b) => a.reduce((sum, x, k) => sum + x * b[k], 0)));

/** A Gaussian in three dimensions with correlations 0.8, −0.8 and −0.32 or so, and scales from 0.4 to 2. */
export const correlated = fromFunction({
  parameters: { level: [], slope: [2] },
  density(x, gradient) {
    // z = L⁻¹ (x − mean); gradient = −L⁻ᵀ z.
    const z = [0, 0, 0];
    for (let i = 0; i < 3; i++) {
      let rest = x[i] - MEAN[i];
      for (let j = 0; j < i; j++) rest -= L[i][j] * z[j];
      z[i] = rest / L[i][i];
    }
    for (let i = 2; i >= 0; i--) {
      let rest = -z[i];
      for (let j = i + 1; j < 3; j++) rest -= L[j][i] * gradient[j];
      gradient[i] = rest / L[i][i];
    }
    return -(z[0] ** 2 + z[1] ** 2 + z[2] ** 2) / 2;
  },
});

/** Ten independent standard normals. */
export const standard = fromFunction({
  dimension: 10,
  density(x, gradient) {
    let value = 0;
    for (let i = 0; i < 10; i++) {
      value -= (x[i] * x[i]) / 2;
      gradient[i] = -x[i];
    }
    return value;
  },
});

/**
 * Neal's funnel: v ~ N(0, 3), x ~ N(0, exp(v/2)) in nine dimensions; too steep in its neck for any one step
 * size.
 */
export const funnel = fromFunction({
  parameters: { v: [], x: [9] },
  density(x, gradient) {
    const v = x[0];
    const precision = Math.exp(-v);
    let squares = 0;
    for (let i = 1; i < 10; i++) {
      squares += x[i] * x[i];
      gradient[i] = -x[i] * precision;
    }
    gradient[0] = -v / 9 - 4.5 + (squares * precision) / 2;
    return (-v * v) / 18 - 4.5 * v - (squares * precision) / 2;
  },
});
