/** Earnings on the log scale: `derive` makes transformed data, which can be observed like any other. */
import { flat, log, model, normal, vector } from 'credence';

export default model({ earn: vector('person'), height: vector('person'), male: vector('person') })
  .derive('logEarn', ({ earn }) => log(earn))
  .param('beta', flat(), { dims: [4] })
  .param('sigma', flat({ lower: 0 }))
  .observe('logEarn', ({ beta, sigma, height, male }) => {
    const women = beta.at(0).add(beta.at(1).mul(height));
    const difference = beta.at(2).add(beta.at(3).mul(height));
    return normal(women.add(difference.mul(male)), sigma);
  });
