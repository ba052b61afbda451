/** A hierarchical regression of the shape of the radon data: varying intercepts, one slope, rows in no order. */
import { halfNormal, normal } from '../../src/distributions';
import { index, model, vector } from '../../src/model';
import { Kernel } from '../kernel';
import { Generator } from '../random';
import type { HandWritten, Subject } from '../subject';
import { HALF_LOG_TWO_OVER_PI, HALF_LOG_TWO_PI } from './constants';

export function hierarchical(rows: number, groups: number): Subject {
  const random = new Generator(5);
  // Sizes of groups are uneven, and none is empty.
  const group = Int32Array.from({ length: rows }, (_, i) =>
    i < groups ? i : Math.floor(groups * random.uniform() ** 2),
  );
  const x = Float64Array.from({ length: rows }, () => (random.uniform() < 0.2 ? 1 : 0));
  const level = random.normals(groups, 0.3);
  const y = Float64Array.from(group, (g, i) => 1.5 + level[g] - 0.7 * x[i] + 0.8 * random.normal());
  const posterior = model({ y: vector('row'), x: vector('row'), group: index('row', 'group') })
    .param('overall', normal(0, 10))
    .param('spread', halfNormal(1))
    .param('level', ({ overall, spread }) => normal(overall, spread), { dims: ['group'] })
    .param('slope', normal(0, 10))
    .param('sigma', halfNormal(1))
    .observe('y', ({ level, group, slope, x, sigma }) => normal(level.gather(group).add(slope.mul(x)), sigma))
    .condition({ y, x, group });
  const constant = constantOf(rows, groups);
  return {
    posterior,
    typescript: typescript(y, x, group, groups, constant),
    fused: {
      kernel: Kernel.Hierarchical,
      numbers: [rows, groups],
      arrays: [y, x, group, Float64Array.of(constant)],
    },
    stan: {
      program: 'hierarchical',
      data: { N: rows, J: groups, y, x, group: group.map((g) => g + 1) },
    },
    position: Float64Array.of(1.4, -1.1, ...level.map((value) => 1.5 + value), -0.6, -0.2),
  };
}

function constantOf(rows: number, groups: number): number {
  return 2 * HALF_LOG_TWO_OVER_PI - 2 * Math.log(10) - (rows + groups + 2) * HALF_LOG_TWO_PI;
}

/** Position: mean, log spread, the groups' levels, slope, log sigma. */
function typescript(
  y: Float64Array,
  x: Float64Array,
  group: Int32Array,
  groups: number,
  constant: number,
): HandWritten {
  const rows = y.length;
  const whole = rows - (rows % 2);
  return (position, gradient) => {
    const mean = position[0];
    const logSpread = position[1];
    const slope = position[2 + groups];
    const logSigma = position[3 + groups];
    const spread = Math.exp(logSpread);
    const sigma = Math.exp(logSigma);
    const precision = 1 / (sigma * sigma);
    const groupPrecision = 1 / (spread * spread);

    for (let g = 0; g < groups; g++) gradient[2 + g] = 0;
    let squares0 = 0;
    let squares1 = 0;
    let products0 = 0;
    let products1 = 0;
    let i = 0;
    for (; i < whole; i += 2) {
      const g = 2 + group[i];
      const h = 2 + group[i + 1];
      const a = x[i];
      const b = x[i + 1];
      const r = y[i] - position[g] - slope * a;
      const s = y[i + 1] - position[h] - slope * b;
      squares0 += r * r;
      squares1 += s * s;
      products0 += r * a;
      products1 += s * b;
      gradient[g] += r;
      gradient[h] += s;
    }
    for (; i < rows; i++) {
      const g = 2 + group[i];
      const r = y[i] - position[g] - slope * x[i];
      squares0 += r * r;
      products0 += r * x[i];
      gradient[g] += r;
    }
    const squares = squares0 + squares1;

    let deviations = 0;
    let deviation = 0;
    for (let g = 0; g < groups; g++) {
      const d = position[2 + g] - mean;
      deviation += d;
      deviations += d * d;
      gradient[2 + g] = precision * gradient[2 + g] - groupPrecision * d;
    }
    gradient[0] = groupPrecision * deviation - mean / 100;
    gradient[1] = groupPrecision * deviations - groups - spread * spread + 1;
    gradient[2 + groups] = precision * (products0 + products1) - slope / 100;
    gradient[3 + groups] = precision * squares - rows - sigma * sigma + 1;
    return (
      constant -
      0.5 * (precision * squares + groupPrecision * deviations) -
      (rows - 1) * logSigma -
      (groups - 1) * logSpread -
      0.5 * (spread * spread + sigma * sigma) -
      (mean * mean + slope * slope) / 200
    );
  };
}
