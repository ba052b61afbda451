/** Volatility that remembers: GARCH(1, 1). The variance is a state that a scan hands from each time to the next. */
import { flat, model, normal, scalar, scan, square, vector } from 'credence';

export default model({ y: vector('time'), sigma1: scalar() })
  .param('mu', flat())
  .param('alpha0', flat({ lower: 0 }))
  .param('alpha1', flat({ lower: 0, upper: 1 }))
  // A bound may depend on other parameters.
  .param('beta1', ({ alpha1 }) => flat({ lower: 0, upper: alpha1.neg().add(1) }))
  .observe('y', ({ y, sigma1, mu, alpha0, alpha1, beta1 }) => {
    const { results } = scan(
      { initial: { variance: square(sigma1) }, over: { shock: y.sub(mu) } },
      ({ variance }, { shock }) => ({
        state: { variance: alpha0.add(alpha1.mul(shock.square())).add(beta1.mul(variance)) },
        results: { variance },
      }),
    );
    return normal(mu, results.variance.sqrt());
  });
