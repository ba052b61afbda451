/** Eight schools, non-centred (Rubin 1981): so small that only overheads count. */
import { halfCauchy, normal } from '../../src/distributions';
import { model, vector } from '../../src/model';
import { Kernel } from '../kernel';
import { Generator } from '../random';
import type { HandWritten, Subject } from '../subject';
import { HALF_LOG_TWO_PI } from './constants';

const y = [28, 8, -3, 7, -1, 1, 18, 12];
const sigma = [15, 10, 16, 11, 9, 11, 10, 18];

/** The model, before it meets its data. */
export const schools = model({ y: vector('school'), sigma: vector('school') })
  .param('mu', normal(0, 5))
  .param('tau', halfCauchy(5))
  .param('effect', ({ mu, tau }) => normal(mu, tau), { dims: ['school'], noncentered: true })
  .observe('y', ({ effect, sigma }) => normal(effect, sigma));

export const schoolsData = { y, sigma };

export function eightSchools(): Subject {
  const inverse = Float64Array.from(sigma, (s) => 1 / s);
  const constant = Float64Array.of(constantOf());
  return {
    posterior: schools.condition(schoolsData),
    typescript: typescript(Float64Array.from(y), inverse, constant[0]),
    fused: { kernel: Kernel.EightSchools, numbers: [], arrays: [Float64Array.from(y), inverse, constant] },
    stan: { program: 'eight-schools', data: { J: 8, y, sigma } },
    position: new Generator(2).normals(10),
  };
}

/** All that depends neither on parameters nor on y. */
function constantOf(): number {
  const scales = sigma.reduce((sum, s) => sum + Math.log(s), 0);
  return Math.log(2 / Math.PI) - 2 * Math.log(5) - scales - 17 * HALF_LOG_TWO_PI;
}

/** Position: mu, log tau, then the standardised effects. */
function typescript(y: Float64Array, inverse: Float64Array, constant: number): HandWritten {
  return (position, gradient) => {
    const mu = position[0];
    const logTau = position[1];
    const tau = Math.exp(logTau);
    let squares = 0;
    let slopeMu = 0;
    let slopeTau = 0;
    for (let i = 0; i < 8; i++) {
      const z = position[2 + i];
      const w = inverse[i];
      const r = (y[i] - mu - tau * z) * w;
      const slope = r * w;
      squares += r * r + z * z;
      slopeMu += slope;
      slopeTau += slope * z;
      gradient[2 + i] = tau * slope - z;
    }
    const ratio = (tau * tau) / 25;
    gradient[0] = slopeMu - mu / 25;
    gradient[1] = tau * slopeTau + 1 - (2 * ratio) / (1 + ratio);
    return constant - 0.5 * squares - (mu * mu) / 50 - Math.log1p(ratio) + logTau;
  };
}
