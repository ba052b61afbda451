/** The data of a model at a glance: sizes, ranges, and a small histogram of each. */

import { escaped } from '../plot/escape';
import { numeral } from '../report/numerals';

const BARS = 16;

/** Shape and numbers of a nested array; undefined for what is not numbers. */
function flatten(value: unknown): { shape: number[]; values: number[] } | undefined {
  if (typeof value === 'number') return { shape: [], values: [value] };
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    const values = Array.from(value as unknown as ArrayLike<number>);
    return { shape: [values.length], values };
  }
  if (!Array.isArray(value)) return undefined;
  const parts = value.map(flatten);
  if (parts.length === 0) return { shape: [0], values: [] };
  if (parts.some((part) => part === undefined)) return undefined;
  const known = parts as { shape: number[]; values: number[] }[];
  return { shape: [value.length, ...known[0].shape], values: known.flatMap(({ values }) => values) };
}

/** Bars of equal width between the smallest and the largest value. */
function histogram(values: readonly number[], low: number, high: number): string {
  if (!(high > low)) return '';
  const counts = new Array<number>(BARS).fill(0);
  for (const value of values) {
    counts[Math.min(BARS - 1, Math.floor(((value - low) / (high - low)) * BARS))]++;
  }
  const tallest = Math.max(...counts);
  const bars = counts.map((count, i) => {
    const height = (20 * count) / tallest;
    return `<rect x="${5 * i}" y="${(20 - height).toFixed(1)}" width="4" height="${height.toFixed(1)}"/>`;
  });
  return `<svg class="bars" width="80" height="20" aria-hidden="true">${bars.join('')}</svg>`;
}

/** A table of named data; what is not numeric is told by its kind. */
export function dataHtml(data: Readonly<Record<string, unknown>>): string {
  const rows = Object.entries(data).map(([name, value]) => {
    const numbers = flatten(value);
    const title = `<th scope="row">${escaped(name)}</th>`;
    if (numbers === undefined || numbers.values.length === 0) {
      return `<tr>${title}<td colspan="6">${Array.isArray(value) ? `${value.length} values` : typeof value}</td></tr>`;
    }
    const { shape, values } = numbers;
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const low = values.reduce((a, b) => Math.min(a, b));
    const high = values.reduce((a, b) => Math.max(a, b));
    const sd = Math.sqrt(values.reduce((total, x) => total + (x - mean) ** 2, 0) / (values.length - 1));
    const cells = [
      shape.length === 0 ? 'scalar' : shape.join(' × '),
      ...[mean, sd, low, high].map((x) => numeral(x, undefined)),
    ];
    return `<tr>${title}${cells.map((cell) => `<td>${cell}</td>`).join('')}<td>${histogram(values, low, high)}</td></tr>`;
  });
  const head = ['name', 'shape', 'mean', 'sd', 'least', 'most', '<span class="unseen">distribution</span>']
    .map((title) => `<th scope="col">${title}</th>`)
    .join('');
  return `<table class="glance"><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}
