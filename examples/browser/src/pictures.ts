/** Draws traces and densities of growing draws on canvases. */
import { BINS, type GrowingScalar } from './growing';

/** One colour per chain, told apart also by those who do not see all colours (Okabe & Ito), readable on light and dark. */
export const COLORS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7'];

/** Pixels of a canvas, and its context at that size. */
function prepared(canvas: HTMLCanvasElement): {
  context: CanvasRenderingContext2D;
  width: number;
  height: number;
} {
  const context = canvas.getContext('2d')!;
  const { width, height } = canvas;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height };
}

/** Each chain as a band from its lowest to its highest draw in every column. */
export function drawTrace(canvas: HTMLCanvasElement, scalar: GrowingScalar): void {
  const { context, width, height } = prepared(canvas);
  const span = scalar.highest - scalar.lowest || 1;
  const y = (value: number): number => (0.96 - (0.92 * (value - scalar.lowest)) / span) * height;
  context.globalAlpha = 0.65;
  scalar.chains.forEach(({ lowest, highest }, chain) => {
    context.strokeStyle = COLORS[chain % COLORS.length];
    context.lineWidth = 1;
    context.beginPath();
    let before = NaN;
    for (let column = 0; column < lowest.length; column++) {
      if (lowest[column] > highest[column]) break;
      const x = ((column + 0.5) * width) / lowest.length;
      const [top, bottom] = [y(highest[column]), y(lowest[column])];
      // From where the last column ended, so that the line is one.
      context.moveTo(x, Number.isNaN(before) ? bottom : Math.max(before, bottom));
      context.lineTo(x, Math.min(top, bottom - 1));
      before = (top + bottom) / 2;
    }
    context.stroke();
  });
  context.globalAlpha = 1;
}

/** The density of all chains, filled, and a line for each. */
export function drawDensity(canvas: HTMLCanvasElement, scalar: GrowingScalar): void {
  const { context, width, height } = prepared(canvas);
  if (scalar.count < 2) return;
  // Silverman's rule, in bins.
  const bandwidth = Math.max(1, ((1.06 * scalar.sd * scalar.count ** -0.2) / scalar.width) * BINS);
  const smooth = smoother(bandwidth);
  const curves = scalar.chains.map(({ bins, count }) => smooth(bins, count));
  const pooled = new Float64Array(BINS);
  scalar.chains.forEach(({ bins }) => bins.forEach((value, i) => (pooled[i] += value)));
  const all = smooth(pooled, scalar.count);
  const peak = Math.max(...all, ...curves.flatMap((curve) => Array.from(curve)));
  const bin = (value: number): number => ((value - scalar.start) / scalar.width) * BINS;
  const margin = 3 * bandwidth;
  const [from, to] = [bin(scalar.lowest) - margin, bin(scalar.highest) + margin];
  const path = (curve: Float64Array): void => {
    context.beginPath();
    for (let i = 0; i < BINS; i++) {
      context.lineTo(((i + 0.5 - from) / (to - from)) * width, (1 - (0.94 * curve[i]) / peak) * height);
    }
  };
  path(all);
  context.lineTo(width, height);
  context.lineTo(0, height);
  context.globalAlpha = 0.25;
  context.fillStyle = '#888888';
  context.fill();
  context.globalAlpha = 0.9;
  curves.forEach((curve, chain) => {
    if (scalar.chains[chain].count === 0) return;
    context.strokeStyle = COLORS[chain % COLORS.length];
    context.lineWidth = 1.5 * devicePixelRatio;
    path(curve);
    context.stroke();
  });
  context.globalAlpha = 1;
}

/** Convolves counts with a Gaussian and divides by their number. */
function smoother(bandwidth: number): (counts: Float64Array, total: number) => Float64Array {
  const reach = Math.min(BINS - 1, Math.ceil(3 * bandwidth));
  const kernel = Float64Array.from({ length: reach + 1 }, (_, i) => Math.exp(-0.5 * (i / bandwidth) ** 2));
  const norm = kernel[0] + 2 * kernel.subarray(1).reduce((a, b) => a + b, 0);
  return (counts, total) => {
    const curve = new Float64Array(BINS);
    for (let i = 0; i < BINS; i++) {
      if (counts[i] === 0) continue;
      const weight = counts[i] / (norm * Math.max(total, 1));
      for (let j = Math.max(0, i - reach); j <= Math.min(BINS - 1, i + reach); j++) {
        curve[j] += weight * kernel[Math.abs(i - j)];
      }
    }
    return curve;
  };
}
