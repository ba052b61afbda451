/** Party identification from ideology, race, age, schooling, gender and income (Gelman & Hill 2006, §4.7). */
import { equal, flat, model, normal, slice, stack, vector } from 'credence';

export default model({
  partyid7: vector('person'),
  real_ideo: vector('person'),
  race_adj: vector('person'),
  age_discrete: vector('person'),
  educ1: vector('person'),
  gender: vector('person'),
  income: vector('person'),
})
  .param('beta', flat(), { dims: [9] })
  .param('sigma', flat({ lower: 0 }))
  .observe('partyid7', ({ beta, sigma, real_ideo, race_adj, age_discrete, educ1, gender, income }) => {
    // An indicator for each age group but the first.
    const age = [2, 3, 4].map((group) => equal(age_discrete, group));
    const rows = stack([real_ideo, race_adj, ...age, educ1, gender, income]);
    return normal(beta.at(0).add(slice(beta, 1).matmul(rows)), sigma);
  });
