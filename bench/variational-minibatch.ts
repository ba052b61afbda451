/**
 * `npm run bench:variational-minibatch`: logistic regression with ten predictors on a million rows, by steps on all rows
 * and by steps on batches, each to the end of the stopping rule.
 */
import {
  bernoulliLogit,
  integers,
  matrix,
  model,
  normal,
  random,
  variational,
  type VariationalOptions,
} from '../src';

const ROWS = Number(process.argv[2] ?? 1_000_000);
const COLUMNS = 10;

const stream = await random(1);
const slopes = Array.from(stream.normal(COLUMNS, 0, 0.5));
// Predictors that are correlated, as real ones are.
const x = Array.from({ length: ROWS }, () => {
  const row = stream.normal(COLUMNS);
  for (let k = 1; k < COLUMNS; k++) row[k] = 0.6 * row[k - 1] + 0.8 * row[k];
  return row;
});
const uniform = stream.uniform(ROWS);
const y = Int32Array.from(x, (row, i) => {
  const eta = slopes.reduce((sum, slope, k) => sum + slope * row[k], 0);
  return uniform[i] < 1 / (1 + Math.exp(-eta)) ? 1 : 0;
});
const posterior = model({ x: matrix('row', 'column'), y: integers('row') })
  .param('beta', normal(0, 1), { dims: ['column'] })
  .observe('y', ({ x, beta }) => bernoulliLogit(x.matmul(beta)))
  .condition({ x, y });

interface Fitted {
  readonly location: Float64Array;
  readonly sds: Float64Array;
}

interface Run extends Fitted {
  readonly steps: number;
  /** Of the processor, so that others on the machine hardly count. */
  readonly seconds: number;
}

async function fit(options: VariationalOptions): Promise<Run> {
  const began = process.cpuUsage();
  const { unconstrained, iterations, converged } = await variational(posterior, {
    seed: 1,
    draws: 2,
    ...options,
  });
  const { user, system } = process.cpuUsage(began);
  if (!converged && options.maxIterations === undefined) throw new Error('the run did not converge');
  const covariance = unconstrained.covariance!();
  const sds = Float64Array.from({ length: COLUMNS }, (_, i) => Math.sqrt(covariance[i * (COLUMNS + 1)]));
  return { location: unconstrained.location!, sds, steps: iterations, seconds: (user + system) / 1e6 };
}

/** Largest distance of locations in standard deviations, and of standard deviations in percent. */
function distance(a: Fitted, b: Fitted): [number, number] {
  let [far, wide] = [0, 0];
  b.sds.forEach((sd, i) => {
    far = Math.max(far, Math.abs(a.location[i] - b.location[i]) / sd);
    wide = Math.max(wide, 100 * Math.abs(a.sds[i] / sd - 1));
  });
  return [far, wide];
}

console.log('| family | rows of a step | steps | s | location, sd | sd, % |\n|---|---|---|---|---|---|');
for (const family of ['full-rank', 'mean-field'] as const) {
  const whole = await fit({ family });
  const report = (rows: string, run: Run): void => {
    const [far, wide] = distance(run, whole);
    const cells = [family, rows, run.steps, run.seconds.toFixed(1), far.toFixed(3), wide.toFixed(1)];
    console.log(`| ${cells.join(' | ')} |`);
  };
  report('all', whole);
  for (const size of [256, 1024, 4096]) {
    report(`${size}`, await fit({ family, minibatch: { dimension: 'row', size } }));
  }
  const [far, wide] = distance(await fit({ family, maxIterations: 1 }), whole);
  console.log(`${family}: the start is ${far.toFixed(2)} sd and ${wide.toFixed(0)} % off`);
}
