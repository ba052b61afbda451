/** A stream of bytes as a stream of numbers: a file of float64 values, larger than memory, for `updateFrom`. */

/**
 * Little-endian float64 values of a stream of bytes, such as `createReadStream(path)` of Node or `response.body` of a
 * browser; chunks may break anywhere.
 *
 * @throws RangeError when the stream does not end with a whole number
 */
export async function* float64Chunks(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Float64Array, void> {
  let left = new Uint8Array(0);
  for await (const chunk of bytes) {
    const length = left.length + chunk.length;
    const whole = length - (length % 8);
    const buffer = new Uint8Array(whole);
    const rest = new Uint8Array(length - whole);
    // The end of the chunk that starts the next value.
    const cut = chunk.length - rest.length;
    if (whole === 0) {
      rest.set(left);
      rest.set(chunk, left.length);
    } else {
      buffer.set(left);
      buffer.set(chunk.subarray(0, cut), left.length);
      rest.set(chunk.subarray(cut));
      yield new Float64Array(buffer.buffer);
    }
    left = rest;
  }
  if (left.length > 0) {
    throw new RangeError(`float64Chunks: the stream ends with ${left.length} bytes that are no float64`);
  }
}
