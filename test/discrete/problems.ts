/**
 * Posteriors of discrete parameters that are known exactly: every value is enumerated, and what is continuous beside them
 * is integrated out by hand.
 */
import {
  bernoulli,
  categorical,
  discreteUniform,
  gamma,
  hypergeometric,
  integer,
  integers,
  less,
  matmul,
  matrix,
  model,
  type NamedDraws,
  normal,
  poisson,
  type Posterior,
  type Ranks,
  select,
  vector,
} from '../../src';
import { disasters } from '../../examples/coal-mining';

/** A probability or mean under the posterior, and the same of one draw. */
export interface Known {
  readonly what: string;
  readonly exact: number;
  /** Names of the scalars that `of` gets, with their positions: `z[2]`. */
  readonly reads: readonly (readonly [name: string, position: number])[];
  readonly of: (...values: number[]) => number;
}

export interface Problem {
  readonly name: string;
  readonly posterior: Posterior;
  readonly logEvidence: number;
  readonly known: readonly Known[];
}

const factorials = [0];
/** log n! */
export function logFactorial(n: number): number {
  for (let k = factorials.length; k <= n; k++) factorials.push(factorials[k - 1] + Math.log(k));
  return factorials[n];
}
const logChoose = (n: number, k: number): number => logFactorial(n) - logFactorial(k) - logFactorial(n - k);
const logSum = (logs: readonly number[]): number => {
  const most = Math.max(...logs);
  return most + Math.log(logs.reduce((sum, x) => sum + Math.exp(x - most), 0));
};
const add = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0);

/** Normalises log weights; their log sum is the log evidence. */
function enumerated(logs: readonly number[]): { readonly logEvidence: number; readonly shares: number[] } {
  const logEvidence = logSum(logs);
  return { logEvidence, shares: logs.map((x) => Math.exp(x - logEvidence)) };
}

/** log ∫ Π Poisson(yᵢ | λ) Gamma(λ | 2, 1) dλ */
function poissonSegment(y: readonly number[]): number {
  const total = add(y);
  return logFactorial(total + 1) - (total + 2) * Math.log(y.length + 1) - add(y.map(logFactorial));
}

/** Coal-mining disasters: the year in which the rate changed. */
export function changePoint(): Problem {
  const years = disasters.length;
  const posterior = model({ y: integers('year'), year: vector('year') })
    .param('change', discreteUniform(1, years - 1))
    .param('early', gamma(2, 1))
    .param('late', gamma(2, 1))
    .derive('rate', ({ change, early, late, year }) => select(less(year, change), early, late))
    .observe('y', ({ rate }) => poisson(rate))
    .condition({ y: disasters, year: disasters.map((_, i) => i) });
  const changes = Array.from({ length: years - 1 }, (_, k) => k + 1);
  const { logEvidence, shares } = enumerated(
    changes.map(
      (change) =>
        poissonSegment(disasters.slice(0, change)) +
        poissonSegment(disasters.slice(change)) -
        Math.log(years - 1),
    ),
  );
  const meanEarly = add(
    changes.map((change, k) => (shares[k] * (add(disasters.slice(0, change)) + 2)) / (change + 1)),
  );
  return {
    name: 'a change point',
    posterior,
    logEvidence,
    known: [
      ...[36, 39, 40, 41, 44].map((change) => ({
        what: `P(change = ${change})`,
        exact: shares[change - 1],
        reads: [['change', 0]] as const,
        of: (x: number): number => (x === change ? 1 : 0),
      })),
      {
        what: 'E[change]',
        exact: add(changes.map((change, k) => change * shares[k])),
        reads: [['change', 0]],
        of: (x) => x,
      },
      { what: 'E[early]', exact: meanEarly, reads: [['early', 0]], of: (x) => x },
    ],
  };
}

/** log N(y | mean, I + 11ᵀ): observations about a level that is itself N(mean, 1). */
function logOneLevel(y: readonly number[], mean: number): number {
  const n = y.length;
  const total = add(y.map((x) => x - mean));
  const squares = add(y.map((x) => (x - mean) ** 2));
  return -0.5 * (n * Math.log(2 * Math.PI) + Math.log(n + 1) + squares - (total * total) / (n + 1));
}

const COUNT = 8;

/** Which of three components each observation comes from, their levels unknown. */
export function mixtureAssignments(): Problem {
  const y = [-2.1, -1.2, 0.1, 0.7, 2.6, -0.4, 3.3, 1.4];
  const weights = [0.2, 0.5, 0.3];
  const centres = [-2, 0, 2];
  const posterior = model({ y: vector('row') })
    .param('mu', normal(centres, 1))
    .param('z', categorical(weights), { dims: ['row'] })
    .observe('y', ({ mu, z }) => normal(mu.at(z), 1))
    .condition({ y });
  const all = Array.from({ length: 3 ** COUNT }, (_, code) =>
    Array.from({ length: COUNT }, (_, i) => Math.floor(code / 3 ** i) % 3),
  );
  const { logEvidence, shares } = enumerated(
    all.map((z) =>
      add([
        ...z.map((k) => Math.log(weights[k])),
        ...centres.map((centre, k) =>
          logOneLevel(
            y.filter((_, i) => z[i] === k),
            centre,
          ),
        ),
      ]),
    ),
  );
  const chance = (holds: (z: readonly number[]) => boolean): number =>
    add(shares.filter((_, code) => holds(all[code])));
  return {
    name: 'mixture assignments',
    posterior,
    logEvidence,
    known: [
      ...[0, 2, 3, 7].map((i) => ({
        what: `P(z[${i}] = 1)`,
        exact: chance((z) => z[i] === 1),
        reads: [['z', i]] as const,
        of: (z: number): number => (z === 1 ? 1 : 0),
      })),
      {
        what: 'P(z[2] = z[3])',
        exact: chance((z) => z[2] === z[3]),
        reads: [
          ['z', 2],
          ['z', 3],
        ],
        of: (a, b) => (a === b ? 1 : 0),
      },
    ],
  };
}

/** A count that is seen with normal errors. */
export function latentCount(): Problem {
  const y = [4.3, 2.9, 3.8];
  const posterior = model({ y: vector('row') })
    .param('k', poisson(6))
    .observe('y', ({ k }) => normal(k, 2))
    .condition({ y });
  const { logEvidence, shares } = enumerated(
    Array.from({ length: 60 }, (_, k) =>
      add([
        k * Math.log(6) - 6 - logFactorial(k),
        ...y.map((x) => -0.5 * ((x - k) / 2) ** 2 - Math.log(2) - 0.5 * Math.log(2 * Math.PI)),
      ]),
    ),
  );
  return {
    name: 'a latent count',
    posterior,
    logEvidence,
    known: [
      ...[2, 4, 7].map((value) => ({
        what: `P(k = ${value})`,
        exact: shares[value],
        reads: [['k', 0]] as const,
        of: (k: number): number => (k === value ? 1 : 0),
      })),
      { what: 'E[k]', exact: add(shares.map((p, k) => p * k)), reads: [['k', 0]], of: (k) => k },
    ],
  };
}

/** Capture and recapture: how many there are, when of those marked some come back. */
export function captureRecapture(): Problem {
  const [marked, caught, recaptured, most] = [30, 40, 9, 500];
  const posterior = model({ marked: integer(), caught: integer(), recaptured: integer() })
    .param('size', discreteUniform(61, most))
    .observe('recaptured', ({ size, marked, caught }) => hypergeometric(caught, marked, size.sub(marked)))
    .condition({ marked, caught, recaptured });
  const sizes = Array.from({ length: most - 60 }, (_, i) => i + 61);
  const { logEvidence, shares } = enumerated(
    sizes.map(
      (size) =>
        logChoose(marked, recaptured) +
        logChoose(size - marked, caught - recaptured) -
        logChoose(size, caught) -
        Math.log(sizes.length),
    ),
  );
  return {
    name: 'capture and recapture',
    posterior,
    logEvidence,
    known: [
      { what: 'E[size]', exact: add(sizes.map((n, i) => n * shares[i])), reads: [['size', 0]], of: (n) => n },
      {
        what: 'P(size ≤ 120)',
        exact: add(shares.filter((_, i) => sizes[i] <= 120)),
        reads: [['size', 0]],
        of: (n) => (n <= 120 ? 1 : 0),
      },
      {
        what: 'P(size > 250)',
        exact: add(shares.filter((_, i) => sizes[i] > 250)),
        reads: [['size', 0]],
        of: (n) => (n > 250 ? 1 : 0),
      },
    ],
  };
}

/** Determinant and quadratic form of a small positive definite matrix, by elimination. */
function gaussianLog(y: readonly number[], covariance: readonly (readonly number[])[]): number {
  const rows = covariance.map((row, i) => [...row, y[i]]);
  let logDeterminant = 0;
  let square = 0;
  for (let i = 0; i < y.length; i++) {
    const pivot = rows[i][i];
    logDeterminant += Math.log(pivot);
    square += rows[i][y.length] ** 2 / pivot;
    for (let k = i + 1; k < y.length; k++) {
      const factor = rows[k][i] / pivot;
      for (let j = i; j <= y.length; j++) rows[k][j] -= factor * rows[i][j];
    }
  }
  return -0.5 * (y.length * Math.log(2 * Math.PI) + logDeterminant + square);
}

/** Which of six predictors matter: 64 models. */
export function variableSelection(): Problem {
  const [rows, columns] = [15, 6];
  // Waves of different lengths: neither orthogonal nor alike.
  const X = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, j) => Math.sin((j + 1) * (0.37 * i + 0.2)) + 0.3 * Math.cos(i)),
  );
  const truth = [0.9, 0, 0, -0.6, 0, 0.3];
  const y = X.map((row, i) => add(row.map((x, j) => x * truth[j])) + Math.cos(2.3 * i));
  const posterior = model({ X: matrix('row', 'predictor'), y: vector('row') })
    .param('included', bernoulli(0.3), { dims: ['predictor'] })
    .param('effect', normal(0, 1), { dims: ['predictor'] })
    .observe('y', ({ X, included, effect }) => normal(matmul(X, included.mul(effect)), 1))
    .condition({ X, y });
  const all = Array.from({ length: 1 << columns }, (_, code) =>
    Array.from({ length: columns }, (_, j) => (code >> j) & 1),
  );
  const { logEvidence, shares } = enumerated(
    all.map((included) => {
      const covariance = X.map((a, i) =>
        X.map((b, k) => (i === k ? 1 : 0) + add(included.map((is, j) => is * a[j] * b[j]))),
      );
      return add(included.map((is) => Math.log(is ? 0.3 : 0.7))) + gaussianLog(y, covariance);
    }),
  );
  return {
    name: 'variable selection',
    posterior,
    logEvidence,
    known: Array.from({ length: columns }, (_, j) => ({
      what: `P(included[${j}])`,
      exact: add(shares.filter((_, code) => all[code][j])),
      reads: [['included', j]] as const,
      of: (is: number) => is,
    })),
  };
}

/** Draws of a known quantity, chain by chain. */
export function drawsOf<R extends Ranks>(fit: NamedDraws<R>, { reads, of }: Known): Float64Array[] {
  const columns = reads.map(([name, position]) => {
    const { offset } = fit.layout.quantities.find((quantity) => quantity.name === name)!;
    return fit.quantityDraws(offset + position);
  });
  return columns[0].map((chain, c) =>
    chain.map((_, draw) => of(...columns.map((column) => column[c][draw]))),
  );
}
