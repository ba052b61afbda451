/** The command, bundled from the sources, and a way to run it. */

import { type ChildProcess, spawn } from 'node:child_process';
import { rename } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const bundle = `${repository}build/test-cli.mjs`;

/** Bundles src/cli/main.ts within the tree, where the bundle finds its dependencies. */
export async function buildCommand(): Promise<void> {
  // Several files of tests build it at a time: each puts it in place whole.
  const outfile = bundle.replace('.mjs', `-${process.pid}.mjs`);
  await build({
    entryPoints: [`${repository}src/cli/main.ts`],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'error',
  });
  await rename(outfile, bundle);
}

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly process: ChildProcess;
  readonly outcome: Promise<Outcome>;
}

/** Starts `credence` with these arguments, its output in pipes, or standard output in an open file. */
export function start(args: readonly string[], cwd: string, stdout: 'pipe' | number = 'pipe'): Running {
  const child = spawn(process.execPath, [bundle, ...args], { cwd, stdio: ['ignore', stdout, 'pipe'] });
  const text = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => (text.stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (text.stderr += chunk.toString()));
  const outcome = new Promise<Outcome>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, ...text }));
  });
  return { process: child, outcome };
}

export function run(args: readonly string[], cwd: string): Promise<Outcome> {
  return start(args, cwd).outcome;
}
