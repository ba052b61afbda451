/** Logistic regression: an exponential and two passes over a row of the design for each outcome. */
import { bernoulliLogit, normal } from '../../src/distributions';
import { integers, matrix, model } from '../../src/model';
import { Kernel } from '../kernel';
import { Generator } from '../random';
import type { HandWritten, Subject } from '../subject';
import { HALF_LOG_TWO_PI } from './constants';
import { addFour, inBlocksOfEight, predictFour } from './design';

export function logistic(rows: number, columns: number): Subject {
  const random = new Generator(3);
  const x = random.normals(rows * columns);
  const truth = random.normals(columns, 0.5);
  const y = Float64Array.from({ length: rows }, (_, i) => {
    let eta = 0;
    for (let j = 0; j < columns; j++) eta += x[i * columns + j] * truth[j];
    return random.uniform() * (1 + Math.exp(-eta)) < 1 ? 1 : 0;
  });
  const design = Array.from({ length: rows }, (_, i) => x.subarray(i * columns, (i + 1) * columns));
  const posterior = model({ x: matrix('row', 'column'), y: integers('row') })
    .param('beta', normal(0, 1), { dims: ['column'] })
    .observe('y', ({ x, beta }) => bernoulliLogit(x.matmul(beta)))
    .condition({ x: design, y });
  return {
    posterior,
    typescript: typescript(x, y, columns),
    fused: {
      kernel: Kernel.Logistic,
      numbers: [rows / 8, columns],
      arrays: [inBlocksOfEight(x, rows, columns), y, new Float64Array(1), new Float64Array(2 * columns + 64)],
    },
    stan: {
      program: 'logistic',
      data: { N: rows, K: columns, x: { values: x, shape: [rows, columns] }, y },
    },
    position: truth.map((value) => value + 0.1 * random.normal()),
  };
}

/** A product of this many numbers in (1, 2] stays below 2¹⁰²³. */
const PRODUCT_LIMIT = 1000;

function typescript(x: Float64Array, y: Float64Array, columns: number): HandWritten {
  const rows = y.length;
  const eta = new Float64Array(4);
  return (beta, gradient) => {
    for (let j = 0; j < columns; j++) gradient[j] = 0;
    let value = 0;
    let product = 1;
    let factors = 0;
    for (let i = 0; i < rows; i += 4) {
      predictFour(x, i, columns, beta, eta);
      for (let r = 0; r < 4; r++) {
        const h = eta[r];
        const outcome = y[i + r];
        const e = Math.exp(h > 0 ? -h : h);
        const q = 1 + e;
        // Σ log(1 + e) is the logarithm of a product, taken once in a while.
        product *= q;
        value += outcome * h - (h > 0 ? h : 0);
        eta[r] = outcome - (h > 0 ? 1 : e) / q;
      }
      if ((factors += 4) === PRODUCT_LIMIT) {
        value -= Math.log(product);
        product = 1;
        factors = 0;
      }
      addFour(x, i, columns, eta, gradient);
    }
    value -= Math.log(product);
    for (let j = 0; j < columns; j++) {
      value -= 0.5 * beta[j] * beta[j] + HALF_LOG_TWO_PI;
      gradient[j] -= beta[j];
    }
    return value;
  };
}
