/** The TypeScript of the README and of docs/ runs as it stands. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it, vi } from 'vitest';

const root = new URL('../../', import.meta.url);
const pages = [
  'README.md',
  ...readdirSync(new URL('docs/', root))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

// Within the tree, so that imports of the package resolve as they do in tests.
const folder = mkdtempSync(new URL('test/docs/.run-', root).pathname);
afterAll(() => rmSync(folder, { recursive: true }));

for (const page of pages) {
  const text = readFileSync(new URL(page, root), 'utf8');
  const snippets = [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code);
  describe.runIf(snippets.length > 0)(page, () => {
    snippets.forEach((code, i) => {
      it(`snippet ${i + 1}`, async () => {
        const file = `${folder}/${page.replace(/\W/g, '-')}-${i}.ts`;
        writeFileSync(file, code);
        const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
        try {
          await import(/* @vite-ignore */ file);
          if (code.includes('console.log')) expect(log).toHaveBeenCalled();
          for (const [line] of log.mock.calls) expect(String(line)).not.toMatch(/undefined|NaN/);
        } finally {
          log.mockRestore();
        }
      });
    });
  });
}

it.each(['README.md', 'docs/folding.md'])('%s shows what its first snippet prints', async (page) => {
  const text = readFileSync(new URL(page, root), 'utf8');
  const shown = /prints.*\n\n```text\n([\s\S]*?)\n```/.exec(text)![1];
  const code = /```ts\n([\s\S]*?)```/.exec(text)![1];
  const file = `${folder}/shown-${page.replace(/\W/g, '-')}.ts`;
  writeFileSync(file, code);
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await import(/* @vite-ignore */ file);
  const printed = log.mock.calls.map(([line]) => String(line)).join('\n');
  log.mockRestore();
  expect(printed.trim()).toBe(shown.trim());
});
