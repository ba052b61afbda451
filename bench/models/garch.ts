/** GARCH(1, 1): a variance that each time hands to the next. */
import { flat, normal } from '../../src/distributions';
import { scan, square } from '../../src/expr';
import { model, scalar, vector } from '../../src/model';
import { Generator } from '../random';
import type { HandWritten, Subject } from '../subject';
import { HALF_LOG_TWO_PI } from './constants';

const garchModel = model({ y: vector('time'), sigma1: scalar() })
  .param('mu', flat())
  .param('alpha0', flat({ lower: 0 }))
  .param('alpha1', flat({ lower: 0, upper: 1 }))
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

export function garch(times: number): Subject {
  const sigma1 = 0.5;
  const y = simulate(times, sigma1);
  return {
    posterior: garchModel.condition({ y, sigma1 }),
    typescript: typescript(y, sigma1),
    stan: { program: 'garch', data: { T: times, y, sigma1 } },
    // mu, log alpha0, logit alpha1, logit of beta1's part of what alpha1 leaves
    position: Float64Array.of(0.2, -1.6, -0.8, 0.3),
  };
}

function simulate(times: number, sigma1: number): Float64Array {
  const random = new Generator(7);
  let variance = sigma1 * sigma1;
  return Float64Array.from({ length: times }, () => {
    const shock = Math.sqrt(variance) * random.normal();
    variance = 0.2 + 0.3 * shock * shock + 0.4 * variance;
    return 0.2 + shock;
  });
}

/** Variances whose product is taken before a logarithm: none is so far from 1 that four leave the range of numbers. */
const FACTORS = 4;

/** Forwards for the variances, backwards for their adjoints. */
function typescript(y: Float64Array, sigma1: number): HandWritten {
  const times = y.length;
  const variances = new Float64Array(times);
  return (position, gradient) => {
    const mu = position[0];
    const alpha0 = Math.exp(position[1]);
    const alpha1 = 1 / (1 + Math.exp(-position[2]));
    const part = 1 / (1 + Math.exp(-position[3]));
    const beta1 = (1 - alpha1) * part;

    let variance = sigma1 * sigma1;
    let logs = 0;
    let product = 1;
    for (let t = 0; t < times; t++) {
      const shock = y[t] - mu;
      variances[t] = variance;
      product *= variance;
      if (t % FACTORS === FACTORS - 1) {
        logs += Math.log(product);
        product = 1;
      }
      variance = alpha0 + alpha1 * shock * shock + beta1 * variance;
    }
    logs += Math.log(product);

    let squares = 0;
    let slopeMu = 0;
    let slopeAlpha0 = 0;
    let slopeAlpha1 = 0;
    let slopeBeta1 = 0;
    let adjoint = 0;
    for (let t = times - 1; t >= 0; t--) {
      const shock = y[t] - mu;
      // What the next variance passes back to this time, before this time adds its own.
      slopeAlpha0 += adjoint;
      slopeAlpha1 += adjoint * shock * shock;
      slopeBeta1 += adjoint * variances[t];
      slopeMu -= 2 * adjoint * alpha1 * shock;
      const precision = 1 / variances[t];
      const scaled = shock * precision;
      squares += shock * scaled;
      slopeMu += scaled;
      adjoint = beta1 * adjoint + 0.5 * (scaled * scaled - precision);
    }

    gradient[0] = slopeMu;
    gradient[1] = alpha0 * slopeAlpha0 + 1;
    gradient[2] = alpha1 * (1 - alpha1) * (slopeAlpha1 - part * slopeBeta1) + 1 - 3 * alpha1;
    gradient[3] = beta1 * (1 - part) * slopeBeta1 + 1 - 2 * part;
    const jacobians =
      position[1] + Math.log(alpha1) + 2 * Math.log1p(-alpha1) + Math.log(part) + Math.log1p(-part);
    return jacobians - 0.5 * (squares + logs) - times * HALF_LOG_TWO_PI;
  };
}
