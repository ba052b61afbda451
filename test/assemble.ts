/** Compiles an AssemblyScript entry of the tests, in memory, with the flags of a release. */
import asc from 'assemblyscript/asc';

/** The entry's exports over a fresh memory of `pages` pages; the entry must not import anything else. */
export async function assemble<Exports>(
  entry: string,
  pages: number,
): Promise<{ exports: Exports; memory: WebAssembly.Memory }> {
  let binary: Uint8Array<ArrayBuffer> | undefined;
  const flags = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--importMemory'];
  const { error, stderr } = await asc.main([entry, '--outFile', 'kernels.wasm', ...flags], {
    writeFile: (name, contents) => {
      if (name === 'kernels.wasm') binary = contents as Uint8Array<ArrayBuffer>;
    },
  });
  if (error !== null) throw new Error(stderr.toString());
  const memory = new WebAssembly.Memory({ initial: pages });
  const { instance } = await WebAssembly.instantiate(binary!, { env: { memory } });
  return { exports: instance.exports as Exports, memory };
}
