/** Item response with two parameters an item: discrimination and difficulty, and an ability a person. */
import { bernoulliLogit, halfCauchy, logNormal, normal } from '../../src/distributions';
import { reshape } from '../../src/expr';
import { integers, model } from '../../src/model';
import { Generator } from '../random';
import type { HandWritten, Subject } from '../subject';
import { HALF_LOG_TWO_PI } from './constants';

const itemResponseModel = model({ y: integers('item', 'person') })
  .param('abilitySpread', halfCauchy(2))
  .param('ability', ({ abilitySpread }) => normal(0, abilitySpread), { dims: ['person'] })
  .param('discriminationSpread', halfCauchy(2))
  .param('discrimination', ({ discriminationSpread }) => logNormal(0, discriminationSpread), {
    dims: ['item'],
  })
  .param('meanDifficulty', normal(0, 5))
  .param('difficultySpread', halfCauchy(2))
  .param('difficulty', ({ meanDifficulty, difficultySpread }) => normal(meanDifficulty, difficultySpread), {
    dims: ['item'],
  })
  .observe('y', ({ ability, discrimination, difficulty }) =>
    bernoulliLogit(reshape(discrimination, [-1, 1]).mul(ability.sub(reshape(difficulty, [-1, 1])))),
  );

export function itemResponse(items: number, persons: number): Subject {
  const random = new Generator(8);
  const ability = random.normals(persons);
  const logDiscrimination = random.normals(items, 0.4);
  const difficulty = random.normals(items);
  const y = Array.from({ length: items }, (_, i) =>
    Int32Array.from(ability, (theta) => {
      const eta = Math.exp(logDiscrimination[i]) * (theta - difficulty[i]);
      return random.uniform() * (1 + Math.exp(-eta)) < 1 ? 1 : 0;
    }),
  );
  const flatY = Float64Array.from(y.flatMap((row) => [...row]));
  return {
    posterior: itemResponseModel.condition({ y: y.map((row) => [...row]) }),
    typescript: typescript(flatY, items, persons),
    stan: {
      program: 'item-response',
      data: { I: items, J: persons, y: { values: flatY, shape: [items, persons] } },
    },
    position: Float64Array.of(0.1, ...ability, -0.8, ...logDiscrimination, 0.1, -0.1, ...difficulty),
  };
}

/** Position: log spread and abilities, log spread and logs of discriminations, mean, log spread and difficulties. */
function typescript(y: Float64Array, items: number, persons: number): HandWritten {
  const abilityAt = 1;
  const discriminationAt = abilityAt + persons + 1;
  const meanAt = discriminationAt + items;
  const difficultyAt = meanAt + 2;
  const constant = -Math.log(5) - HALF_LOG_TWO_PI;
  return (position, gradient) => {
    const mean = position[meanAt];
    let value = constant - (mean * mean) / 50;
    value += group(position, gradient, abilityAt, persons, 0);
    // A log-normal's logarithm is normal: its Jacobian takes away what the density has besides.
    value += group(position, gradient, discriminationAt, items, 0);
    value += group(position, gradient, difficultyAt, items, mean);
    let slopeMean = -mean / 25;
    for (let i = 0; i < items; i++) slopeMean -= gradient[difficultyAt + i];
    gradient[meanAt] = slopeMean;

    for (let i = 0; i < items; i++) {
      const discrimination = Math.exp(position[discriminationAt + i]);
      const difficulty = position[difficultyAt + i];
      const row = i * persons;
      let product = 1;
      let sum = 0;
      let sumOfProducts = 0;
      for (let j = 0; j < persons; j++) {
        const distance = position[abilityAt + j] - difficulty;
        const eta = discrimination * distance;
        const outcome = y[row + j];
        const e = Math.exp(eta > 0 ? -eta : eta);
        const q = 1 + e;
        // Σ log(1 + e) is the logarithm of a product, taken once an item: it is at most 2^persons.
        product *= q;
        value += outcome * eta - (eta > 0 ? eta : 0);
        const slope = outcome - (eta > 0 ? 1 : e) / q;
        sum += slope;
        sumOfProducts += slope * distance;
        gradient[abilityAt + j] += discrimination * slope;
      }
      value -= Math.log(product);
      gradient[discriminationAt + i] += discrimination * sumOfProducts;
      gradient[difficultyAt + i] -= discrimination * sum;
    }
    return value;
  };
}

/** Members of a group about a mean, with the half-Cauchy prior of their spread, whose logarithm stands before them. */
function group(
  position: Float64Array,
  gradient: Float64Array,
  from: number,
  count: number,
  mean: number,
): number {
  const logSpread = position[from - 1];
  const spread = Math.exp(logSpread);
  const precision = 1 / (spread * spread);
  let squares = 0;
  for (let i = from; i < from + count; i++) {
    const distance = position[i] - mean;
    squares += distance * distance;
    gradient[i] = -precision * distance;
  }
  const ratio = (spread * spread) / 4;
  gradient[from - 1] = precision * squares - count + 1 - (2 * ratio) / (1 + ratio);
  const prior = logSpread - Math.log1p(ratio) - Math.log(Math.PI);
  return prior - 0.5 * precision * squares - count * (logSpread + HALF_LOG_TWO_PI);
}
