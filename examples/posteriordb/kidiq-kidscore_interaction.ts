/** Does the effect of a mother's IQ differ with her schooling? A regression with an interaction (Gelman & Hill 2006, §3.3). */
import { flat, halfCauchy, model, normal, vector } from 'credence';

export default model({ kid_score: vector('child'), mom_iq: vector('child'), mom_hs: vector('child') })
  .param('beta', flat(), { dims: [4] })
  .param('sigma', halfCauchy(2.5))
  .observe('kid_score', ({ beta, sigma, mom_iq, mom_hs }) => {
    const level = beta.at(0).add(beta.at(1).mul(mom_hs));
    const slope = beta.at(2).add(beta.at(3).mul(mom_hs));
    return normal(level.add(slope.mul(mom_iq)), sigma);
  });
