/** A hidden Markov model: two states that cannot be seen, summed out by the forward algorithm. */
import { flat, hmmMarginal, model, normal, positiveOrdered, reshape, simplex, stack, vector } from 'credence';

export default model({ y: vector('time') })
  // Where the chain goes from either state.
  .param('theta1', flat(), { dims: [2], constraint: simplex })
  .param('theta2', flat(), { dims: [2], constraint: simplex })
  .param('mu', normal([3, 10], 1), { dims: [2], constraint: positiveOrdered })
  .logDensity(
    'series',
    ({ y, theta1, theta2, mu }) => {
      const emission = normal(mu, 1).logDensity(reshape(y, [y.size, 1]));
      // Unnormalised start, as in the collection: either state, with weight one.
      return hmmMarginal(emission, stack([theta1, theta2]), [1, 1]);
    },
    { role: 'likelihood' },
  );
