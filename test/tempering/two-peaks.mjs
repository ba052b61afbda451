/** ¼ N(−6, 1) + ¾ N(6, 1) in both coordinates together, and references to start from. */

export function density(x, gradient) {
  const a = -((x[0] + 6) ** 2 + (x[1] + 6) ** 2) / 2;
  const b = -((x[0] - 6) ** 2 + (x[1] - 6) ** 2) / 2 + 1.0986122886681098;
  const top = Math.max(a, b);
  const sum = Math.exp(a - top) + Math.exp(b - top);
  const right = Math.exp(b - top) / sum;
  for (let i = 0; i < 2; i++) gradient[i] = -(1 - right) * (x[i] + 6) - right * (x[i] - 6);
  return top + Math.log(sum);
}

/** N(0, 8²) in both coordinates, normalised. */
export const wide = {
  density(x, gradient) {
    for (let i = 0; i < 2; i++) gradient[i] = -x[i] / 64;
    return -(x[0] * x[0] + x[1] * x[1]) / 128 - Math.log(128 * Math.PI);
  },
  draw: (random) => [8 * random.normal(), 8 * random.normal()],
};

/** Takes its time. */
export function slow(x, gradient) {
  const end = performance.now() + 200;
  while (performance.now() < end);
  return density(x, gradient);
}
