/** A complex fast Fourier transform of power-of-two length, in place (Cooley and Tukey 1965, radix 2). */

/** Twiddle factors e^{−2πik/n}, k < n/2, of the last length used. */
let cosines = new Float64Array(0);
let sines = new Float64Array(0);

function prepare(n: number): void {
  if (cosines.length === n >> 1) return;
  cosines = new Float64Array(n >> 1);
  sines = new Float64Array(n >> 1);
  for (let k = 0; k < n >> 1; k++) {
    cosines[k] = Math.cos((2 * Math.PI * k) / n);
    sines[k] = -Math.sin((2 * Math.PI * k) / n);
  }
}

/** Transforms `re + i·im`; their length is a power of two. */
export function fourier(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  prepare(n);
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      const r = re[i];
      re[i] = re[j];
      re[j] = r;
      const s = im[i];
      im[i] = im[j];
      im[j] = s;
    }
  }
  for (let half = 1; half < n; half <<= 1) {
    const stride = (n >> 1) / half;
    for (let block = 0; block < n; block += half << 1) {
      for (let k = 0, twiddle = 0; k < half; k++, twiddle += stride) {
        const a = block + k;
        const b = a + half;
        const c = cosines[twiddle];
        const s = sines[twiddle];
        const r = c * re[b] - s * im[b];
        const t = c * im[b] + s * re[b];
        re[b] = re[a] - r;
        im[b] = im[a] - t;
        re[a] += r;
        im[a] += t;
      }
    }
  }
}
