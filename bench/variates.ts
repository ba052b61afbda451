/** Time of a random draw against @stdlib's generators with the same parameters: a table, or JSON with `--json`. */
import beta from '@stdlib/random-base-beta';
import gamma from '@stdlib/random-base-gamma';
import normal from '@stdlib/random-base-normal';
import poisson from '@stdlib/random-base-poisson';
import { random, type RandomStream } from '../src/random';
import { nanosecondsOf } from './measure';

/** Draws of one filling. */
const COUNT = 10_000;

interface Subject {
  readonly variate: string;
  readonly fill: (stream: RandomStream, out: Float64Array) => void;
  /** The same by @stdlib, with its parameters bound, which is its faster form. */
  readonly stdlib?: (out: Float64Array) => void;
}

const seeded = { seed: 1 };
const each = (draw: () => number) => (out: Float64Array) => {
  for (let i = 0; i < out.length; i++) out[i] = draw();
};

/** Dirichlet vectors of ten from gamma draws, as one writes them where there is no sampler. */
function dirichletOf(shape: number): (out: Float64Array) => void {
  const draw = gamma.factory(shape, 1, seeded);
  return (out) => {
    for (let start = 0; start < out.length; start += 10) {
      let sum = 0;
      for (let i = start; i < start + 10; i++) sum += out[i] = draw();
      for (let i = start; i < start + 10; i++) out[i] /= sum;
    }
  };
}

const gammaOf = (shape: number): Subject => ({
  variate: `gamma(${shape})`,
  fill: (s, out) => s.gamma(out, shape),
  stdlib: each(gamma.factory(shape, 1, seeded)),
});
const betaOf = (a: number, b: number): Subject => ({
  variate: `beta(${a}, ${b})`,
  fill: (s, out) => s.beta(out, a, b),
  stdlib: each(beta.factory(a, b, seeded)),
});
const poissonOf = (mean: number): Subject => ({
  variate: `Poisson(${mean})`,
  fill: (s, out) => s.poisson(out, mean),
  stdlib: each(poisson.factory(mean, seeded)),
});
const dirichlet = (shape: number): Subject => ({
  variate: `Dirichlet(10 × ${shape}), a component`,
  fill: (s, out) => s.dirichlet(out, new Float64Array(10).fill(shape)),
  stdlib: dirichletOf(shape),
});
const alone = (variate: string, fill: Subject['fill']): Subject => ({ variate, fill });

const means = Float64Array.from({ length: COUNT }, (_, i) => 1 + (i % 97));
const weights = Float64Array.from({ length: 100 }, (_, i) => 1 + (i % 7));

const subjects: readonly Subject[] = [
  alone('uniform', (s, out) => s.uniform(out)),
  {
    variate: 'normal',
    fill: (s, out) => s.normal(out),
    stdlib: each(normal.factory(0, 1, seeded)),
  },
  alone('exponential', (s, out) => s.exponential(out)),
  gammaOf(0.5),
  gammaOf(0.3),
  gammaOf(2),
  betaOf(2, 3),
  betaOf(0.5, 0.5),
  betaOf(0.3, 0.7),
  poissonOf(3),
  poissonOf(10),
  poissonOf(100),
  alone('Poisson(1 … 97), one by one', (s, out) => s.poisson(out, means)),
  dirichlet(1),
  dirichlet(0.3),
  alone('binomial(100, 0.3)', (s, out) => s.binomial(out, 100, 0.3)),
  alone('binomial(10⁶, 0.3)', (s, out) => s.binomial(out, 1e6, 0.3)),
  alone('negative binomial(20, 2)', (s, out) => s.negativeBinomial(out, 20, 2)),
  alone("Student's t(4)", (s, out) => s.studentT(out, 4)),
  alone('von Mises(2)', (s, out) => s.vonMises(out, 0, 2)),
  alone('categorical of 100', (s, out) => s.categorical(out, weights)),
];

const stream = await random(1);
const rows = subjects.map(({ variate, fill, stdlib }) => {
  const out = new Float64Array(COUNT);
  const time = (run: () => void): number =>
    nanosecondsOf((times) => {
      for (let i = 0; i < times; i++) run();
    }) / COUNT;
  const credence = time(() => fill(stream, out));
  return { variate, nsDraw: { credence, stdlib: stdlib && time(() => stdlib(out)) } };
});

if (process.argv.includes('--json')) console.log(JSON.stringify(rows, null, 2));
else {
  console.log(
    `${'ns per draw'.padEnd(34)}${'credence'.padStart(10)}${'stdlib'.padStart(10)}${'ratio'.padStart(8)}`,
  );
  for (const { variate, nsDraw } of rows) {
    const { credence, stdlib } = nsDraw;
    const compared =
      stdlib === undefined
        ? []
        : [stdlib.toFixed(1).padStart(10), (stdlib / credence).toFixed(1).padStart(8)];
    console.log(variate.padEnd(34) + credence.toFixed(1).padStart(10) + compared.join(''));
  }
}
