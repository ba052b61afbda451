/**
 * What the Laplace approximation costs: the diagonal structure from 10⁴ to 10⁶ parameters, and all of the Hessian of 2,000
 * parameters beside the same steps in plain TypeScript. `npm run bench:laplace`, or with numbers of rows and parameters
 * behind `--` for the second alone.
 */
import {
  laplaceApproximation,
  matmul,
  matrix,
  model,
  normal,
  poissonLog,
  random,
  bernoulliLogit,
  vector,
} from '../src';
import { baselineLaplace } from './laplace-baseline';

const seconds = (since: number): string => ((performance.now() - since) / 1000).toFixed(2);

/** Counts with a rate of their own each: as many parameters as counts. */
async function diagonal(size: number): Promise<void> {
  const stream = await random(1);
  const y = stream.poisson(size, 3);
  const began = performance.now();
  const posterior = model({ y: vector('n') })
    .param('x', normal(1, 0.5), { dims: ['n'] })
    .observe('y', ({ x }) => poissonLog(x))
    .condition({ y });
  const conditioned = performance.now();
  const fit = await laplaceApproximation(posterior, { structure: 'diagonal', draws: 10, seed: 1 });
  const { heapUsed, external, arrayBuffers, rss } = process.memoryUsage();
  console.log(
    `diagonal, ${size} parameters: ${seconds(began)} s (condition ${((conditioned - began) / 1000).toFixed(2)} s), ` +
      `${fit.hessian.kind}: ${fit.hessian.because}; resident ${Math.round(rss / 1048576)} MiB ` +
      `(heap ${Math.round(heapUsed / 1048576)}, arrays ${Math.round((external + arrayBuffers) / 1048576)})`,
  );
}

/** Logistic regression. */
async function full(rows: number, columns: number): Promise<void> {
  const stream = await random(2);
  const X = Float64Array.from(stream.normal(rows * columns));
  const y = Array.from(stream.uniform(rows), (u) => (u < 0.5 ? 1 : 0));
  const posterior = model({ X: matrix('row', 'term'), y: vector('row') })
    .param('beta', normal(0, 0.2), { dims: ['term'] })
    .observe('y', ({ X, beta }) => bernoulliLogit(matmul(X, beta)))
    .condition({ X: Array.from({ length: rows }, (_, i) => X.subarray(i * columns, (i + 1) * columns)), y });
  const phases = new Map<string, number>();
  let last = performance.now();
  const began = last;
  const fit = await laplaceApproximation(posterior, {
    structure: 'full',
    draws: 1000,
    seed: 1,
    starts: 1,
    onProgress: ({ phase }) => {
      const now = performance.now();
      phases.set(phase, (phases.get(phase) ?? 0) + now - last);
      last = now;
    },
  });
  const tail = performance.now() - last;
  const shown = [...phases].map(([phase, ms]) => `${phase} ${(ms / 1000).toFixed(2)} s`).join(', ');
  console.log(
    `full, ${columns} parameters, ${rows} rows: ${seconds(began)} s (${shown}, factor and 1000 draws ${(tail / 1000).toFixed(2)} s); ` +
      `Pareto k ${fit.paretoK.toFixed(2)}`,
  );
  const mine = ((phases.get('curvature') ?? 0) + tail) / 1000;
  const baseline = baselineLaplace(posterior, fit.mode.position, 1000);
  const total = baseline.hessian + baseline.factor + baseline.draws;
  console.log(
    `  plain TypeScript: Hessian ${baseline.hessian.toFixed(2)} s, factor ${baseline.factor.toFixed(2)} s, draws ` +
      `${baseline.draws.toFixed(2)} s: ${(total / mine).toFixed(1)} times as long`,
  );
}

if (process.argv[2] === undefined) for (const size of [10_000, 100_000, 1_000_000]) await diagonal(size);
await full(Number(process.argv[2] ?? 500), Number(process.argv[3] ?? 2000));
