/** Writes a text that comes in pieces to a file. Node only. */

import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Pieces of text are gathered into writes of about this many characters. */
const WRITE_SIZE = 1 << 16;

/** @throws Error naming the file and the system's reason */
export async function writeText(path: string, pieces: Iterable<string>): Promise<void> {
  try {
    await pipeline(Readable.from(gathered(pieces)), createWriteStream(path));
  } catch (error) {
    throw new Error(`cannot write '${path}': ${(error as Error).message}`, { cause: error });
  }
}

function* gathered(pieces: Iterable<string>): Generator<string> {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length >= WRITE_SIZE) {
      yield text;
      text = '';
    }
  }
  if (text !== '') yield text;
}
