/** Colourings that the graph proves, held against dense Hessians; estimates where it proves none; memory said up front. */
import { describe, expect, test } from 'vitest';
import {
  bernoulliLogit,
  categoricalLogit,
  fromFunction,
  gamma,
  halfNormal,
  index,
  integers,
  laplaceApproximation,
  matmul,
  matrix,
  mixture,
  model,
  normal,
  poissonLog,
  random,
  type Samplable,
  tanh,
  vector,
} from '../../src';
import { type Posterior } from '../../src/model/posterior';
import { coloringOf } from '../../src/inference/laplace/coloring';
import { loadObjective } from '../../src/inference/optimize/climb';
import { Information } from '../../src/inference/optimize/information';
import { coloredDiagonal } from '../../src/inference/laplace/diagonal';
import { Place } from '../../src/inference/laplace/place';

/** The diagonal by colours and the whole −H, at a point away from anything special. */
async function compare(posterior: Posterior) {
  const coloring = coloringOf(posterior)!;
  const { instance, exact } = await loadObjective(posterior as Samplable, 'density', {
    products: true,
    pullback: false,
  });
  const { dimension } = posterior;
  const point = Float64Array.from({ length: dimension }, (_, i) => 0.3 * Math.sin(3 * i + 1));
  const { values } = coloredDiagonal(new Place(instance, exact, point, () => undefined), coloring);
  const dense = Information.at(instance, point).precision;
  return { coloring, values, dense, dimension };
}

const groups = [0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 2, 2];
const stream = await random(8);
const counts = stream.poisson(groups.length, 4);

const cases: [string, number, () => unknown][] = [
  [
    'counts with rates of their own',
    1,
    () =>
      model({ y: vector('n') })
        .param('x', normal(0, 1), { dims: ['n'] })
        .observe('y', ({ x }) => poissonLog(x))
        .condition({ y: counts }),
  ],
  [
    'mixtures with locations of their own',
    1,
    () =>
      model({ y: vector('n') })
        .param('x', normal(0, 1), { dims: ['n'] })
        .observe('y', ({ x }) => mixture([0.3, 0.7], [normal(x, 1), normal(0, 3)]))
        .condition({ y: counts }),
  ],
  [
    'logits of their own',
    3,
    () =>
      model({ y: integers('n') })
        .param('logits', normal(0, 1), { dims: ['n', 3] })
        .observe('y', ({ logits }) => categoricalLogit(logits))
        .condition({ y: [0, 2, 1, 1, 0, 2, 2, 0] }),
  ],
  [
    'groups with a common scale and mean',
    3,
    () =>
      model({ y: vector('n'), group: index('n', 'g') })
        .param('mu', normal(0, 1))
        .param('tau', halfNormal(1))
        .param('effect', ({ mu, tau }) => normal(mu, tau), { dims: ['g'] })
        .observe('y', ({ effect, group }) => poissonLog(effect.gather(group)))
        .condition({ y: counts, group: groups }),
  ],
  [
    'a random walk',
    2,
    () =>
      model({ y: vector('n') })
        .param('x', normal(0, 1), { dims: ['n'] })
        .logDensity(
          'steps',
          ({ x }) => {
            const d = x.slice(1).sub(x.slice(0, -1));
            return d.square().mul(-2).sum();
          },
          { role: 'prior' },
        )
        .observe('y', ({ x }) => poissonLog(x))
        .condition({ y: counts }),
  ],
  [
    'regression on two columns beside effects of groups',
    3,
    () =>
      model({ X: matrix('n', 'k'), y: vector('n'), group: index('n', 'g') })
        .param('beta', normal(0, 1), { dims: ['k'] })
        .param('effect', normal(0, 1), { dims: ['g'] })
        .observe('y', ({ X, beta, effect, group }) =>
          bernoulliLogit(matmul(X, beta).add(effect.gather(group))),
        )
        .condition({
          X: groups.map((_, i) => [Math.sin(i), Math.cos(2 * i)]),
          y: groups.map((_, i) => i % 2),
          group: groups,
        }),
  ],
];

describe.each(cases)('%s', (_, most, build) => {
  test('colours prove the diagonal, and it is that of the whole Hessian', async () => {
    const { coloring, values, dense, dimension } = await compare(build() as Posterior);
    expect(coloring.count).toBeLessThanOrEqual(most);
    for (let i = 0; i < dimension; i++) {
      expect(Math.abs(values[i] - dense[i * dimension + i])).toBeLessThan(
        1e-12 * Math.max(1, Math.abs(values[i])),
      );
      // What shares a colour never meets.
      for (let j = 0; j < i; j++) {
        if (coloring.colours[i] === coloring.colours[j]) expect(Math.abs(dense[i * dimension + j])).toBe(0);
      }
    }
  });
});

/** Twice the drop of the approximation one unit from its mode, in each coordinate: the precision's diagonal. */
function diagonalBy(fit: { mode: { position: Float64Array }; logDensity(x: Float64Array): number }) {
  const { position } = fit.mode;
  return position.map(
    (_, i) => 2 * (fit.logDensity(position) - fit.logDensity(position.map((m, k) => (k === i ? m + 1 : m)))),
  );
}

test('a generalised linear form of 80 coefficients and effects of groups: exact by a few products', async () => {
  const rows = 200;
  const terms = 80;
  const X = Array.from({ length: rows }, () => Array.from(stream.normal(terms)));
  const group = X.map((_, i) => i % 7);
  const posterior = model({ X: matrix('n', 'k'), y: vector('n'), group: index('n', 'g') })
    .param('tau', halfNormal(1))
    .param('beta', normal(0, 0.3), { dims: ['k'] })
    .param('effect', ({ tau }) => normal(0, tau), { dims: ['g'], noncentered: true })
    .observe('y', ({ X, beta, effect, group }) => bernoulliLogit(matmul(X, beta).add(effect.gather(group))))
    .condition({ X, y: X.map((row) => (row[0] + row[1] > 0 ? 1 : 0)), group });
  const settings = { seed: 2, draws: 10 };
  const full = await laplaceApproximation(posterior, { ...settings, structure: 'full' });
  const few = await laplaceApproximation(posterior, { ...settings, structure: 'diagonal' });
  expect(few.hessian.kind).toBe('exact');
  expect(few.hessian.because).toMatch(/generalised linear form/);
  expect(few.hessian.products).toBeLessThan(12);
  const expected = diagonalBy(full);
  diagonalBy(few).forEach((value, i) => expect(Math.abs(value / expected[i] - 1)).toBeLessThan(1e-9));
});

test('more than 64 coordinates that all meet: estimated, with standard errors that hold', async () => {
  const rows = 300;
  const terms = 80;
  const X = Array.from({ length: rows }, () => Array.from(stream.normal(terms)));
  const y = X.map((row) => (row[0] + row[1] > 0 ? 1 : 0));
  const posterior = model({ X: matrix('n', 'k'), y: vector('n') })
    .param('beta', normal(0, 0.3), { dims: ['k'] })
    .observe('y', ({ X, beta }) => bernoulliLogit(matmul(X, tanh(beta))))
    .condition({ X, y });
  const full = await laplaceApproximation(posterior, { structure: 'full', seed: 2, draws: 10 });
  const estimated = await laplaceApproximation(posterior, {
    structure: 'diagonal',
    seed: 2,
    draws: 10,
    probes: 70,
  });
  const { hessian } = estimated;
  expect(hessian.kind).toBe('estimated');
  expect(hessian.products).toBe(70);
  const [found, expected] = [diagonalBy(estimated), diagonalBy(full)];
  // Mean square of 80 studentised errors; 1 but for its own error of about √(2/80).
  let squares = 0;
  for (let i = 0; i < terms; i++) {
    squares += ((found[i] - expected[i]) / hessian.standardErrors![i]) ** 2 / terms;
  }
  expect(squares).toBeGreaterThan(0.4);
  expect(squares).toBeLessThan(1.8);
});

test('what does not fit is said before anything is computed, with what would', async () => {
  const size = 200_000;
  const posterior = model({ y: vector('n') })
    .param('x', normal(0, 1), { dims: ['n'] })
    .observe('y', ({ x }) => normal(x, 1))
    .condition({ y: new Float64Array(size) });
  await expect(laplaceApproximation(posterior, { structure: 'full' })).rejects.toThrow(
    /structure 'full' of 200000 parameters takes 596\.0 GiB.*'low-rank' \(184 MiB\), 'diagonal' \(13 MiB\)/,
  );
  await expect(laplaceApproximation(posterior, { draws: 100_000 })).rejects.toThrow(/draws: \d+ would fit/);
  const fit = await laplaceApproximation(posterior, { draws: 3, seed: 1 });
  expect(fit.structure).toBe('diagonal');
  expect(fit.hessian.because).toContain('separable');
});

test('a saddle is said to be one, by name', async () => {
  // Flat along a − b, and curved upwards along c.
  const posterior = fromFunction({
    parameters: { a: [], b: [], c: [] },
    density(x, gradient) {
      const s = x[0] + x[1] - 1;
      gradient[0] = gradient[1] = -s;
      gradient[2] = 0;
      return (-s * s) / 2;
    },
  });
  const fit = await laplaceApproximation(posterior, { seed: 1, draws: 50 });
  expect(fit.converged).toBe(false);
  expect(fit.hessian.kind).toBe('differences');
  expect(fit.warnings.join(' ')).toMatch(/not negative definite.*'a'.*'b'/);
  expect(fit.warnings.join(' ')).toMatch(/'c'/);
});

test('Pareto k tells a skewed posterior from a nearly normal one', async () => {
  const skewed = model({}).param('rate', gamma(0.3, 1)).condition({});
  const nearly = model({}).param('rate', gamma(300, 1)).condition({});
  const fits = await Promise.all(
    [skewed, nearly].map((p) => laplaceApproximation(p, { seed: 1, draws: 4000 })),
  );
  expect(fits[1].paretoK).toBeLessThan(0.5);
  expect(fits[0].paretoK).toBeGreaterThan(fits[1].paretoK);
  // log Γ(300) by Stirling's leading correction: −1/(12·300)
  expect(Math.abs(fits[1].logEvidence)).toBeLessThan(1 / 1000);
});

test('a hierarchical scale that runs to zero is an error that names it', async () => {
  const posterior = model({ y: vector('n') })
    .param('tau', halfNormal(1))
    .param('x', ({ tau }) => normal(0, tau), { dims: ['n'] })
    .observe('y', ({ x }) => normal(x, 1))
    .condition({ y: [0.1, -0.2, 0.3, 0, 0.1] });
  await expect(laplaceApproximation(posterior, { seed: 1 })).rejects.toThrow(
    /laplaceApproximation: there is no mode.*pole at zero of 'tau'.*noncentered/,
  );
});
