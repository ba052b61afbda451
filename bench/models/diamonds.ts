/** A regression of the shape of the price of diamonds: 24 correlated columns, centred, with normal priors. */
import { halfStudentT, normal, studentT } from '../../src/distributions';
import { matmul, mean } from '../../src/expr';
import { matrix, model, vector } from '../../src/model';
import { Generator } from '../random';
import type { Subject } from '../subject';

const COLUMNS = 24;

const diamondsModel = model({ y: vector('stone'), x: matrix('stone', 'column') })
  .derive('centred', ({ x }) => x.sub(mean(x, 0)))
  .param('b', normal(0, 1), { dims: [COLUMNS] })
  .param('intercept', studentT(3, 8, 10))
  .param('sigma', halfStudentT(3, 10))
  .observe('y', ({ b, intercept, sigma, centred }) => normal(intercept.add(matmul(centred, b)), sigma));

export function diamonds(stones: number): Subject {
  const random = new Generator(13);
  const weights = random.normals(COLUMNS, 0.3);
  const values = new Float64Array(stones * COLUMNS);
  const y = Float64Array.from({ length: stones }, (_, i) => {
    const common = random.normal();
    let price = 7.8;
    for (let j = 0; j < COLUMNS; j++) {
      const value = 0.97 * common + 0.25 * random.normal();
      values[i * COLUMNS + j] = value;
      price += weights[j] * value;
    }
    return price + 0.13 * random.normal();
  });
  const x = Array.from({ length: stones }, (_, i) => values.subarray(i * COLUMNS, (i + 1) * COLUMNS));
  return {
    posterior: diamondsModel.condition({ y, x }),
    stan: {
      program: 'diamonds',
      data: { N: stones, K: COLUMNS, x: { values, shape: [stones, COLUMNS] }, y },
    },
    position: Float64Array.of(...weights.map((value) => value + 0.002 * random.normal()), 7.8, -2),
  };
}
