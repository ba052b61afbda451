/** Pictures of draws in a terminal. */

import { kernelDensity, rankHistogram } from '../../diagnostics';
import { sortedQuantile } from '../../diagnostics/quantile';
import { places, type Plottable, shown, shownOne } from '../quantities';
import type { Paint } from './canvas';
import { type Extent, extentOf, Framed, type Screen, share } from './frame';

/** Chain numbers in their colours. */
function legend(chains: number, paint: Paint): string {
  if (chains === 1) return '1 chain';
  return `chains ${Array.from({ length: chains }, (_, chain) => paint(String(chain + 1), chain)).join(' ')}`;
}

/** Draws in the order in which they were made, a line per chain. */
export function trace(fit: Plottable, name: string, screen: Screen): string[] {
  const { label, chains } = shownOne('plot', fit, name);
  const { length } = chains[0];
  const framed = new Framed(screen, { low: 0, high: Math.max(1, length - 1) }, extentOf(chains));
  chains.forEach((draws, chain) => {
    for (let i = 1; i < length; i++) framed.line(i - 1, draws[i - 1], i, draws[i], chain);
  });
  const { diverged } = places(fit, chains, 0);
  for (const { draw } of diverged) framed.letter(draw, extentOf(chains).low, 'x', 'alarm');
  const note = diverged.length === 0 ? '' : `, ${screen.paint('x', 'alarm')} divergent`;
  return [`${label} by draw, ${legend(chains.length, screen.paint)}${note}`, ...framed.lines()];
}

/** Density of each chain, and the central 90 % interval of all draws. */
export function density(fit: Plottable, name: string, screen: Screen): string[] {
  const { label, chains } = shownOne('plot', fit, name);
  const sorted = Float64Array.from(
    chains.flatMap((draws) => Array.from(draws)).filter(Number.isFinite),
  ).sort();
  if (!(sorted[sorted.length - 1] > sorted[0])) return [`${label} is ${sorted[0]} in every draw`];
  const [low, q5, middle, q95, high] = [0.002, 0.05, 0.5, 0.95, 0.998].map((p) => sortedQuantile(sorted, p));
  const x = high > low ? { low, high } : extentOf([sorted]);
  const curves = chains.flatMap((draws, chain) => {
    const { low: least, high: most } = extentOf([draws]);
    const spread = draws.some((value) => value !== draws[0]) && most > least;
    return spread ? [{ chain, ...kernelDensity(draws, { range: [x.low, x.high] }) }] : [];
  });
  const framed = new Framed(
    screen,
    x,
    { low: 0, high: extentOf(curves.map((curve) => curve.density)).high },
    true,
  );
  for (const { chain, x: at, density: heights } of curves) {
    for (let i = 1; i < at.length; i++) framed.line(at[i - 1], heights[i - 1], at[i], heights[i], chain);
  }
  const interval = `median ${short(middle)}, 90 % within ${short(q5)} and ${short(q95)}`;
  return [`${label}: ${interval}, ${legend(chains.length, screen.paint)}`, ...framed.lines()];
}

const short = (value: number): string => String(Number(value.toPrecision(3)));

/** Two quantities against each other, divergent draws as crosses on top. */
export function pair(fit: Plottable, names: readonly string[], screen: Screen): string[] {
  const scalars = shown('plot', fit, names);
  if (scalars.length !== 2) {
    throw new RangeError(
      `plot: a pair needs two scalar quantities, got ${scalars.length}; name them with --names`,
    );
  }
  const [across, up] = scalars;
  const framed = new Framed(screen, extentOf(across.chains), extentOf(up.chains));
  const { diverged, others } = places(fit, across.chains, 4000);
  for (const { chain, draw } of others) framed.dot(across.chains[chain][draw], up.chains[chain][draw], 0);
  for (const { chain, draw } of diverged) {
    framed.letter(across.chains[chain][draw], up.chains[chain][draw], 'x', 'alarm');
  }
  const note = `${screen.paint('x', 'alarm')} ${diverged.length} divergent`;
  return [`${up.label} against ${across.label}, ${note}`, ...framed.lines()];
}

/** Widest label of a row. */
const LABEL = 24;

function rowLabel(label: string, width: number): string {
  return (label.length > width ? `${label.slice(0, width - 1)}…` : label).padEnd(width);
}

/** Median, quartiles and central 90 % interval of each quantity, a line each. */
export function forest(fit: Plottable, names: readonly string[] | undefined, screen: Screen): string[] {
  const rows = shown('plot', fit, names).map(({ label, chains }) => {
    const sorted = Float64Array.from(chains.flatMap((draws) => Array.from(draws))).sort();
    return { label, quantiles: [0.05, 0.25, 0.5, 0.75, 0.95].map((p) => sortedQuantile(sorted, p)) };
  });
  const margin = Math.min(LABEL, Math.max(...rows.map(({ label }) => label.length)));
  const columns = Math.max(10, screen.width - margin - 1);
  const extent = extentOf(rows.map(({ quantiles }) => quantiles));
  const place = (value: number): number => Math.round(share(extent, value) * (columns - 1));
  const lines = rows.map(({ label, quantiles }) => {
    const [low, q25, middle, q75, high] = quantiles.map(place);
    const zero = extent.low < 0 && extent.high > 0 ? place(0) : -1;
    let bar = '';
    for (let column = 0; column < columns; column++) {
      if (column === middle) bar += '●';
      else if (column >= q25 && column <= q75) bar += '━';
      else if (column >= low && column <= high) bar += '─';
      else bar += column === zero ? '┊' : ' ';
    }
    return `${rowLabel(label, margin)} ${screen.paint(bar.trimEnd(), 0)}`;
  });
  return ['Medians, quartiles and 90 % intervals', ...lines, below(extent, columns, margin)];
}

/** The ends of an axis. */
function below({ low, high }: Extent, columns: number, margin: number): string {
  const [left, right] = [short(low), short(high)];
  return `${' '.repeat(margin + 1)}${left}${right.padStart(columns - left.length)}`;
}

/** Blocks of rising height. */
const BLOCKS = ' ▁▂▃▄▅▆▇█';

/** Rank histogram of each chain, a line each: level where the chains agree. */
export function rank(fit: Plottable, name: string, screen: Screen): string[] {
  const { label, chains } = shownOne('plot', fit, name);
  const bins = 20;
  const counts = rankHistogram(chains, bins);
  const expected = chains[0].length / bins;
  const wide = Math.max(1, Math.floor((screen.width - 28) / bins));
  const lines = counts.map((row, chain) => {
    // Half the height is what is expected.
    const bars = row
      .map((count) => BLOCKS[Math.min(8, Math.round((4 * count) / expected))].repeat(wide))
      .join('');
    return `chain ${chain + 1} ${screen.paint(bars, chain)} ${Math.min(...row)} to ${Math.max(...row)}`;
  });
  return [
    `Ranks of ${label} by chain, ${short(expected)} draws to a bin expected (half the height)`,
    ...lines,
  ];
}
