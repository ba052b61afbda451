/** Reads a JSON file that holds named values. */

import { readFileSync } from 'node:fs';
import { parseJson } from '../io/json-text';

/**
 * The object in a JSON file.
 *
 * @throws Error naming the file, and the line and column where it stops being JSON
 */
export function readJsonObject(path: string): Record<string, unknown> {
  const text = readText(path);
  const value = parseJson(path, text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const found = value === null ? 'null' : Array.isArray(value) ? 'an array' : `a ${typeof value}`;
    throw new Error(`${path}: expected an object of named values, {"name": value, …}, but it holds ${found}`);
  }
  return value as Record<string, unknown>;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(code === 'ENOENT' ? `there is no file '${path}'` : `cannot read '${path}': ${message}`, {
      cause: error,
    });
  }
}
