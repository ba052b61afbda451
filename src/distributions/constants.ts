/** Constants of normalisation and their logarithms, as correctly rounded literals: no host function stands before a draw. */

/** ½ log 2π */
export const HALF_LOG_TWO_PI = 0.9189385332046728;
/** ½ log(2/π) */
export const HALF_LOG_TWO_OVER_PI = -0.22579135264472744;
/** log π */
export const LOG_PI = 1.1447298858494002;
/** log 2 */
export const LOG_TWO = 0.6931471805599453;
/** √½ */
export const ROOT_HALF = 0.7071067811865476;
/** 1/π */
export const ONE_OVER_PI = 0.3183098861837907;
