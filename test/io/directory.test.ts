/** Directories of runs: refused before sampling when they cannot be written, complete afterwards. */

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { cmdStanCsv, drawsJson } from '../../src/io';
import { prepareDirectory, writeRun } from '../../src/io/directory';
import { exampleRun, origin } from './example';

const root = mkdtempSync(join(tmpdir(), 'credence-io-'));
afterAll(() => rmSync(root, { recursive: true }));

test('a directory is made with its parents and left empty', async () => {
  const path = join(root, 'a', 'b');
  await prepareDirectory(path);
  expect(readdirSync(path)).toEqual([]);
});

test('a path that is a file is refused by name', async () => {
  const path = join(root, 'file');
  writeFileSync(path, '');
  await expect(prepareDirectory(path)).rejects.toThrow(`cannot write to directory '${path}'`);
  await expect(prepareDirectory(join(path, 'below'))).rejects.toThrow('cannot write to directory');
});

test.runIf(existsSync('/proc/self'))('a path where nothing can be made is refused at once', async () => {
  await expect(prepareDirectory('/proc/credence')).rejects.toThrow(
    "cannot write to directory '/proc/credence'",
  );
});

test('one CSV per chain, numbered as the chain, and two JSON files', async () => {
  const path = join(root, 'run');
  await prepareDirectory(path);
  const run = exampleRun();
  const files = await writeRun(run, origin, path, '{}');
  expect(files).toEqual(
    ['output_1.csv', 'output_3.csv', 'draws.json', 'summary.json'].map((name) => join(path, name)),
  );
  expect(readFileSync(files[1], 'utf8')).toBe([...cmdStanCsv(run, origin, 1)].join(''));
  expect(readFileSync(files[2], 'utf8')).toBe([...drawsJson(run, origin)].join(''));
  expect(readFileSync(files[3], 'utf8')).toBe('{}');
});
