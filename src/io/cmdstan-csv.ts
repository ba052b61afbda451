/** One chain as CmdStan writes it: settings in comments, a header, adaptation, draws, elapsed time. */

import type { RunSettings } from '../inference/settings';
import { cmdStanColumns } from './cmdstan-names';
import { CMDSTAN_STATISTICS } from './cmdstan-statistics';
import type { RecordedRun, RunOrigin } from './recorded-run';

const METRICS = {
  unit: 'unit_e',
  diagonal: 'diag_e',
  dense: 'dense_e',
  // CmdStan has no such metric; of its numbers there is a place for the diagonal.
  'low-rank': 'low_rank',
} as const;

/** Numbers keep all their digits; C++ spells the others in lower case. */
function numeral(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? 'inf' : '-inf';
}

/**
 * The lines of a CmdStan CSV file (format of CmdStan 2.3x, chapter "Stan CSV file format").
 *
 * @param run the run
 * @param origin its model and data
 * @param chain which of its chains, by position in the run's arrays
 * @returns lines, each with its line feed
 */
export function* cmdStanCsv(run: RecordedRun, origin: RunOrigin, chain: number): Generator<string> {
  const columns = cmdStanColumns(run.layout);
  yield* commented(settingsLines(run, origin, chain));
  yield `${[...CMDSTAN_STATISTICS.map(([name]) => name), ...columns.map(({ name }) => name)].join(',')}\n`;
  yield* commented(adaptationLines(run, chain));

  const statistics = CMDSTAN_STATISTICS.map(([, key]) => run.stats[key][chain]);
  const draws = columns.map(({ index }) => run.quantityDraws(index)[chain]);
  const values = [...statistics, ...draws];
  for (let draw = 0; draw < statistics[0].length; draw++) {
    yield `${values.map((column) => numeral(column[draw])).join(',')}\n`;
  }

  if (run.timing === undefined) return;
  // Chains share threads, so that only their average has a meaning.
  const warmupSeconds = run.timing.warmupSeconds / run.chains.length;
  const samplingSeconds = run.timing.samplingSeconds / run.chains.length;
  yield* commented([
    '',
    ` Elapsed Time: ${warmupSeconds.toFixed(3)} seconds (Warm-up)`,
    `               ${samplingSeconds.toFixed(3)} seconds (Sampling)`,
    `               ${(warmupSeconds + samplingSeconds).toFixed(3)} seconds (Total)`,
    '',
  ]);
}

function* commented(lines: readonly string[]): Generator<string> {
  for (const line of lines) yield line === '' ? '# \n' : `# ${line}\n`;
}

function settingsLines(run: RecordedRun, origin: RunOrigin, chain: number): string[] {
  const { settings, stats, chains } = run;
  const { warmup, thin, targetAcceptance, algorithm, metric, radius, seed } = settings;
  const known = (value: unknown, ...lines: string[]): string[] => (value === undefined ? [] : lines);
  return [
    `model = ${origin.model}`,
    'method = sample',
    '  sample',
    // CmdStan counts transitions, of which it keeps every thin-th.
    `    num_samples = ${stats.logDensity[chain].length * (thin ?? 1)}`,
    ...known(warmup, `    num_warmup = ${warmup}`),
    '    save_warmup = 0',
    `    thin = ${thin ?? 1}`,
    ...known(warmup, '    adapt', `      engaged = ${warmup === 0 ? 0 : 1}`),
    ...known(targetAcceptance, `      delta = ${targetAcceptance}`),
    ...(algorithm === undefined ? [] : ['    algorithm = hmc', '      hmc', ...engineLines(algorithm)]),
    ...known(metric, `        metric = ${METRICS[kindOf(run, chain)!]}`),
    `id = ${chains[chain] + 1}`,
    'data',
    `  file = ${origin.dataFile ?? ''}`,
    ...known(radius, `init = ${radius}`),
    ...known(seed, 'random', `  seed = ${seed}`),
    'sampler = credence',
  ];
}

function engineLines(algorithm: RunSettings['algorithm']): string[] {
  if (algorithm.kind === 'nuts') {
    return ['        engine = nuts', '          nuts', `            max_depth = ${algorithm.maxTreeDepth}`];
  }
  if (algorithm.kind === 'hmc') {
    return [
      '        engine = static',
      '          static',
      `            int_time = ${algorithm.integrationTime}`,
    ];
  }
  // CmdStan has no such engine; readers of its files skip what they do not know.
  return [`        engine = ${(algorithm as RunSettings['algorithm']).kind}`];
}

/** The metric of a chain: what an automatic one came to be, which only a symmetric matrix of values can tell. */
function kindOf({ settings, inverseMetric }: RecordedRun, chain: number): keyof typeof METRICS | undefined {
  if (settings.metric !== 'auto') return settings.metric;
  const values = inverseMetric[chain];
  const size = Math.sqrt(values.length);
  const symmetric = values.every((value, at) => value === values[(at % size) * size + Math.floor(at / size)]);
  return size > 1 && symmetric ? 'dense' : 'diagonal';
}

function adaptationLines(run: RecordedRun, chain: number): string[] {
  const { stats, inverseMetric } = run;
  const kind = kindOf(run, chain);
  const metric = inverseMetric[chain];
  const stepSize = stats.stepSize[chain];
  const lines = ['Adaptation terminated', `Step size = ${numeral(stepSize[stepSize.length - 1])}`];
  if (metric.length === 0) return lines;
  if (kind === 'unit') return [...lines, 'No free parameters for unit metric'];
  if (kind === 'diagonal' || kind === 'low-rank') {
    return [...lines, 'Diagonal elements of inverse mass matrix:', Array.from(metric, numeral).join(', ')];
  }
  const size = Math.round(Math.sqrt(metric.length));
  const rows = Array.from({ length: size }, (_, row) =>
    Array.from(metric.subarray(row * size, (row + 1) * size), numeral).join(', '),
  );
  return [...lines, 'Elements of inverse mass matrix:', ...rows];
}
