/**
 * Coal-mining disasters: when did British mines become safer? (Jarrett 1979; a change point as in Carlin, Gelfand & Smith 1992.)
 *
 * The numbers of explosions that killed ten or more, year by year from 1851 to 1962. Their rate fell once, in a year that
 * is to be found: a discrete parameter, which `metropolis` samples beside the two rates.
 *
 *     credence sample examples/coal-mining.ts --sampler metropolis --draws 10000
 */
import { discreteUniform, exponential, integers, less, model, poisson, select, vector } from 'credence';

export const FIRST_YEAR = 1851;
export const disasters = [
  4, 5, 4, 1, 0, 4, 3, 4, 0, 6, 3, 3, 4, 0, 2, 6, 3, 3, 5, 4, 5, 3, 1, 4, 4, 1, 5, 5, 3, 4, 2, 5, 2, 2, 3, 4,
  2, 1, 3, 2, 2, 1, 1, 1, 1, 3, 0, 0, 1, 0, 1, 1, 0, 0, 3, 1, 0, 3, 2, 2, 0, 1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 2,
  1, 0, 0, 0, 1, 1, 0, 2, 3, 3, 1, 1, 2, 1, 1, 1, 1, 2, 3, 3, 0, 0, 0, 1, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0,
  0, 1, 0, 1,
];
const years = disasters.map((_, i) => FIRST_YEAR + i);

const mining = model({ y: integers('year'), year: vector('year') })
  // The first year of the lower rate; any but the first of all.
  .param('change', discreteUniform(FIRST_YEAR + 1, FIRST_YEAR + disasters.length - 1))
  // Disasters a year, before and after.
  .param('early', exponential(0.5))
  .param('late', exponential(0.5))
  .derive('ratio', ({ early, late }) => late.div(early))
  .observe('y', ({ change, early, late, year }) => poisson(select(less(year, change), early, late)));

export default mining.condition({ y: disasters, year: years });
