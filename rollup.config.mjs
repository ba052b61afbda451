/** Builds the package: the library, its streaming variant, the command, and the types. */
import { copyFile, readFile } from 'node:fs/promises';
import nodeResolve from '@rollup/plugin-node-resolve';
import { transform } from 'esbuild';
import dts from 'rollup-plugin-dts';
import esbuild from 'rollup-plugin-esbuild';

const typescript = () => [
  nodeResolve({ extensions: ['.ts', '.js', '.mjs'] }),
  esbuild({ target: 'es2022', tsconfig: false, minifyWhitespace: false }),
];

/** Node's modules and the command's dependencies stay outside. */
const external = (id) =>
  /^(node:|(commander|jiti|cli-progress|cli-table3|vega|vega-lite|h5wasm|hyparquet|hyparquet-writer)$)/.test(
    id,
  );

/** Takes the modules from files beside the package instead of embedding them. */
const streamed = {
  name: 'streamed-module',
  async resolveId(source, importer) {
    if (!/^\.\/source(-full)?$/.test(source) || !importer?.includes('backend/wasm')) return null;
    return this.resolve(`${source}-streamed`, importer);
  },
  async writeBundle() {
    await copyFile('build/credence.wasm', 'dist/credence.wasm');
    await copyFile('build/credence-full.wasm', 'dist/credence-full.wasm');
  },
};

/** What priors are drawn with. */
const OF_PRIORS =
  /src\/(random|simulation|matrix)\/|src\/backend\/wasm\/arena|build\/random-binary|@assemblyscript\/loader/;
const LATE = '?late';

/**
 * Gives starts from priors, which are imported when they are asked for, copies of what the library exports too: bundlers
 * would otherwise load that with every page.
 */
const late = {
  name: 'late-copies',
  async resolveId(source, importer, options) {
    if (!importer?.endsWith(LATE) && !importer?.endsWith('inference/prior-starts.ts')) return null;
    const found = await this.resolve(source, importer.replace(LATE, ''), { ...options, skipSelf: true });
    return found !== null && OF_PRIORS.test(found.id) ? found.id + LATE : found;
  },
  async load(id) {
    if (!id.endsWith(LATE)) return null;
    const code = await readFile(id.slice(0, -LATE.length), 'utf8');
    return (await transform(code, { loader: 'ts', target: 'es2022' })).code;
  },
};

const warnings = (warning, warn) => {
  throw new Error(`rollup: ${warning.message}`, { cause: warn });
};

export default [
  {
    input: {
      index: 'src/index.ts',
      cli: 'src/cli/main.ts',
      plot: 'src/plot/index.ts',
      files: 'src/io/index.ts',
      node: 'src/io/node.ts',
    },
    output: {
      dir: 'dist',
      format: 'es',
      // Imported by the library when it is needed, so that a page's bundler can keep it apart.
      chunkFileNames: ({ name, moduleIds }) => {
        if (moduleIds.every((id) => id.includes('/src/cli/'))) return `cli-${name}.js`;
        const named = ['report-page', 'prior-starts'].includes(name) ? `${name}.js` : 'library.js';
        return name === 'source-full' ? 'full-module.js' : named;
      },
      banner: (chunk) => (chunk.name === 'cli' ? '#!/usr/bin/env node' : ''),
    },
    plugins: [late, ...typescript()],
    external,
    onwarn: warnings,
  },
  {
    input: 'src/index.ts',
    output: { file: 'dist/streaming.js', format: 'es', inlineDynamicImports: true },
    plugins: [streamed, ...typescript()],
    external,
    onwarn: warnings,
  },
  {
    // The script of workers, for pages that may not make one from a string: self-contained, classic or module alike.
    input: 'src/inference/worker/main.ts',
    output: { file: 'dist/worker.js', format: 'iife' },
    plugins: typescript(),
    external,
    onwarn: warnings,
  },
  {
    input: {
      index: 'src/index.ts',
      plot: 'src/plot/index.ts',
      files: 'src/io/index.ts',
      node: 'src/io/node.ts',
    },
    output: { dir: 'dist', format: 'es', entryFileNames: '[name].d.ts', chunkFileNames: 'types-[hash].d.ts' },
    plugins: [dts({ tsconfig: 'tsconfig.json' })],
    external,
  },
];
