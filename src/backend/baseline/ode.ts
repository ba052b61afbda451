/** Initial value problems in plain TypeScript: the methods of assembly/program/ode.ts, written for reading. */

/** A problem: its right-hand side writes the slope, and for the stiff method the Jacobian of the base system. */
export interface Problem {
  readonly start: number;
  readonly initial: Float64Array;
  readonly times: Float64Array;
  readonly relative: number;
  readonly absolute: number;
  readonly maxSteps: number;
  /** Size of the base system. */
  readonly base: number;
  slope(t: number, y: Float64Array): Float64Array;
  /** At the place of the last slope, row-major. */
  jacobian(): Float64Array;
}

const NODES = [1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1];
const ROWS = [
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
];
const ERRORS = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40];
const DENSE = [
  -12715105075 / 11282082432,
  0,
  87487479700 / 32700410799,
  -10690763975 / 1880347072,
  701980252875 / 199316789632,
  -1453857185 / 822651844,
  69997945 / 29380423,
];

const GAMMA = 0.435866521508459;
const STIFF_NODES = [0.871733043016918, 0.7315799577888524, 1];
const STIFF_ROWS = [
  [2],
  [1.4192173174557646, -0.25923221167296973],
  [4.184760482319161, -0.2851920173554959, 2.294280360279042],
];
const STIFF_COUPLING = [
  [-4.588560720558083],
  [-4.184760482319161, 0.2851920173554959],
  [-6.368179200128358, -6.795620944466837, 2.870098604331056],
];
const STIFF_RESULT = [4.184760482319161, -0.2851920173554959, 2.294280360279042, 1];
const STIFF_ERRORS = [0.2777499476479681, -1.403239895175999, 1.7726301276675507, 0.5];

/** States at the times, as many as were reached. */
export function dormandPrince(problem: Problem): Float64Array[] {
  const { times, maxSteps } = problem;
  const end = times[times.length - 1];
  let { start: t, initial: y } = problem;
  const rows = reached(times, 0, t, y);
  if (rows.length === times.length) return rows;
  let slope = problem.slope(t, y);
  let h = firstStep(problem, t, y, slope, end, 5);
  let previous = 1e-4;
  for (let steps = 0; steps < maxSteps; steps++) {
    const final = t + 1.0001 * h >= end;
    if (final) h = end - t;
    const stages = [slope];
    let fresh = y;
    ROWS.forEach((weights, stage) => {
      fresh = combine(y, h, weights, stages);
      stages.push(problem.slope(t + NODES[stage] * h, fresh));
    });
    const error = norm(
      problem,
      combine(
        y.map(() => 0),
        h,
        ERRORS,
        stages,
      ),
      y,
      fresh,
    );
    const grown = Math.max(error, 1e-16) ** 0.17;
    if (!(error <= 1)) {
      h *= error < Infinity ? 1 / Math.min(5, grown / 0.9) : 0.1;
      if (!(h > 1e-14 * Math.max(1, Math.abs(t)))) return rows;
      continue;
    }
    const after = final ? end : t + h;
    const last = stages[6];
    while (rows.length < times.length && times[rows.length] <= after) {
      const fraction = (times[rows.length] - t) / h;
      const rest = 1 - fraction;
      const dense = combine(
        y.map(() => 0),
        h,
        DENSE,
        stages,
      );
      rows.push(
        y.map((before, i) => {
          const difference = fresh[i] - before;
          const bend = h * slope[i] - difference;
          const far = difference - h * last[i] - bend;
          return before + fraction * (difference + rest * (bend + fraction * (far + rest * dense[i])));
        }),
      );
    }
    if (rows.length === times.length) return rows;
    h /= Math.max(0.1, Math.min(5, grown / previous ** 0.04 / 0.9));
    previous = Math.max(error, 1e-4);
    [t, y, slope] = [after, fresh, last];
  }
  return rows;
}

/** As above, for stiff problems. */
export function rosenbrock(problem: Problem): Float64Array[] {
  const { times, maxSteps, base } = problem;
  let { start: t, initial: y } = problem;
  const rows = reached(times, 0, t, y);
  if (rows.length === times.length) return rows;
  let h = firstStep(problem, t, y, problem.slope(t, y), times[times.length - 1], 3);
  for (let steps = 0; steps < maxSteps; steps++) {
    const wanted = times[rows.length];
    const whole = h;
    const final = t + 1.0001 * h >= wanted;
    if (final) h = wanted - t;
    const slope = problem.slope(t, y);
    const solve = factorise(problem.jacobian(), base, 1 / (h * GAMMA));
    if (!solve) {
      h *= 0.1;
      if (!(h > 1e-14 * Math.max(1, Math.abs(t)))) return rows;
      continue;
    }
    const stages: Float64Array[] = [];
    for (let stage = 0; stage < 4; stage++) {
      let right = slope;
      if (stage > 0) {
        const here = combine(y, 1, STIFF_ROWS[stage - 1], stages);
        right = combine(
          problem.slope(t + STIFF_NODES[stage - 1] * h, here),
          1 / h,
          STIFF_COUPLING[stage - 1],
          stages,
        );
      }
      const solution = Float64Array.from(right);
      for (let block = 0; block < solution.length; block += base)
        solve(solution.subarray(block, block + base));
      stages.push(solution);
    }
    const fresh = combine(y, 1, STIFF_RESULT, stages);
    const error = norm(
      problem,
      combine(
        y.map(() => 0),
        1,
        STIFF_ERRORS,
        stages,
      ),
      y,
      fresh,
    );
    if (!(error <= 1)) {
      h *= error < Infinity ? Math.max(0.2, 0.9 * error ** (-1 / 3)) : 0.1;
      if (!(h > 1e-14 * Math.max(1, Math.abs(t)))) return rows;
      continue;
    }
    y = fresh;
    t = final ? wanted : t + h;
    rows.push(...reached(times, rows.length, t, y));
    if (rows.length === times.length) return rows;
    const next = h * Math.min(5, 0.9 * Math.max(error, 1e-10) ** (-1 / 3));
    h = final ? Math.max(next, whole) : next;
  }
  return rows;
}

/** The state for each further time that is not later than `t`. */
function reached(times: Float64Array, from: number, t: number, y: Float64Array): Float64Array[] {
  const rows: Float64Array[] = [];
  while (from + rows.length < times.length && times[from + rows.length] <= t) rows.push(y);
  return rows;
}

function combine(
  from: Float64Array,
  h: number,
  weights: readonly number[],
  stages: readonly Float64Array[],
): Float64Array {
  return from.map(
    (value, i) => value + h * weights.reduce((sum, weight, j) => sum + weight * stages[j][i], 0),
  );
}

function norm({ absolute, relative }: Problem, x: Float64Array, a: Float64Array, b: Float64Array): number {
  const total = x.reduce(
    (sum, e, i) => sum + (e / (absolute + relative * Math.max(Math.abs(a[i]), Math.abs(b[i])))) ** 2,
    0,
  );
  return Math.sqrt(total / x.length);
}

function firstStep(
  problem: Problem,
  t: number,
  y: Float64Array,
  slope: Float64Array,
  end: number,
  order: number,
): number {
  const d0 = norm(problem, y, y, y);
  const d1 = norm(problem, slope, y, y);
  const h = Math.min(d0 < 1e-5 || d1 < 1e-5 ? 1e-6 : 0.01 * (d0 / d1), end - t);
  const ahead = problem.slope(t + h, combine(y, h, [1], [slope]));
  const d2 =
    norm(
      problem,
      ahead.map((value, i) => value - slope[i]),
      y,
      y,
    ) / h;
  const largest = Math.max(d1, d2);
  const second = largest <= 1e-15 ? Math.max(1e-6, h * 1e-3) : (0.01 / largest) ** (1 / order);
  const chosen = Math.min(100 * h, second, end - t);
  return chosen > 0 ? chosen : 1e-6;
}

/** Solves systems with shift·I − jacobian in place; undefined where that is singular or not finite. */
function factorise(
  jacobian: Float64Array,
  n: number,
  shift: number,
): ((x: Float64Array) => void) | undefined {
  const rows = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => (i === j ? shift : 0) - jacobian[i * n + j]),
  );
  const order = rows.map((_, i) => i);
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(rows[i][k]) > Math.abs(rows[best][k])) best = i;
    [rows[k], rows[best]] = [rows[best], rows[k]];
    [order[k], order[best]] = [order[best], order[k]];
    const pivot = rows[k][k];
    if (!(Math.abs(pivot) > 0 && Math.abs(pivot) < Infinity)) return undefined;
    for (let i = k + 1; i < n; i++) {
      const factor = (rows[i][k] /= pivot);
      for (let j = k + 1; j < n; j++) rows[i][j] -= factor * rows[k][j];
    }
  }
  return (x) => {
    const z = order.map((i) => x[i]);
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) z[i] -= rows[i][j] * z[j];
    for (let i = n - 1; i >= 0; i--) {
      for (let j = i + 1; j < n; j++) z[i] -= rows[i][j] * z[j];
      z[i] /= rows[i][i];
    }
    x.set(z);
  };
}
