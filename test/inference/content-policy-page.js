/** Samples on a page with a strict content policy; names the worker's script if there is one, and tells how it went. */
import { fromModule, nuts } from '/dist/index.js';

export async function sample(workers, script) {
  const gaussian = fromModule(new URL('/test/inference/gaussian.mjs', location.href), 'density', {
    dimension: 3,
  });
  const own = script === undefined ? {} : { worker: () => new Worker(script) };
  try {
    const fit = await nuts(gaussian, { seed: 5, warmup: 100, draws: 100, workers, ...own });
    return fit.draws('x').mean().join();
  } catch (error) {
    return error.message;
  }
}
