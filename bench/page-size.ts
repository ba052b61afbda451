/** What a page loads of the package: at first, and only when a model needs it. */
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

export interface PageSize {
  /** Bytes, minified and gzipped, of what the script imports at once, WebAssembly included. */
  readonly first: number;
  /** Of each part that is imported when it is asked for. */
  readonly later: readonly number[];
}

/** Bundles a script as a page would, in parts. */
export async function pageSize(script: string, folder: string): Promise<PageSize> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: script, resolveDir: folder },
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    external: ['node:*'],
    outdir: 'page',
    metafile: true,
    write: false,
  });
  const sizes = new Map(
    outputFiles.map(({ path, contents }) => [basename(path), gzipSync(contents, { level: 9 }).length]),
  );
  const chunks = new Map(Object.entries(metafile.outputs).map(([path, chunk]) => [basename(path), chunk]));
  const first = new Set<string>();
  const load = (name: string): void => {
    if (first.has(name)) return;
    first.add(name);
    for (const { path, kind } of chunks.get(name)!.imports)
      if (kind === 'import-statement' && chunks.has(basename(path))) load(basename(path));
  };
  load('stdin.js');
  return {
    first: [...first].reduce((sum, name) => sum + sizes.get(name)!, 0),
    later: [...sizes].filter(([name]) => !first.has(name)).map(([, size]) => size),
  };
}
