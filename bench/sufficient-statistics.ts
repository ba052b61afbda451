/**
 * How fast data become sufficient statistics, in gigabytes a second beside a plain copy and a loop in JavaScript: a table,
 * or JSON with `--json`. With `--stream N`, N gigabytes are made on the fly and taken in instead.
 */
import {
  betaBernoulli,
  dirichletCategorical,
  gammaExponential,
  gammaGamma,
  gammaPoisson,
  linearRegression,
  multivariateNormalNormal,
  normalInverseGamma,
  paretoUniform,
} from '../src/conjugate';
import { random, type RandomStream } from '../src/random';

/** Larger than any cache. */
const COUNT = 1 << 23;
const REPEATS = 15;
const GIGA = 1e9;

interface Subject {
  readonly family: string;
  readonly data: (stream: RandomStream, count: number) => Float64Array;
  readonly update: (data: Float64Array) => unknown;
  /** The same statistics by a loop. */
  readonly loop?: (data: Float64Array) => unknown;
}

const identity = (size: number): number[] =>
  Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? 1 : 0));

function sumOf(data: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += data[i];
  return sum;
}

/** Mean and squares by Welford's updates, one number after the other. */
function welford(data: Float64Array): number[] {
  let mean = 0;
  let squares = 0;
  for (let i = 0; i < data.length; i++) {
    const apart = data[i] - mean;
    mean += apart / (i + 1);
    squares += apart * (data[i] - mean);
  }
  return [mean, squares];
}

const subjects: Subject[] = [
  {
    family: 'betaBernoulli',
    data: (s, n) => s.binomial(n, 1, 0.3),
    update: (x) => betaBernoulli({ alpha: 1, beta: 1 }).update(x),
    loop: sumOf,
  },
  {
    family: 'gammaExponential',
    data: (s, n) => s.exponential(n),
    update: (x) => gammaExponential({ shape: 1, rate: 1 }).update(x),
    loop: sumOf,
  },
  {
    family: 'paretoUniform',
    data: (s, n) => s.uniform(n),
    update: (x) => paretoUniform({ minimum: 1, shape: 1 }).update(x),
  },
  {
    family: 'normalInverseGamma',
    data: (s, n) => s.normal(n, 1e3, 1),
    update: (x) => normalInverseGamma({ mean: 0, strength: 1, shape: 1, scale: 1 }).update(x),
    loop: welford,
  },
  {
    family: 'gammaPoisson (Σ log x! too)',
    data: (s, n) => s.poisson(n, 4),
    update: (x) => gammaPoisson({ shape: 1, rate: 1 }).update(x),
  },
  {
    family: 'gammaGamma (Σ log x too)',
    data: (s, n) => s.gamma(n, 2),
    update: (x) => gammaGamma({ shape: 1, rate: 1, known: 2 }).update(x),
  },
  {
    family: 'dirichletCategorical, 20',
    data: (s, n) => s.discreteUniform(n, 0, 19),
    update: (x) => dirichletCategorical({ concentration: new Array(20).fill(1) }).update(x),
  },
  {
    family: 'multivariateNormal, 4 columns',
    data: (s, n) => s.normal(n),
    update: (x) =>
      multivariateNormalNormal({ mean: [0, 0, 0, 0], covariance: identity(4), noise: identity(4) }).update(x),
  },
  {
    family: 'linearRegression, 8 columns',
    data: (s, n) => s.normal((n >> 3) * 8),
    update: (x) =>
      linearRegression({ predictors: 8, sd: 10, shape: 1, scale: 1 }).update({
        x,
        y: x.subarray(0, x.length / 8),
      }),
  },
];

/** Gigabytes of data a second, the best of some runs. */
function speed(data: Float64Array, act: (data: Float64Array) => unknown): number {
  let best = Infinity;
  for (let i = 0; i < REPEATS; i++) {
    const start = performance.now();
    act(data);
    best = Math.min(best, performance.now() - start);
  }
  return data.byteLength / GIGA / (best / 1000);
}

async function table(): Promise<void> {
  const stream = await random(1);
  const target = new Float64Array(COUNT);
  const rows = subjects.map(({ family, data: make, update, loop }) => {
    const data = make(stream, COUNT);
    return {
      family,
      update: speed(data, update),
      copy: speed(data, (source) => target.set(source)),
      loop: loop === undefined ? undefined : speed(data, loop),
    };
  });
  if (process.argv.includes('--json')) return console.log(JSON.stringify(rows, undefined, 2));
  console.log(`${'GB/s'.padEnd(32)}${['update', 'copy', 'loop'].map((word) => word.padStart(8)).join('')}`);
  for (const { family, ...figures } of rows) {
    const cells = [figures.update, figures.copy, figures.loop].map((x) => (x?.toFixed(1) ?? '').padStart(8));
    console.log(family.padEnd(32) + cells.join(''));
  }
}

/** Takes in many gigabytes made on the fly, and says how much memory that took. */
async function streamed(gigabytes: number): Promise<void> {
  const stream = await random(1);
  const chunk = new Float64Array(1 << 17);
  const chunks = Math.ceil((gigabytes * GIGA) / chunk.byteLength);
  let making = 0;
  function* made() {
    for (let i = 0; i < chunks; i++) {
      const start = performance.now();
      stream.normal(chunk, 3, 2);
      making += performance.now() - start;
      yield chunk;
    }
  }
  const before = process.memoryUsage().rss;
  const start = performance.now();
  const posterior = await normalInverseGamma({ mean: 0, strength: 1, shape: 1, scale: 1 }).updateFrom(made());
  const seconds = (performance.now() - start) / 1000;
  const grown = (process.memoryUsage().rss - before) / 1e6;
  const own = seconds - making / 1000;
  const bytes = chunks * chunk.byteLength;
  console.log(`${(bytes / GIGA).toFixed(1)} GB in ${posterior.observations} numbers`);
  console.log(
    `${own.toFixed(2)} s to take them in (${(bytes / GIGA / own).toFixed(1)} GB/s), ${(making / 1000).toFixed(2)} s to make them`,
  );
  console.log(
    `${grown.toFixed(0)} MB more memory at the end; mean ${posterior.mean.mean}, variance ${posterior.mean.variance}`,
  );
}

const at = process.argv.indexOf('--stream');
if (at >= 0) await streamed(Number(process.argv[at + 1] ?? 4));
else await table();
