/** Bundles the script and the style of report pages into strings that the command carries: build/report-page.ts. */

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The licences of the packages that the script contains, each text once: they want to be passed on. */
async function licencesOf(inputs) {
  const folders = inputs.flatMap((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []);
  const packagesByText = new Map();
  for (const folder of new Set(folders)) {
    const file = (await readdir(folder)).find((name) => /^licen[cs]e/i.test(name));
    if (file === undefined) throw new Error(`${folder} has no licence file`);
    const text = (await readFile(`${folder}/${file}`, 'utf8')).trim();
    const { name, version } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
    packagesByText.set(text, [...(packagesByText.get(text) ?? []), `${name} ${version}`]);
  }
  return [...packagesByText].map(([text, packages]) => `${packages.join(', ')}:\n\n${text}\n`).join('\n');
}

const script = await build({
  entryPoints: [here('client/main.ts')],
  absWorkingDir: here('../../'),
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  legalComments: 'none',
});
const style = await transform(await readFile(here('style.css'), 'utf8'), {
  loader: 'css',
  minify: true,
  target: 'es2022',
});
const licences = await licencesOf(Object.keys(script.metafile.inputs));
await mkdir(here('../../build'), { recursive: true });
await writeFile(
  here('../../build/report-page.ts'),
  '/** Script, style and licences of report pages. Made by src/page/bundle.mjs. */\n' +
    `export const reportScript: string =\n  ${JSON.stringify(`/*\n${licences.replaceAll('*/', '* /')}*/\n${script.outputFiles[0].text}`)};\n` +
    `export const reportStyle: string =\n  ${JSON.stringify(style.code.trim())};\n`,
);
