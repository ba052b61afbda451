/** Axes around a drawing: numbers at round places to the left and below. */

import { Canvas, type Colour, type Paint } from './canvas';
import { ticks } from './ticks';

export interface Extent {
  readonly low: number;
  readonly high: number;
}

/** How large a picture may be, in characters, and how it is coloured. */
export interface Screen {
  readonly width: number;
  /** Lines of the drawing itself. */
  readonly height: number;
  readonly paint: Paint;
}

/** Smallest and largest of the finite values; a little room where they are the same. */
export function extentOf(values: Iterable<ArrayLike<number>>): Extent {
  let low = Infinity;
  let high = -Infinity;
  for (const some of values) {
    for (let i = 0; i < some.length; i++) {
      if (!Number.isFinite(some[i])) continue;
      if (some[i] < low) low = some[i];
      if (some[i] > high) high = some[i];
    }
  }
  if (low > high) return { low: 0, high: 1 };
  const room = low === high ? Math.abs(low) || 1 : 0;
  return { low: low - room, high: high + room };
}

/** Where a value lies in an extent: 0 at its low end, 1 at its high one. */
export function share({ low, high }: Extent, value: number): number {
  return (value - low) / (high - low);
}

/** A drawing whose points are given in the units of its axes. */
export class Framed {
  private readonly canvas: Canvas;
  private readonly margin: number;
  private readonly labels: { readonly value: number; readonly text: string }[];

  /**
   * @param x what the horizontal axis spans
   * @param y what the vertical axis spans; without numbers where `bare`
   */
  constructor(
    private readonly screen: Screen,
    private readonly x: Extent,
    private readonly y: Extent,
    bare = false,
  ) {
    this.labels = bare ? [] : ticks(y.low, y.high, Math.max(2, Math.floor(screen.height / 3))).map(labelled);
    this.margin = Math.max(0, ...this.labels.map(({ text }) => text.length)) + 1;
    this.canvas = new Canvas(Math.max(10, screen.width - this.margin - 1), screen.height);
  }

  dot(x: number, y: number, colour: Colour): void {
    this.canvas.dot(share(this.x, x), share(this.y, y), colour);
  }

  line(x0: number, y0: number, x1: number, y1: number, colour: Colour): void {
    this.canvas.line(share(this.x, x0), share(this.y, y0), share(this.x, x1), share(this.y, y1), colour);
  }

  letter(x: number, y: number, letter: string, colour: Colour): void {
    this.canvas.letter(share(this.x, x), share(this.y, y), letter, colour);
  }

  /** The drawing between its axes. */
  lines(): string[] {
    const { columns, rows } = this.canvas;
    const left = new Array<string>(rows).fill('');
    for (const { value, text } of this.labels) {
      left[Math.min(rows - 1, Math.floor((1 - share(this.y, value)) * rows))] = text;
    }
    const drawing = this.canvas
      .lines(this.screen.paint)
      .map((line, row) =>
        `${left[row].padStart(this.margin - 1)} ${left[row] === '' ? '│' : '┤'}${line}`.trimEnd(),
      );
    return [...drawing, `${' '.repeat(this.margin)}└${'─'.repeat(columns)}`, this.bottom(columns)];
  }

  /** Numbers below the axis, each centred at its place, those that would touch another left out. */
  private bottom(columns: number): string {
    let line = '';
    for (const { value, text } of ticks(this.x.low, this.x.high, Math.max(2, Math.floor(columns / 12))).map(
      labelled,
    )) {
      const at = this.margin + 1 + Math.round(share(this.x, value) * (columns - 1)) - (text.length >> 1);
      const start = Math.min(at, this.screen.width - text.length);
      if (start > line.length || line === '') line = line.padEnd(Math.max(0, start)) + text;
    }
    return line;
  }
}

function labelled(value: number): { value: number; text: string } {
  const size = Math.abs(value);
  const text = size !== 0 && (size >= 1e6 || size < 1e-4) ? value.toExponential(0) : String(value);
  return { value, text };
}
