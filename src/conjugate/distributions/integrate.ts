/** Quadrature over the real line: the trapezoidal rule under x = centre + width·sinh t (Takahasi and Mori 1974). */
import { special } from '../engine';

/** As far as exp goes: densities of tiny shape reach that far on a scale of logarithms. */
const FARTHEST = 690;
const FIRST_STEP = 0.5;
/** A share of the greatest value that does not count. */
const NOTHING = 1e-18;
/** Each halving squares the error: where the last one changed so little, what is left is rounding. */
const TOLERANCE = 1e-10;
const LEVELS = 13;

/** ∫ f of a smooth f ≥ 0; halves the step until the result stands. */
export function integrateLine(f: (x: number) => number, centre: number, width: number): number {
  const { exp } = special();
  const weighted = (t: number): number => {
    const up = exp(t);
    const down = 1 / up;
    return f(centre + (width * (up - down)) / 2) * ((width * (up + down)) / 2);
  };
  let greatest = weighted(0);
  let sum = greatest;
  // Outwards until there is nothing any more, which is where the sums of all steps end.
  const reach = (direction: number): number => {
    let last = 0;
    for (let t = FIRST_STEP; t <= FARTHEST && (t <= last + 4 || t <= 5); t += FIRST_STEP) {
      const value = weighted(direction * t);
      sum += value;
      if (value > greatest) greatest = value;
      if (value > NOTHING * greatest) last = t;
    }
    return last + FIRST_STEP;
  };
  const [above, below] = [reach(1), reach(-1)];
  let step = FIRST_STEP;
  let value = sum * step;
  for (let level = 0; level < LEVELS; level++) {
    for (let t = step / 2; t < above; t += step) sum += weighted(t);
    for (let t = step / 2; t < below; t += step) sum += weighted(-t);
    step /= 2;
    const finer = sum * step;
    if (level > 0 && Math.abs(finer - value) <= TOLERANCE * finer) return finer;
    value = finer;
  }
  return value;
}
