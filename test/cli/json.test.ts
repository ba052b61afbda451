/** JSON files: every fault is found where it is, and nothing else is called a fault. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { readJsonObject } from '../../src/cli/json-file';
import { findSyntaxFault } from '../../src/io/json-syntax';

test.each([
  ['{"y": [1, NaN]}', 1, 11, 'a value', "'NaN'"],
  ['{"y": [1, 2,]}', 1, 13, 'a value', "']'"],
  ['{\n  "y": 1,\n}', 3, 1, 'a name in double quotes', "'}'"],
  ['{"y" 1}', 1, 6, "':'", "'1'"],
  ["{'y': 1}", 1, 2, 'a name in double quotes', "'''"],
  ['{"y": [1 2]}', 1, 10, "',' or ']'", "'2'"],
  ['{"y": 1', 1, 8, "',' or '}'", 'the end of the file'],
  ['{"y": 01}', 1, 7, 'a value', "'01'"],
  ['{"y": .5}', 1, 7, 'a value', "'.5'"],
  ['{"y": 1} x', 1, 10, 'the end of the file', "'x'"],
  ['', 1, 1, 'a value', 'the end of the file'],
])('%j', (text, line, column, expected, found) => {
  expect(findSyntaxFault(text)).toEqual({ line, column, expected, found });
});

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

test('text has a fault exactly when JSON.parse refuses it', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(findSyntaxFault(text)).toBeUndefined();
    }),
  );
  fc.assert(
    fc.property(
      fc.json(),
      fc.nat(),
      fc.constantFrom('', ',', ']', '"', '1', 'x', '\\', ' '),
      (text, place, put) => {
        const at = place % (text.length + 1);
        const changed = text.slice(0, at) + put + text.slice(at + 1);
        expect(findSyntaxFault(changed) === undefined).toBe(isJson(changed));
      },
    ),
    { numRuns: 2000 },
  );
});

const root = mkdtempSync(join(tmpdir(), 'credence-json-'));
afterAll(() => rmSync(root, { recursive: true }));

function file(text: string): string {
  const path = join(root, 'data.json');
  writeFileSync(path, text);
  return path;
}

test('an object is read, a byte order mark ignored', () => {
  expect(readJsonObject(file('\uFEFF{"y": [1, 2]}'))).toEqual({ y: [1, 2] });
});

test('refusals name the file and the place', () => {
  expect(() => readJsonObject(file('{"y":\n oops}'))).toThrow(
    `${join(root, 'data.json')}:2:2: not JSON: expected a value, found 'oops'`,
  );
  expect(() => readJsonObject(file('[1, 2]'))).toThrow('data.json: expected an object of named values');
  expect(() => readJsonObject(file('null'))).toThrow('but it holds null');
  expect(() => readJsonObject(join(root, 'absent.json'))).toThrow(
    `there is no file '${join(root, 'absent.json')}'`,
  );
  expect(() => readJsonObject(root)).toThrow(`cannot read '${root}'`);
});
