/** The densities of two unknowns in one picture for the terminal. */

import type { UnivariateDistribution } from '../conjugate';
import type { Colour } from '../plot/terminal/canvas';
import { Framed } from '../plot/terminal/frame';

const HEIGHT = 8;
/** Beyond these quantiles there is nothing to see. */
const EDGE = 0.0005;
const POINTS = 200;
/** Codes of the terminal's colours: blue and yellow. */
const COLOURS = [34, 33];

/** Lines of at most `width` characters. */
export function abPicture(a: UnivariateDistribution, b: UnivariateDistribution, width: number): string[] {
  const both = [a, b];
  const low = Math.min(...both.map((each) => each.quantile(EDGE)));
  const high = Math.max(...both.map((each) => each.quantile(1 - EDGE)));
  const at = Array.from({ length: POINTS }, (_, i) => low + ((high - low) * (i + 0.5)) / POINTS);
  const heights = both.map((each) => at.map((x) => each.density(x)));
  const top = 1.1 * Math.max(...heights.flat());
  const framed = new Framed({ width, height: HEIGHT, paint }, { low, high }, { low: 0, high: top }, true);
  heights.forEach((height, arm) => {
    for (let i = 1; i < POINTS; i++) framed.line(at[i - 1], height[i - 1], at[i], height[i], arm);
  });
  heights.forEach((height, arm) => {
    const peak = height.indexOf(Math.max(...height));
    framed.letter(at[peak], height[peak], 'AB'[arm], arm);
  });
  return framed.lines();
}

function paint(text: string, colour: Colour): string {
  const { stdout } = process;
  if (!(stdout.isTTY && stdout.hasColors()) || colour === 'alarm') return text;
  return `\u001b[${COLOURS[colour]}m${text}\u001b[39m`;
}
