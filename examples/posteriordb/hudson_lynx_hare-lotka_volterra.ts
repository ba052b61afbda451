/** Lynx and hare in Hudson Bay, 1900–1920: predator and prey as differential equations (Carpenter 2018). */
import { log, logNormal, lower, matrix, model, normal, odeSolve, vector } from 'credence';

export default model({ ts: vector('time'), y_init: vector(2), y: matrix('time', 2) })
  // Growth of hares, their loss to lynx, loss of lynx, their growth from hares.
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
