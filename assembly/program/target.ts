/** The log density a sampler sees: a loaded program, or a function of the host. */

// @ts-ignore: decorator
@external("env", "density")
declare function hostDensity(position: usize, gradient: usize): f64;

let dimensions: i32 = 0;

/** Use the host's function in `dimension` unknowns. */
export function attachHost(dimension: i32): void {
  dimensions = dimension;
}

/** Number of unconstrained parameters. */
export function dimension(): i32 {
  return dimensions;
}

/** Log density at `position`; writes the gradient. Not finite where the density is not. */
export function density(position: usize, gradient: usize): f64 {
  return hostDensity(position, gradient);
}
