/** Multinomial logistic regression: a softmax of linear predictors for each row. */
import { categoricalLogit, normal } from '../../src/distributions';
import { integers, matrix, model } from '../../src/model';
import { Generator } from '../random';
import type { Subject } from '../subject';

export function multinomialLogit(rows: number, columns: number, classes: number): Subject {
  const random = new Generator(14);
  const x = random.normals(rows * columns);
  const truth = random.normals(columns * classes, 0.7);
  const y = Int32Array.from({ length: rows }, (_, i) => {
    // The largest of predictors with Gumbel noise has the probabilities of their softmax.
    let best = 0;
    let highest = -Infinity;
    for (let k = 0; k < classes; k++) {
      let eta = -Math.log(-Math.log(random.uniform() + 2 ** -40));
      for (let j = 0; j < columns; j++) eta += x[i * columns + j] * truth[j * classes + k];
      if (eta > highest) {
        highest = eta;
        best = k;
      }
    }
    return best;
  });
  const design = Array.from({ length: rows }, (_, i) => x.subarray(i * columns, (i + 1) * columns));
  const posterior = model({ x: matrix('row', 'column'), y: integers('row') })
    .param('beta', normal(0, 2), { dims: ['column', classes] })
    .observe('y', ({ x, beta }) => categoricalLogit(x.matmul(beta)))
    .condition({ x: design, y: [...y] });
  return {
    posterior,
    stan: {
      program: 'multinomial-logit',
      data: {
        N: rows,
        D: columns,
        K: classes,
        x: { values: x, shape: [rows, columns] },
        y: y.map((chosen) => chosen + 1),
      },
    },
    position: truth.map((value) => value + 0.1 * random.normal()),
  };
}
