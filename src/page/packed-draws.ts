/** Draws of a scalar as text: deviations from their mean in single precision, which pictures cannot tell from the whole. */

/** Draws of all chains of one scalar. */
export interface PackedDraws {
  readonly centre: number;
  /** Base64 of 32-bit floats, little endian, chain after chain. */
  readonly deviations: string;
}

/** Characters to a call that takes each as an argument. */
const PIECE = 8192;

/**
 * Packs every `step`-th draw of each chain.
 *
 * @param chains one array per chain, all of one length
 */
export function pack(chains: readonly ArrayLike<number>[], step = 1): PackedDraws {
  const kept = Math.ceil(chains[0].length / step);
  let centre = 0;
  let finite = 0;
  for (const chain of chains) {
    for (let i = 0; i < chain.length; i += step) {
      if (Number.isFinite(chain[i])) centre += (chain[i] - centre) / ++finite;
    }
  }
  const view = new DataView(new ArrayBuffer(4 * kept * chains.length));
  chains.forEach((chain, c) => {
    for (let i = 0; i < kept; i++) view.setFloat32(4 * (c * kept + i), chain[i * step] - centre, true);
  });
  const bytes = new Uint8Array(view.buffer);
  let text = '';
  for (let start = 0; start < bytes.length; start += PIECE) {
    text += String.fromCharCode(...bytes.subarray(start, start + PIECE));
  }
  return { centre, deviations: btoa(text) };
}

/** The draws, one array per chain. */
export function unpack({ centre, deviations }: PackedDraws, chains: number): Float64Array[] {
  const text = atob(deviations);
  const view = new DataView(new ArrayBuffer(text.length));
  for (let i = 0; i < text.length; i++) view.setUint8(i, text.charCodeAt(i));
  const length = text.length / 4 / chains;
  return Array.from({ length: chains }, (_, chain) =>
    Float64Array.from({ length }, (_, i) => centre + view.getFloat32(4 * (chain * length + i), true)),
  );
}
