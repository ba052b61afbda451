/** Poisson regression with the logarithm as its link. */
import { normal, poissonLog } from '../../src/distributions';
import { integers, matrix, model } from '../../src/model';
import { Kernel } from '../kernel';
import { Generator } from '../random';
import type { HandWritten, Subject } from '../subject';
import { HALF_LOG_TWO_PI } from './constants';
import { addFour, inBlocksOfEight, predictFour } from './design';

export function poisson(rows: number, columns: number): Subject {
  const random = new Generator(4);
  const x = random.normals(rows * columns);
  const truth = random.normals(columns, 0.2);
  const y = Float64Array.from({ length: rows }, (_, i) => {
    let eta = 0;
    for (let j = 0; j < columns; j++) eta += x[i * columns + j] * truth[j];
    return random.poisson(Math.exp(eta));
  });
  // Σ log y! depends on data alone.
  const factorials = y.reduce((sum, count) => {
    for (let k = 2; k <= count; k++) sum += Math.log(k);
    return sum;
  }, 0);
  const design = Array.from({ length: rows }, (_, i) => x.subarray(i * columns, (i + 1) * columns));
  const posterior = model({ x: matrix('row', 'column'), y: integers('row') })
    .param('beta', normal(0, 1), { dims: ['column'] })
    .observe('y', ({ x, beta }) => poissonLog(x.matmul(beta)))
    .condition({ x: design, y });
  return {
    posterior,
    typescript: typescript(x, y, columns, factorials),
    fused: {
      kernel: Kernel.Poisson,
      numbers: [rows / 8, columns],
      arrays: [
        inBlocksOfEight(x, rows, columns),
        y,
        Float64Array.of(-factorials),
        new Float64Array(2 * columns + 64),
      ],
    },
    stan: {
      program: 'poisson',
      data: { N: rows, K: columns, x: { values: x, shape: [rows, columns] }, y },
    },
    position: truth.map((value) => value + 0.05 * random.normal()),
  };
}

function typescript(x: Float64Array, y: Float64Array, columns: number, factorials: number): HandWritten {
  const rows = y.length;
  const eta = new Float64Array(4);
  return (beta, gradient) => {
    for (let j = 0; j < columns; j++) gradient[j] = 0;
    let value = -factorials;
    for (let i = 0; i < rows; i += 4) {
      predictFour(x, i, columns, beta, eta);
      for (let r = 0; r < 4; r++) {
        const h = eta[r];
        const rate = Math.exp(h);
        value += y[i + r] * h - rate;
        eta[r] = y[i + r] - rate;
      }
      addFour(x, i, columns, eta, gradient);
    }
    for (let j = 0; j < columns; j++) {
      value -= 0.5 * beta[j] * beta[j] + HALF_LOG_TWO_PI;
      gradient[j] -= beta[j];
    }
    return value;
  };
}
