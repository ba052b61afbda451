/** Children's test scores from their mothers' IQ: the simplest regression (Gelman & Hill 2006, §3.1). */
import { flat, halfCauchy, model, normal, vector } from 'credence';

export default model({ kid_score: vector('child'), mom_iq: vector('child') })
  .param('beta', flat(), { dims: [2] })
  .param('sigma', halfCauchy(2.5))
  .observe('kid_score', ({ beta, sigma, mom_iq }) => normal(beta.at(0).add(beta.at(1).mul(mom_iq)), sigma));
