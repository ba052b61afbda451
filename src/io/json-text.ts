/** Parses JSON with errors that name the file, the line and the column. */

import { findSyntaxFault } from './json-syntax';

/**
 * The value of a JSON text; a byte order mark is ignored.
 *
 * @param file named in errors
 * @throws Error naming the place where the text stops being JSON
 */
export function parseJson(file: string, text: string): unknown {
  const plain = text.replace(/^\uFEFF/, '');
  try {
    return JSON.parse(plain);
  } catch (error) {
    const fault = findSyntaxFault(plain);
    if (fault === undefined) throw error;
    const { line, column, expected, found } = fault;
    throw new Error(`${file}:${line}:${column}: not JSON: expected ${expected}, found ${found}`, {
      cause: error,
    });
  }
}
