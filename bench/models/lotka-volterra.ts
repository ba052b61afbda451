/** Prey and predators as differential equations (Carpenter 2018), with simulated counts. */
import { logNormal, normal } from '../../src/distributions';
import { log, odeSolve } from '../../src/expr';
import { matrix, model, vector } from '../../src/model';
import { lower } from '../../src/transforms';
import { Generator } from '../random';
import type { Subject } from '../subject';

const lotkaVolterraModel = model({ ts: vector('time'), y_init: vector(2), y: matrix('time', 2) })
  .param('theta', normal([1, 0.05, 1, 0.05], [0.5, 0.05, 0.5, 0.05]), { dims: [4], constraint: lower(0) })
  .param('z_init', logNormal(Math.log(10), 1), { dims: [2] })
  .param('sigma', logNormal(-1, 1), { dims: [2] })
  .derive('z', ({ theta, z_init, ts }) => {
    const [a, b, c, d] = [0, 1, 2, 3].map((i) => theta.at(i));
    return odeSolve((_t, z) => [a.sub(b.mul(z.at(1))).mul(z.at(0)), d.mul(z.at(0)).sub(c).mul(z.at(1))], {
      initial: z_init,
      times: ts,
      relativeTolerance: 1e-5,
      absoluteTolerance: 1e-3,
    });
  })
  .observe('y_init', ({ z_init, sigma }) => logNormal(log(z_init), sigma))
  .observe('y', ({ z, sigma }) => logNormal(log(z), sigma));

const truth = [0.55, 0.028, 0.8, 0.024];
const start = [33, 6];
const SPREAD = 0.25;

export function lotkaVolterra(times: number): Subject {
  const random = new Generator(12);
  const observed = (state: readonly number[]): number[] =>
    state.map((count) => count * Math.exp(SPREAD * random.normal()));
  const y_init = observed(start);
  let state = start;
  const y = Array.from({ length: times }, () => observed((state = afterOne(state))));
  const ts = Float64Array.from({ length: times }, (_, t) => t + 1);
  return {
    posterior: lotkaVolterraModel.condition({ ts, y_init, y }),
    stan: {
      program: 'lotka-volterra',
      data: { N: times, ts, y_init, y: { values: y.flat(), shape: [times, 2] } },
      tolerance: 1e-3,
    },
    // Logarithms.
    position: Float64Array.from([...truth, ...start, SPREAD, SPREAD], Math.log),
  };
}

/** The state a unit of time later, by a hundred steps of the midpoint rule. */
function afterOne(state: readonly number[]): number[] {
  const [a, b, c, d] = truth;
  const slope = ([u, v]: readonly number[]): number[] => [(a - b * v) * u, (d * u - c) * v];
  let z = state;
  for (let step = 0; step < 100; step++) {
    const first = slope(z);
    const middle = slope(z.map((value, i) => value + 0.005 * first[i]));
    z = z.map((value, i) => value + 0.01 * middle[i]);
  }
  return [...z];
}
