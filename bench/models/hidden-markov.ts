/** Two hidden states, summed out, and normal observations of them. */
import { flat, normal } from '../../src/distributions';
import { hmmMarginal, reshape, stack } from '../../src/expr';
import { model, vector } from '../../src/model';
import { positiveOrdered, simplex } from '../../src/transforms';
import { Generator } from '../random';
import type { Subject } from '../subject';

const hiddenMarkovModel = model({ y: vector('time') })
  .param('theta1', flat(), { dims: [2], constraint: simplex })
  .param('theta2', flat(), { dims: [2], constraint: simplex })
  .param('mu', normal([3, 10], 1), { dims: [2], constraint: positiveOrdered })
  .logDensity(
    'series',
    ({ y, theta1, theta2, mu }) => {
      const emission = normal(mu, 1).logDensity(reshape(y, [y.size, 1]));
      return hmmMarginal(emission, stack([theta1, theta2]), [0.5, 0.5]);
    },
    { role: 'likelihood' },
  );

export function hiddenMarkov(times: number): Subject {
  const random = new Generator(10);
  let state = 0;
  const y = Float64Array.from({ length: times }, () => {
    if (random.uniform() < (state === 0 ? 0.3 : 0.1)) state = 1 - state;
    return (state === 0 ? 3 : 9) + random.normal();
  });
  return {
    posterior: hiddenMarkovModel.condition({ y }),
    stan: { program: 'hidden-markov', data: { T: times, y } },
    // Log-ratios of the two ways out of either state, log of the lower mean, log of the distance to the higher.
    position: Float64Array.of(0.6, -1.4, 1.1, 1.8),
  };
}
