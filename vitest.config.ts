/** Tests run against the sources; the built package has tests of its own in test/package. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    alias: {
      'credence/plot': new URL('./src/plot/index.ts', import.meta.url).pathname,
      'credence/files': new URL('./src/io/index.ts', import.meta.url).pathname,
      'credence/node': new URL('./src/io/node.ts', import.meta.url).pathname,
      credence: new URL('./src/index.ts', import.meta.url).pathname,
    },
  },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two cores: more would only make samplers wait for each other.
    maxWorkers: 2,
  },
});
