/**
 * Writes the generator's words to standard output without end, for a battery of tests: `npm run battery` pipes them into
 * dieharder (apt-get install dieharder).
 */
import { readFile } from 'node:fs/promises';

const STATE = 65536;
const OUT = STATE + 64;
const WORDS = 1 << 16;
const memory = new WebAssembly.Memory({ initial: 16 });
const module = await readFile(new URL('../../build/random-kernels.wasm', import.meta.url));
const { exports } = (await WebAssembly.instantiate(module, { env: { memory } })).instance;
exports.seed(STATE, 20240n, 0);

process.stdout.on('error', () => process.exit(0));
const write = () => {
  do exports.fillWords(STATE, OUT, WORDS);
  while (process.stdout.write(Buffer.from(memory.buffer.slice(OUT, OUT + 8 * WORDS))));
  process.stdout.once('drain', write);
};
write();
