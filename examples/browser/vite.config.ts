/** Builds the page against the package as it would be installed: `npm run build` first. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const dist = (file: string): string => fileURLToPath(new URL(`../../dist/${file}`, import.meta.url));

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  // Relative, so that the page can lie anywhere.
  base: './',
  resolve: {
    alias: [
      { find: /^credence$/, replacement: dist('index.js') },
      { find: /^credence\/files$/, replacement: dist('files.js') },
    ],
  },
  build: {
    target: 'es2022',
    outDir: fileURLToPath(new URL('../../build/browser-example/', import.meta.url)),
    emptyOutDir: true,
    // HDF5, loaded when a NetCDF file is wanted, is this large.
    chunkSizeWarningLimit: 6000,
  },
  worker: { format: 'es' },
});
