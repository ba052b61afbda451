/**
 * `npm run bench:variational-scale`: time and memory of a mean-field step (ten draws, ten gradients, one move) from 10⁴ to
 * 10⁶ parameters, on y ~ N(θ, 1), θ ~ N(0, 1).
 */
import { model, normal, vector } from '../src';
import { fullInstance } from '../src/backend/wasm';
import { MEAN_FIELD } from '../src/inference/variational/family';
import { Optimisation } from '../src/inference/variational/optimisation';

const means = model({ y: vector('row') })
  .param('theta', normal(0, 1), { dims: ['row'] })
  .observe('y', ({ theta }) => normal(theta, 1));

console.log('| parameters | ms a step | ns a parameter and draw | MiB |\n|---|---|---|---|');
for (const size of [10_000, 100_000, 1_000_000]) {
  const { target } = means.condition({ y: Float64Array.from({ length: size }, (_, i) => (i % 7) / 7) });
  const instance = await fullInstance(target);
  const optimisation = new Optimisation(instance, {
    family: { code: MEAN_FIELD, rank: 0, noise: 0 },
    drawsPerStep: 10,
    seed: 1,
    landing: true,
  });
  optimisation.begin([new Float64Array(size), new Float64Array(size)]);
  optimisation.rate = 0.25;
  const steps = Math.max(3, Math.floor(2e6 / size));
  optimisation.advance(steps, Infinity);
  let fastest = Infinity;
  for (let sample = 0; sample < 5; sample++) {
    const start = performance.now();
    optimisation.advance(steps, Infinity);
    fastest = Math.min(fastest, (performance.now() - start) / steps);
  }
  const bytes = instance.bytes(0, 0).buffer.byteLength;
  console.log(
    `| ${size} | ${fastest.toFixed(2)} | ${((1e6 * fastest) / size / 10).toFixed(1)} | ${(bytes / 1048576).toFixed(1)} |`,
  );
}
