/** Eight schools, non-centred, fused by hand. Data: y, 1/sigma, constant. */
import { addLanes } from "../../assembly/program/lanes";
import { expOf, log1pOf } from "./scalar";

export function eightSchools(data: usize, position: usize, gradient: usize): f64 {
  const y = load<usize>(data), inverse = load<usize>(data, 4);
  const constant = load<f64>(load<usize>(data, 8));
  const mu = load<f64>(position), logTau = load<f64>(position, 8);
  const tau = expOf(logTau);
  const location = f64x2.splat(mu), scale = f64x2.splat(tau);
  let squares = f64x2.splat(0), slopeMu = squares, slopeTau = squares;
  for (let i: usize = 0; i < 64; i += 16) {
    const z = v128.load(position + i, 16);
    const w = v128.load(inverse + i);
    const r = f64x2.mul(f64x2.sub(f64x2.sub(v128.load(y + i), location), f64x2.mul(scale, z)), w);
    const slope = f64x2.mul(r, w);
    squares = f64x2.add(squares, f64x2.add(f64x2.mul(r, r), f64x2.mul(z, z)));
    slopeMu = f64x2.add(slopeMu, slope);
    slopeTau = f64x2.add(slopeTau, f64x2.mul(slope, z));
    v128.store(gradient + i, f64x2.sub(f64x2.mul(scale, slope), z), 16);
  }
  const ratio = tau * tau * 0.04;
  store<f64>(gradient, addLanes(slopeMu) - mu * 0.04);
  store<f64>(gradient, tau * addLanes(slopeTau) + 1 - 2 * ratio / (1 + ratio), 8);
  return constant - 0.5 * addLanes(squares) - mu * mu * 0.02 - log1pOf(ratio) + logTau;
}
