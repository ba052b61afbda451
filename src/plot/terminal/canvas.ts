/** A drawing of dots in a terminal: each character of Braille holds two by four of them. */

/** Colours a piece of text; in a pipe it returns the text. */
export type Paint = (text: string, colour: Colour) => string;

/** Number of a chain, from 0; or what deserves a look. */
export type Colour = number | 'alarm';

const BLANK = 0x2800;
/** Bits of a character's dots, row by row. */
const DOTS = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
];

export class Canvas {
  /** Dots across. */
  readonly across: number;
  /** Dots down. */
  readonly down: number;
  private readonly masks: Uint8Array;
  private readonly colours: (Colour | undefined)[];
  private readonly letters: (string | undefined)[];

  /**
   * @param columns characters to a line
   * @param rows lines
   */
  constructor(
    readonly columns: number,
    readonly rows: number,
  ) {
    this.across = 2 * columns;
    this.down = 4 * rows;
    this.masks = new Uint8Array(columns * rows);
    this.colours = new Array(columns * rows);
    this.letters = new Array(columns * rows);
  }

  /** Sets the dot that lies at these shares of the width and, from below, of the height; outside [0, 1] there is none. */
  dot(x: number, y: number, colour: Colour): void {
    if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1)) return;
    this.set(Math.round(x * (this.across - 1)), Math.round((1 - y) * (this.down - 1)), colour);
  }

  /** A straight line between two points, given as in {@link dot}. */
  line(x0: number, y0: number, x1: number, y1: number, colour: Colour): void {
    const steps = Math.ceil(Math.max(Math.abs(x1 - x0) * this.across, Math.abs(y1 - y0) * this.down, 1));
    for (let i = 0; i <= steps; i++) {
      this.dot(x0 + ((x1 - x0) * i) / steps, y0 + ((y1 - y0) * i) / steps, colour);
    }
  }

  /** Puts a letter over the dots of a character. */
  letter(x: number, y: number, letter: string, colour: Colour): void {
    if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1)) return;
    const column = Math.min(this.columns - 1, Math.floor(x * this.columns));
    const row = Math.min(this.rows - 1, Math.floor((1 - y) * this.rows));
    this.letters[row * this.columns + column] = letter;
    this.colours[row * this.columns + column] = colour;
  }

  /** The lines, from top to bottom; neighbours of one colour are painted together. */
  lines(paint: Paint): string[] {
    return Array.from({ length: this.rows }, (_, row) => {
      let line = '';
      let run = '';
      let colour: Colour | undefined;
      const flush = (): void => {
        line += colour === undefined ? run : paint(run, colour);
        run = '';
      };
      for (let cell = row * this.columns; cell < (row + 1) * this.columns; cell++) {
        if (this.colours[cell] !== colour) flush();
        colour = this.colours[cell];
        run +=
          this.letters[cell] ??
          (this.masks[cell] === 0 ? ' ' : String.fromCharCode(BLANK + this.masks[cell]));
      }
      flush();
      return line;
    });
  }

  private set(x: number, y: number, colour: Colour): void {
    const cell = (y >> 2) * this.columns + (x >> 1);
    this.masks[cell] |= DOTS[y & 3][x & 1];
    this.colours[cell] = colour;
  }
}
