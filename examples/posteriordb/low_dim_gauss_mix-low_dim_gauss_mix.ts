/** Two overlapping groups. Which one a point came from is summed out; ordered means keep the labels apart. */
import { beta, halfNormal, mixture, model, normal, ordered, vector } from 'credence';

export default model({ y: vector('point') })
  .param('mu', normal(0, 2), { dims: [2], constraint: ordered })
  .param('sigma', halfNormal(2), { dims: [2] })
  .param('theta', beta(5, 5))
  .observe('y', ({ mu, sigma, theta }) =>
    mixture([theta, theta.neg().add(1)], [normal(mu.at(0), sigma.at(0)), normal(mu.at(1), sigma.at(1))]),
  );
