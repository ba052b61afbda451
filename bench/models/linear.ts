/** A linear regression of the shape of the 1980 election study: nine coefficients, summed column by column. */
import { flat, normal } from '../../src/distributions';
import { equal, slice, stack } from '../../src/expr';
import { model, vector } from '../../src/model';
import { Generator } from '../random';
import type { HandWritten, Subject } from '../subject';
import { HALF_LOG_TWO_PI } from './constants';
import { addFour, predictFour } from './design';

const COLUMNS = 9;
const truth = [1.7, 0.5, -1.1, -0.1, -0.3, -0.2, 0.3, -0.1, 0.2];

const study = model({
  y: vector('person'),
  ideology: vector('person'),
  race: vector('person'),
  age: vector('person'),
  schooling: vector('person'),
  gender: vector('person'),
  income: vector('person'),
})
  .param('beta', flat(), { dims: [COLUMNS] })
  .param('sigma', flat({ lower: 0 }))
  .observe('y', ({ beta, sigma, ideology, race, age, schooling, gender, income }) => {
    const ages = [2, 3, 4].map((group) => equal(age, group));
    const rows = stack([ideology, race, ...ages, schooling, gender, income]);
    return normal(beta.at(0).add(slice(beta, 1).matmul(rows)), sigma);
  });

export function linear(people: number): Subject {
  const random = new Generator(12);
  const category = (count: number) =>
    Float64Array.from({ length: people }, () => 1 + Math.floor(count * random.uniform()));
  const data = {
    ideology: category(7),
    race: category(2),
    age: category(4),
    schooling: category(4),
    gender: category(2),
    income: category(5),
  };
  const { ideology, race, age, schooling, gender, income } = data;
  const x = new Float64Array(people * COLUMNS);
  const y = Float64Array.from({ length: people }, (_, i) => {
    const ages = [2, 3, 4].map((group) => (age[i] === group ? 1 : 0));
    const row = [1, ideology[i], race[i], ...ages, schooling[i], gender[i], income[i]];
    x.set(row, i * COLUMNS);
    return row.reduce((sum, value, j) => sum + value * truth[j], 1.9 * random.normal());
  });
  return {
    posterior: study.condition({ y, ...data }),
    typescript: typescript(x, y),
    stan: { program: 'linear', data: { N: people, y, ...data } },
    position: Float64Array.of(...truth.map((value) => value + 0.03 * random.normal()), 0.6),
  };
}

/** Position: coefficients, log sigma. */
function typescript(design: Float64Array, observed: Float64Array): HandWritten {
  const rows = observed.length;
  const whole = 4 * Math.ceil(rows / 4);
  // Rows of zeros change no sum.
  const x = new Float64Array(whole * COLUMNS);
  const y = new Float64Array(whole);
  x.set(design);
  y.set(observed);
  const residual = new Float64Array(4);
  return (position, gradient) => {
    gradient.fill(0);
    let squares = 0;
    for (let i = 0; i < whole; i += 4) {
      predictFour(x, i, COLUMNS, position, residual);
      for (let r = 0; r < 4; r++) {
        const left = y[i + r] - residual[r];
        residual[r] = left;
        squares += left * left;
      }
      addFour(x, i, COLUMNS, residual, gradient);
    }
    const logSigma = position[COLUMNS];
    const precision = Math.exp(-2 * logSigma);
    for (let j = 0; j < COLUMNS; j++) gradient[j] *= precision;
    gradient[COLUMNS] = precision * squares - rows + 1;
    return -0.5 * precision * squares - rows * (logSigma + HALF_LOG_TWO_PI) + logSigma;
  };
}
