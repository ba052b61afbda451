/** Lines of a text file, some megabytes at a time. Node only. */

import { createReadStream } from 'node:fs';

/** A line without its end. */
export interface Line {
  readonly text: string;
  /** From 1. */
  readonly number: number;
  /** False for the last line of a file that stops without a line feed. */
  readonly ended: boolean;
}

/** The lines of a file in batches. */
export async function* linesOf(path: string): AsyncGenerator<Line[]> {
  let rest = '';
  let number = 0;
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
    const pieces = (rest + (chunk as string)).split('\n');
    rest = pieces.pop()!;
    yield pieces.map((text) => ({ text: withoutReturn(text), number: ++number, ended: true }));
  }
  if (rest !== '') yield [{ text: withoutReturn(rest), number: ++number, ended: false }];
}

function withoutReturn(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}
