/** Stan by way of R: whether it is there, what it makes of a program, and what a gradient costs it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StanProgram, StanValue } from '../subject';
import { rDump, rList } from './rdump';

const folder = fileURLToPath(new URL('../bench/stan/', import.meta.url));
const cache = fileURLToPath(new URL('../build/stan/', import.meta.url));

/** Constrained values of the parameters, by name. */
export type Point = Readonly<Record<string, StanValue>>;

export interface NativeEvaluation {
  /** Where Stan's own transforms put the point. */
  readonly position: readonly number[];
  /** Log density without its constants, with the Jacobians of the transforms. */
  readonly density: number;
  readonly densityWithoutJacobians: number;
}

export interface NativeResult {
  readonly evaluations: readonly NativeEvaluation[];
  readonly nsGradient: number;
  /** Absent where the compiled model was in the cache. */
  readonly compileSeconds?: number;
}

/** Versions, or undefined where R or its package rstan is missing. */
export function nativeVersion(): string | undefined {
  const script = 'cat("rstan", format(packageVersion("rstan")), "with Stan", rstan::stan_version())';
  const found = spawnSync('Rscript', ['-e', script], { encoding: 'utf8' });
  return found.status === 0 ? found.stdout : undefined;
}

/** Evaluates at all points and times the gradient at the first. Compiling takes half a minute, once. */
export function runNative({ program, data }: StanProgram, points: readonly Point[]): NativeResult {
  mkdirSync(cache, { recursive: true });
  const scratch = mkdtempSync(join(tmpdir(), 'bench-stan-'));
  try {
    const dataFile = join(scratch, 'data.R');
    const pointsFile = join(scratch, 'points.R');
    writeFileSync(dataFile, rDump(data));
    writeFileSync(pointsFile, `points <- list(${points.map(rList).join(', ')})\n`);
    const source = join(folder, 'programs', `${program}.stan`);
    const output = execFileSync(
      'Rscript',
      [join(folder, 'measure.R'), source, dataFile, pointsFile, join(cache, `${program}.rds`)],
      {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, R_MAKEVARS_USER: join(folder, 'Makevars') },
      },
    );
    return parse(program, output);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function parse(program: string, output: string): NativeResult {
  const found = new Map<string, number[][]>();
  for (const line of output.trim().split('\n')) {
    const [key, ...values] = line.trim().split(/\s+/);
    found.set(key, [...(found.get(key) ?? []), values.map(Number)]);
  }
  const all = (key: string): number[][] => {
    const lines = found.get(key);
    if (lines === undefined)
      throw new Error(`${program}: expected measure.R to print ${key}, got: ${output}`);
    return lines;
  };
  const density = all('density');
  const densityWithoutJacobians = all('densityWithoutJacobians');
  return {
    evaluations: all('position').map((position, i) => ({
      position,
      density: density[i][0],
      densityWithoutJacobians: densityWithoutJacobians[i][0],
    })),
    nsGradient: all('nsGradient')[0][0],
    compileSeconds: found.get('compileSeconds')?.[0][0],
  };
}
