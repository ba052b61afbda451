/** Constants of densities. */

export const HALF_LOG_TWO_PI = 0.9189385332046728;
export const LOG_PI = 1.1447298858494002;
