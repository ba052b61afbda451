/** The log density a sampler sees: a loaded program, or a function of the host. */
import { call, imageDimension, loadImage } from "./image";

export { call };

// @ts-ignore: decorator
@external("env", "density")
declare function hostDensity(position: usize, gradient: usize): f64;

/** Number of procedure 0, the log density with its gradient. */
const DENSITY = 0;

let dimensions: i32 = 0;
let isProgram: bool = false;

/** Use the program whose image lies at `PROGRAM_BASE`; 0, or why it is refused (`LoadStatus`). */
export function loadProgram(): i32 {
  const status = loadImage();
  isProgram = status == 0;
  dimensions = imageDimension();
  return status;
}

/** Use the host's function in `dimension` unknowns. */
export function attachHost(dimension: i32): void {
  isProgram = false;
  dimensions = dimension;
}

/** Number of unconstrained parameters. */
export function dimension(): i32 {
  return dimensions;
}

/** Log density at `position`; writes the gradient. Not finite where the density is not. */
export function density(position: usize, gradient: usize): f64 {
  return isProgram ? call(DENSITY, position, gradient) : hostDensity(position, gradient);
}
