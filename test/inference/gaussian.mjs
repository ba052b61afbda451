/** Densities as modules that workers can import. */

/** An independent Gaussian with standard deviations 1, 2, 3. */
export function density(position, gradient) {
  let value = 0;
  for (let i = 0; i < 3; i++) {
    const z = position[i] / (i + 1);
    value -= (z * z) / 2;
    gradient[i] = -z / (i + 1);
  }
  return value;
}

/** The same, but a thread that comes to x₂ > 4000 dies, unless it is the one that says it must live. */
export function fatal(position, gradient) {
  if (position[2] > 4000 && globalThis.mustLive !== true) process.exit(7);
  return density(position, gradient);
}

/** The same, but every thread dies. */
export function alwaysFatal(position, gradient) {
  if (globalThis.mustLive !== true) process.exit(7);
  return density(position, gradient);
}
