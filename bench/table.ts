/** Tables for people. */
import Table from 'cli-table3';
import type { Row } from './gradients';

const plain = {
  chars: {
    top: '',
    'top-mid': '',
    'top-left': '',
    'top-right': '',
    bottom: '',
    'bottom-mid': '',
    'bottom-left': '',
    'bottom-right': '',
    left: '',
    'left-mid': '',
    mid: '',
    'mid-mid': '',
    right: '',
    'right-mid': '',
    middle: '  ',
  },
  style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
};

const HEAD = [
  'model',
  'wasm',
  'baseline',
  'typescript',
  'fused',
  'typescript/wasm',
  'wasm/fused',
  'NUTS step',
  'beyond gradient',
];

/** Names at the left, numbers at the right. */
export function plainTable(head: string[]): Table.Table {
  return new Table({ ...plain, head, colAligns: ['left', ...head.slice(1).map(() => 'right' as const)] });
}

/** Times of gradients with their ratios. */
export function gradientTable(rows: readonly Row[]): string {
  const table = plainTable(HEAD);
  for (const { model, nsGradient, nsLeapfrog } of rows) {
    const { wasm, baseline, typescript, fused } = nsGradient;
    table.push([
      model,
      ...[wasm, baseline, typescript, fused].map((found) => (found === undefined ? '' : time(found))),
      typescript === undefined ? '' : (typescript / wasm).toFixed(2),
      fused === undefined ? '' : (wasm / fused).toFixed(2),
      time(nsLeapfrog),
      time(nsLeapfrog - wasm),
    ]);
  }
  return table.toString();
}

/** Pairs of what was measured and what was found. */
export function figureTable(figures: readonly (readonly [what: string, found: string])[]): string {
  const table = new Table({ ...plain, colAligns: ['left', 'right'] });
  for (const figure of figures) table.push([...figure]);
  return table.toString();
}

/** A time with three digits and its unit. */
export function time(nanoseconds: number): string {
  const [scale, unit] = UNITS.find(([scale]) => Math.abs(nanoseconds) >= scale) ?? [1, 'ns'];
  return `${(nanoseconds / scale).toPrecision(3)} ${unit}`;
}

const UNITS = [
  [1e9, 's'],
  [1e6, 'ms'],
  [1e3, 'µs'],
] as const;
