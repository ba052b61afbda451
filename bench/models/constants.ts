/** Constants of normalisation, for the densities written by hand. */

export const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);
export const HALF_LOG_TWO_OVER_PI = 0.5 * Math.log(2 / Math.PI);
