/** A standard Gaussian: nothing but memory and the cost of a call. */
import { normal } from '../../src/distributions';
import { model } from '../../src/model';
import { Kernel } from '../kernel';
import { Generator } from '../random';
import type { HandWritten, Subject } from '../subject';
import { HALF_LOG_TWO_PI } from './constants';

export function gaussian(dimension: number): Subject {
  return {
    posterior: model({})
      .param('x', normal(0, 1), { dims: [dimension] })
      .condition(),
    typescript: typescript(dimension),
    fused: { kernel: Kernel.Gaussian, numbers: [dimension], arrays: [] },
    position: new Generator(1).normals(dimension),
  };
}

function typescript(n: number): HandWritten {
  const whole = n - (n % 4);
  return (x, gradient) => {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let i = 0;
    for (; i < whole; i += 4) {
      const a = x[i];
      const b = x[i + 1];
      const c = x[i + 2];
      const d = x[i + 3];
      s0 += a * a;
      s1 += b * b;
      s2 += c * c;
      s3 += d * d;
      gradient[i] = -a;
      gradient[i + 1] = -b;
      gradient[i + 2] = -c;
      gradient[i + 3] = -d;
    }
    for (; i < n; i++) {
      s0 += x[i] * x[i];
      gradient[i] = -x[i];
    }
    return -0.5 * (s0 + s1 + (s2 + s3)) - n * HALF_LOG_TWO_PI;
  };
}
