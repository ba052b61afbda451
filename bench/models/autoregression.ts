/** AR(5): each value from the five before it. */
import { autoregressive, halfCauchy, normal } from '../../src/distributions';
import { model, vector } from '../../src/model';
import { Generator } from '../random';
import type { HandWritten, Subject } from '../subject';
import { HALF_LOG_TWO_PI } from './constants';

const ORDER = 5;
const truth = [0.5, -0.2, 0.1, 0.15, -0.1];

const autoregressionModel = model({ y: vector('time') })
  .param('alpha', normal(0, 10))
  .param('beta', normal(0, 10), { dims: [ORDER] })
  .param('sigma', halfCauchy(2.5))
  .observe('y', ({ alpha, beta, sigma }) => autoregressive(beta, sigma, { intercept: alpha }));

export function autoregression(times: number): Subject {
  const random = new Generator(9);
  const y = random.normals(times);
  for (let t = ORDER; t < times; t++) {
    y[t] = 0.3 + 0.8 * y[t];
    truth.forEach((weight, k) => (y[t] += weight * y[t - 1 - k]));
  }
  return {
    posterior: autoregressionModel.condition({ y }),
    typescript: typescript(y),
    stan: { program: 'autoregression', data: { T: times, K: ORDER, y } },
    position: Float64Array.of(0.25, ...truth.map((weight) => 0.9 * weight), -0.3),
  };
}

/** The five lags are written out, as the loop over them costs more than they do. */
function typescript(y: Float64Array): HandWritten {
  const times = y.length;
  const count = times - ORDER;
  return (position, gradient) => {
    const [alpha, b1, b2, b3, b4, b5, logSigma] = position;
    let squares = 0;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let s4 = 0;
    let s5 = 0;
    for (let t = ORDER; t < times; t++) {
      const y1 = y[t - 1];
      const y2 = y[t - 2];
      const y3 = y[t - 3];
      const y4 = y[t - 4];
      const y5 = y[t - 5];
      const r = y[t] - alpha - b1 * y1 - b2 * y2 - (b3 * y3 + b4 * y4 + b5 * y5);
      squares += r * r;
      s0 += r;
      s1 += r * y1;
      s2 += r * y2;
      s3 += r * y3;
      s4 += r * y4;
      s5 += r * y5;
    }
    const sigma = Math.exp(logSigma);
    const precision = 1 / (sigma * sigma);
    const ratio = (sigma * sigma) / 6.25;
    gradient[0] = precision * s0 - alpha / 100;
    gradient[1] = precision * s1 - b1 / 100;
    gradient[2] = precision * s2 - b2 / 100;
    gradient[3] = precision * s3 - b3 / 100;
    gradient[4] = precision * s4 - b4 / 100;
    gradient[5] = precision * s5 - b5 / 100;
    gradient[6] = precision * squares - count + 1 - (2 * ratio) / (1 + ratio);
    const coefficients = alpha * alpha + b1 * b1 + b2 * b2 + b3 * b3 + b4 * b4 + b5 * b5;
    const prior = -coefficients / 200 - 6 * (Math.log(10) + HALF_LOG_TWO_PI);
    const spread = Math.log(2 / (2.5 * Math.PI)) - Math.log1p(ratio) + logSigma;
    return prior + spread - 0.5 * precision * squares - count * (logSigma + HALF_LOG_TWO_PI);
  };
}
