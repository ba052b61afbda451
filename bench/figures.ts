/** What else is promised: compile times, elementary functions, a whole run from data to summary, the size of the package. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Instance } from '../src/backend/wasm';
import { normal } from '../src/distributions';
import { tanh } from '../src/expr';
import { nuts } from '../src/inference';
import { model } from '../src/model';
import { elementwise, LoadedSubject } from './bench-module';
import { Kernel } from './kernel';
import { nanosecondsOf } from './measure';
import { schools, schoolsData } from './models/eight-schools';
import { garch } from './models/garch';
import { gaussian } from './models/gaussian';
import { linear } from './models/linear';
import { pageSize } from './page-size';
import { Generator } from './random';
import { time } from './table';

type Figure = readonly [what: string, found: string];

export async function figures(module: WebAssembly.Module): Promise<Figure[]> {
  return [
    ...compileTimes(),
    foldingTime(),
    ...(await elementaryFunctions(module)),
    ...(await longScan(module)),
    await endToEnd(),
    ...(await bundleSizes()),
  ];
}

/** `condition`, differentiation and compilation of models of growing size. */
function compileTimes(): Figure[] {
  return [100, 1000, 10_000, 100_000].map((nodes): Figure => {
    const runs = Math.max(3, 50_000 / nodes);
    const nanoseconds = fastestOf(runs, () => void chainModel(nodes).condition().target);
    return [
      `model of ${nodes} nodes to program`,
      `${time(nanoseconds)}, ${time(nanoseconds / nodes)} a node`,
    ];
  });
}

/** The data of a regression folded into a triangle, and the rest of what makes a program; binding the data is not counted. */
function foldingTime(): Figure {
  const rows = 100_000;
  const posteriors = Array.from({ length: 4 }, () => linear(rows).posterior);
  const nanoseconds = fastestOf(posteriors.length, () => void posteriors.pop()!.target);
  return [`linear regression of ${rows} rows and 9 columns to program`, time(nanoseconds)];
}

/** A parameter and a long calculation in its density. */
function chainModel(nodes: number) {
  return model({})
    .param('x', normal(0, 1), { dims: [4] })
    .logDensity(
      'chain',
      ({ x }) => {
        let y = x.mul(2);
        for (let made = 1; made + 3 <= nodes; made += 3) y = tanh(y.mul(0.9).add(x));
        return y.sum();
      },
      { role: 'prior' },
    );
}

/** A loop of 10,000 steps against one of 100: time and bytes of its program, its data aside. */
async function longScan(module: WebAssembly.Module): Promise<Figure[]> {
  const [short, long] = await Promise.all(
    [100, 10_000].map(async (times) => {
      const subject = garch(times);
      const loaded = await LoadedSubject.create(module, subject);
      return {
        nanoseconds: nanosecondsOf((repeats) => void loaded.repeat(Kernel.Interpreter, repeats)),
        bytes: subject.posterior.target.program.length - 8 * times,
      };
    }),
  );
  return [
    [
      'GARCH(1,1), T = 10,000 against T = 100, value and gradient',
      `${time(long.nanoseconds)} / ${time(short.nanoseconds)} = ${(long.nanoseconds / short.nanoseconds).toFixed(1)}`,
    ],
    ['the same, bytes of the programs without the data', `${long.bytes} / ${short.bytes}`],
  ];
}

async function elementaryFunctions(module: WebAssembly.Module): Promise<Figure[]> {
  const instance = await Instance.create(module, gaussian(1).posterior.target);
  const random = new Generator(6);
  const signed = random.normals(1000, 3);
  const positive = signed.map(Math.exp);
  const y = new Float64Array(1000);
  const scripts = {
    exp: (times: number) => {
      for (; times > 0; times--) for (let i = 0; i < 1000; i++) y[i] = Math.exp(signed[i]);
    },
    log: (times: number) => {
      for (; times > 0; times--) for (let i = 0; i < 1000; i++) y[i] = Math.log(positive[i]);
    },
  };
  const kernels = {
    exp: elementwise(instance, 'expAll', signed),
    log: elementwise(instance, 'logAll', positive),
  };
  return (['exp', 'log'] as const).map((name): Figure => {
    const wasm = nanosecondsOf(kernels[name]) / 1000;
    const script = nanosecondsOf(scripts[name]) / 1000;
    return [
      `${name} of an element, against Math.${name}`,
      `${time(wasm)} / ${time(script)} = ${(script / wasm).toFixed(2)}`,
    ];
  });
}

/** Eight schools from `condition` to summary, four chains of 1000 + 1000: the fastest run of some, the module being compiled. */
async function endToEnd(): Promise<Figure> {
  let fastest = Infinity;
  for (let seed = 1; seed <= 6; seed++) {
    const start = performance.now();
    const fit = await nuts(schools.condition(schoolsData), { chains: 4, warmup: 1000, draws: 1000, seed });
    fit.summary().toString();
    fastest = Math.min(fastest, (performance.now() - start) * 1e6);
  }
  return ['eight schools, condition to summary, 4 × (1000 + 1000)', time(fastest)];
}

/** What a page loads, at first and later, with the modules inside; nothing when the package has not been built. */
async function bundleSizes(): Promise<Figure[]> {
  const folder = fileURLToPath(new URL('../dist/', import.meta.url));
  if (!existsSync(`${folder}index.js`)) return [];
  const contents: [what: string, script: string][] = [
    [
      'page with a model, NUTS and its summary',
      `export { halfCauchy, model, normal, nuts, vector } from './index.js'`,
    ],
    ['page with the whole package', `export * from './index.js'`],
  ];
  return Promise.all(
    contents.map(async ([what, script]): Promise<Figure> => {
      const { first, later } = await pageSize(script, folder);
      const rest = later.reduce((sum, bytes) => sum + bytes, 0);
      const [now, then] = [first, rest].map((bytes) => (bytes / 1000).toFixed(1));
      return [`${what}, minified and gzipped`, `${now} kB, ${then} kB when needed`];
    }),
  );
}

/** Nanoseconds of the fastest of `runs` runs. */
function fastestOf(runs: number, run: () => void): number {
  let fastest = Infinity;
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    run();
    fastest = Math.min(fastest, performance.now() - start);
  }
  return fastest * 1e6;
}
