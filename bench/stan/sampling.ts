/** Sampling the posteriordb models with native Stan's defaults and with ours: gradients and seconds per effective draw. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nuts, type Samplable } from 'credence';
import { essBulk } from '../../src/diagnostics';
import { plainTable } from '../table';

const root = new URL('../', import.meta.url);
const programs = fileURLToPath(new URL('bench/stan/posteriordb/', root));
const script = fileURLToPath(new URL('bench/stan/sample.R', root));
const cache = fileURLToPath(new URL('build/stan/', root));
const command = fileURLToPath(new URL('dist/cli.js', root));
const collection = fileURLToPath(new URL('../shared/posteriordb/', root));

/** That of both, and of our run from the command line. */
const SEED = 20260;

/** What four chains took, single-threaded, warm-up included; processor time, as Stan reports it. */
interface Effort {
  readonly gradients: number;
  readonly seconds: number;
  /** Least bulk ESS of a parameter. */
  readonly ess: number;
  /** From the model's text to a summary on the screen. */
  readonly total: number;
}

export interface SamplingRow {
  readonly model: string;
  readonly ours: Effort;
  readonly stan: Effort;
}

/** Names of the models whose data lie beside the project. */
export function sampledModels(wanted: string): string[] {
  if (!existsSync(collection))
    throw new Error(`bench:stan --sampling needs ${collection}, which is not there`);
  return readdirSync(programs)
    .map((file) => file.replace(/\.stan$/, ''))
    .filter((name) => name.includes(wanted));
}

export async function compareSampling(model: string): Promise<SamplingRow> {
  const data = join(collection, model, 'data.json');
  const stan = sampleStan(model, data);
  return { model, ours: await sampleOurs(model, data, stan.parameters), stan: stan.effort };
}

async function sampleOurs(model: string, data: string, parameters: readonly string[]): Promise<Effort> {
  const { default: definition } = (await import(`../../examples/posteriordb/${model}.ts`)) as {
    default: { condition(data: unknown): Samplable };
  };
  const posterior = definition.condition(JSON.parse(readFileSync(data, 'utf8')));
  // The module is loaded and compiled before, as Stan's program is.
  await nuts(posterior, { seed: 1, workers: 0, chains: 1, draws: 100 });
  const before = process.cpuUsage();
  const fit = await nuts(posterior, { seed: SEED, workers: 0 });
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1e6;
  const chains = fit.layout.quantities
    .filter(({ name }) => parameters.includes(name))
    .flatMap(({ offset, shape }) =>
      Array.from({ length: shape.reduce((size, extent) => size * extent, 1) }, (_, i) =>
        fit.quantityDraws(offset + i),
      ),
    );
  const began = performance.now();
  const source = fileURLToPath(new URL(`examples/posteriordb/${model}.ts`, root));
  const { status } = spawnSync(
    process.execPath,
    [command, 'sample', source, '--data', data, '--seed', String(SEED)],
    {
      stdio: 'ignore',
    },
  );
  // 2: there is a summary, with warnings.
  if (status !== 0 && status !== 2) throw new Error(`credence sample ended with status ${status}`);
  const total = (performance.now() - began) / 1000;
  return { gradients: fit.gradientEvaluations, seconds, ess: Math.min(...chains.map(essBulk)), total };
}

function sampleStan(model: string, data: string): { effort: Effort; parameters: string[] } {
  mkdirSync(cache, { recursive: true });
  const scratch = mkdtempSync(join(tmpdir(), 'bench-stan-'));
  try {
    const drawsFile = join(scratch, 'draws');
    const output = execFileSync(
      'Rscript',
      [script, join(programs, `${model}.stan`), data, join(cache, `${model}.rds`), drawsFile],
      {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
        env: { ...process.env, R_MAKEVARS_USER: fileURLToPath(new URL('bench/stan/Makevars', root)) },
      },
    );
    const found = new Map(
      output
        .trim()
        .split('\n')
        .map((line) => line.trim().split(/\s+/) as [string, string]),
    );
    const number = (key: string): number => Number(found.get(key));
    const reference = Object.keys(
      JSON.parse(readFileSync(join(collection, model, 'reference.json'), 'utf8')) as object,
    );
    let ess = Infinity;
    for (const line of readFileSync(drawsFile, 'utf8').trim().split('\n')) {
      const [name, ...values] = line.trim().split(/\s+/);
      if (!reference.includes(name)) continue;
      const all = Float64Array.from(values, Number);
      const length = all.length / 4;
      ess = Math.min(ess, essBulk([0, 1, 2, 3].map((c) => all.subarray(c * length, (c + 1) * length))));
    }
    const total = number('compileSeconds') + number('elapsedSeconds');
    return {
      effort: { gradients: number('gradients'), seconds: number('seconds'), ess, total },
      parameters: [...new Set(reference.map((name) => name.replace(/\[.*/, '')))],
    };
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

export function samplingTable(version: string, rows: readonly SamplingRow[]): string {
  const table = plainTable([
    'model',
    'gradients/ESS',
    'Stan',
    'ratio',
    'ESS/s',
    'Stan',
    'ratio',
    'text to table',
  ]);
  const ratios = rows.map(({ ours, stan }) => ({
    gradients: ours.gradients / ours.ess / (stan.gradients / stan.ess),
    speed: ours.ess / ours.seconds / (stan.ess / stan.seconds),
    total: stan.total / ours.total,
  }));
  rows.forEach(({ model, ours, stan }, i) => {
    table.push([
      model,
      (ours.gradients / ours.ess).toFixed(1),
      (stan.gradients / stan.ess).toFixed(1),
      ratios[i].gradients.toFixed(3),
      (ours.ess / ours.seconds).toFixed(0),
      (stan.ess / stan.seconds).toFixed(0),
      ratios[i].speed.toFixed(1),
      `${ours.total.toFixed(1)} s, ${stan.total.toFixed(0)} s`,
    ]);
  });
  const mean = (key: 'gradients' | 'speed' | 'total'): string =>
    Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio[key]), 0) / rows.length).toPrecision(3);
  return (
    `${version}, -O3; four chains with the defaults of each, one thread, warm-up included\n\n${table.toString()}\n\n` +
    `geometric means: gradients per effective draw ${mean('gradients')} of Stan's, effective draws per second ` +
    `${mean('speed')} times Stan's, from text to table ${mean('total')} times faster`
  );
}
