/** The weight of mesquite bushes from their volume, area and shape, all on the log scale (Gelman & Hill 2006, §4.6). */
import { flat, log, matmul, model, normal, slice, stack, transpose, vector } from 'credence';

export default model({
  weight: vector('bush'),
  diam1: vector('bush'),
  diam2: vector('bush'),
  canopy_height: vector('bush'),
  total_height: vector('bush'),
  group: vector('bush'),
})
  .derive('logWeight', ({ weight }) => log(weight))
  // What depends on data alone is computed once, here a design matrix.
  .derive('design', ({ diam1, diam2, canopy_height, total_height, group }) => {
    const volume = log(diam1.mul(diam2).mul(canopy_height));
    const area = log(diam1.mul(diam2));
    const shape = log(diam1.div(diam2));
    return transpose(stack([volume, area, shape, log(total_height), group]));
  })
  .param('beta', flat(), { dims: [6] })
  .param('sigma', flat({ lower: 0 }))
  .observe('logWeight', ({ beta, sigma, design }) =>
    normal(beta.at(0).add(matmul(design, slice(beta, 1))), sigma),
  );
