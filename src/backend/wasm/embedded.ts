/** Modules embedded in the package as text. */

/** Unpacks and compiles a module that is gzipped and in base64. */
export async function compileEmbedded(text: string): Promise<WebAssembly.Module> {
  const packed = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const unpacking = new DecompressionStream('gzip');
  const writer = unpacking.writable.getWriter();
  // Errors reach the reader too.
  void writer.write(packed).catch(() => undefined);
  void writer.close().catch(() => undefined);
  const parts: Uint8Array[] = [];
  const reader = (unpacking.readable as ReadableStream<Uint8Array>).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
  }
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return WebAssembly.compile(bytes);
}
