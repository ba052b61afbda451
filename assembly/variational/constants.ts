/** Constants of Gaussian densities. */

/** ½ log 2π. */
export const HALF_LOG_TAU: f64 = 0.9189385332046728;
