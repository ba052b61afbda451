/**
 * A line search uphill for the strong Wolfe conditions (Nocedal & Wright 2006, algorithms 3.5 and 3.6). Where the log
 * density no longer resolves the gain, its slope decides (the approximate conditions of Hager & Zhang 2005).
 */

import { probe } from "./ascent";
import { dot } from "../dynamics/vector";
import { evaluationGradient } from "../dynamics/evaluation";

const SUFFICIENT: f64 = 1e-4;
const CURVATURE: f64 = 0.9;
/** Relative rounding error of a log density. */
const NOISE: f64 = 1e-13;
const PROBES = 40;
const EXPANSION: f64 = 4;

/** Log density found, and the number of probes; of the last search. */
export let reached: f64 = 0;
export let probes: i32 = 0;

/**
 * Climbs from `position`, of log density `start`, along `direction`, where the log density rises at the rate `slope` > 0,
 * trying the step `first` at first. True where a point was accepted: it is the one evaluated last, of log density `reached`.
 */
export function climb(position: usize, direction: usize, start: f64, slope: f64, first: f64): bool {
  const gradient = evaluationGradient();
  const noise = NOISE * max(1, abs(start));
  let low: f64 = 0, lowValue = start, lowSlope = slope;
  let high: f64 = 0, highValue = -Infinity, highSlope: f64 = NaN;
  let bracketed = false;
  let step = first;
  for (probes = 1; probes <= PROBES; probes++) {
    const value = probe(position, step, direction);
    reached = value;
    if (value == Infinity) return true;
    const rise = dot(gradient, direction);
    if (!(value - value == 0 && rise - rise == 0)) {
      bracketed = true;
      high = step;
      highValue = -Infinity;
      highSlope = NaN;
    } else {
      const resolved = value >= start + SUFFICIENT * step * slope;
      if (resolved && abs(rise) <= CURVATURE * slope) return true;
      if (abs(value - start) <= noise && rise <= CURVATURE * slope && rise >= (2 * SUFFICIENT - 1) * slope) return true;
      if (!resolved || value <= lowValue) {
        bracketed = true;
        high = step;
        highValue = value;
        highSlope = rise;
      } else {
        if (bracketed ? rise * (high - low) <= 0 : rise < 0) {
          bracketed = true;
          high = low;
          highValue = lowValue;
          highSlope = lowSlope;
        }
        low = step;
        lowValue = value;
        lowSlope = rise;
      }
    }
    const before = step;
    step = bracketed
      ? between(low, lowValue, lowSlope, high, highValue, highSlope)
      : EXPANSION * step;
    if (step == before || step == low || step - step != 0) break;
  }
  if (!(low > 0 && lowValue > start)) return false;
  reached = probe(position, low, direction);
  probes++;
  return true;
}

/** The maximum of the cubic (or quadratic, where a slope is missing) through two points, kept inside the middle of them. */
function between(a: f64, fa: f64, sa: f64, b: f64, fb: f64, sb: f64): f64 {
  const width = b - a;
  if (fb == -Infinity) return a + 0.1 * width;
  // Of the negative, as textbooks minimise.
  const d1 = -sa - sb - (3 * (fb - fa)) / -width;
  const inside = d1 * d1 - sa * sb;
  let t: f64;
  if (inside >= 0) {
    const d2 = width > 0 ? sqrt(inside) : -sqrt(inside);
    t = 1 - (-sb + d2 - d1) / (-sb + sa + 2 * d2);
  } else {
    t = (0.5 * sa * width) / (sa * width - (fb - fa));
  }
  if (!(t >= 0.1)) t = 0.1;
  else if (t > 0.9) t = 0.9;
  return a + t * width;
}
