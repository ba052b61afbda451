/** The price of diamonds from strongly correlated columns, whose covariance the metric learns. */
import { halfStudentT, matmul, matrix, mean, model, normal, slice, studentT, vector } from 'credence';

export default model({ Y: vector('stone'), X: matrix('stone', 'column') })
  // Without the column of ones, and centred, so that the intercept is the mean price.
  .derive('centered', ({ X }) => {
    const columns = slice(X, 1, undefined, 1);
    return columns.sub(mean(columns, 0));
  })
  .param('b', normal(0, 1), { dims: [24] })
  .param('Intercept', studentT(3, 8, 10))
  .param('sigma', halfStudentT(3, 10))
  .observe('Y', ({ b, Intercept, sigma, centered }) => normal(Intercept.add(matmul(centered, b)), sigma));
