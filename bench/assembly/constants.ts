/** Constants of normalisation. */

/** ½ log 2π */
export const HALF_LOG_TWO_PI: f64 = 0.9189385332046728;
