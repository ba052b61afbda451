/** Is summer in Kilpisjärvi getting warmer? A trend with priors that come with the data. */
import { flat, model, normal, scalar, vector } from 'credence';

export default model({
  x: vector('year'),
  y: vector('year'),
  pmualpha: scalar(),
  psalpha: scalar(),
  pmubeta: scalar(),
  psbeta: scalar(),
})
  .param('alpha', ({ pmualpha, psalpha }) => normal(pmualpha, psalpha))
  .param('beta', ({ pmubeta, psbeta }) => normal(pmubeta, psbeta))
  .param('sigma', flat({ lower: 0 }))
  .observe('y', ({ alpha, beta, sigma, x }) => normal(alpha.add(beta.mul(x)), sigma));
