/** `credence plot`: a picture of draws in the terminal, or as SVG. */

import { writeFile } from 'node:fs/promises';
import { InvalidArgumentError, Option } from 'commander';
import type { Plottable, Specification } from '../plot';
import { chosen } from '../plot/quantities';
import type { Colour } from '../plot/terminal/canvas';
import type { Screen } from '../plot/terminal/frame';
import * as drawn from '../plot/terminal/pictures';
import { command, does } from './command';
import { partialOption, readRuns, runsArgument } from './runs';
import { WIDTH } from './words';

const KINDS = ['trace', 'density', 'forest', 'rank', 'pair'] as const;
type Kind = (typeof KINDS)[number];

interface PlotOptions {
  readonly kind: Kind;
  readonly names?: readonly string[];
  readonly height: number;
  readonly out?: string;
  readonly json?: boolean;
  readonly partial?: boolean;
  readonly stackTrace?: boolean;
}

/** Quantities that get a picture each if none are named. */
const MOST_PICTURES = 4;

export const plot = command('plot', {
  description: 'Draw the draws of runs in the terminal, or as SVG.',
  examples: [
    'credence plot run --kind trace --names mu,tau',
    'credence plot run --kind forest',
    'credence plot run --kind pair --names mu,tau --out pair.svg',
  ],
  notes:
    "Names are of quantities ('effect' for all its elements) or of elements\n" +
    `('effect[0]', or with labels). Without names: the first ${MOST_PICTURES}, of a pair the\n` +
    'first two, of a forest all.',
})
  .addArgument(runsArgument())
  .addOption(new Option('--kind <kind>', 'what to draw').choices(KINDS).default('trace'))
  .addOption(
    new Option('--names <list>', 'these quantities, separated by commas').argParser((text) =>
      splitNames(text),
    ),
  )
  .addOption(new Option('--height <n>', 'lines of a picture').default(12).argParser(lines))
  .addOption(new Option('--out <file.svg>', 'write one picture as SVG instead'))
  .addOption(partialOption())
  .addOption(new Option('--json', 'print the pictures as Vega-Lite specifications').conflicts('out'));
does<[string[]], PlotOptions>(plot, draw);

/** At commas that do not stand within brackets: `mu,L[1,0]`. */
function splitNames(text: string): string[] {
  return text.split(/,(?![^[]*\])/).map((name) => name.trim());
}

function lines(text: string): number {
  const value = Number(text);
  if (!(Number.isInteger(value) && value >= 2 && value <= 200)) {
    throw new InvalidArgumentError(`'${text}' is not a number of lines from 2 to 200.`);
  }
  return value;
}

async function draw(paths: string[], options: PlotOptions): Promise<number> {
  const runs = await readRuns(paths, options.partial ?? false);
  if (options.json || options.out !== undefined) {
    const pictures = (await Promise.all(runs.map(({ run }) => specifications(run, options)))).flat();
    if (options.json) process.stdout.write(`${JSON.stringify(pictures)}\n`);
    else await writePicture(pictures, options.out!);
    return 0;
  }
  const screen: Screen = { width: process.stdout.columns ?? WIDTH, height: options.height, paint };
  const texts = runs.flatMap(({ name, run }) => {
    const title = runs.length > 1 ? [`== ${name} ==`] : [];
    return [...title, ...pictures(run, options, screen).map((text) => text.join('\n'))];
  });
  process.stdout.write(`${texts.join('\n\n')}\n`);
  return 0;
}

/** The scalars to draw: those named, or the first few. */
function scalarsOf(run: Plottable, { names }: PlotOptions, unnamed: number): string[] {
  const all = chosen('plot', run, names).map(({ name }) => name);
  return names === undefined ? all.slice(0, unnamed) : all;
}

function pictures(run: Plottable, options: PlotOptions, screen: Screen): string[][] {
  switch (options.kind) {
    case 'forest':
      return [drawn.forest(run, options.names, screen)];
    case 'pair':
      return [drawn.pair(run, scalarsOf(run, options, 2), screen)];
    default: {
      const one = drawn[options.kind];
      return scalarsOf(run, options, MOST_PICTURES).map((name) => one(run, name, screen));
    }
  }
}

async function specifications(run: Plottable, options: PlotOptions): Promise<Specification[]> {
  const kinds = await import('../plot');
  switch (options.kind) {
    case 'forest':
      return [kinds.forest(run, options.names)];
    case 'pair':
      return [kinds.pair(run, scalarsOf(run, options, 2))];
    default: {
      const one = kinds[options.kind];
      return scalarsOf(run, options, MOST_PICTURES).map((name) => one(run, name));
    }
  }
}

async function writePicture(pictures: readonly Specification[], file: string): Promise<void> {
  if (pictures.length !== 1) {
    throw new Error(
      `--out takes one picture, but these are ${pictures.length}: name one quantity with --names`,
    );
  }
  const { toSVG } = await import('../plot');
  await writeFile(file, await toSVG(pictures[0])).catch((error: Error) => {
    throw new Error(`cannot write '${file}': ${error.message}`, { cause: error });
  });
  process.stdout.write(`${file}\n`);
}

/** Codes of the terminal's colours for chains: blue, yellow, green, magenta, cyan, and the bright ones. */
const CHAINS = [34, 33, 32, 35, 36, 94, 93, 92, 95, 96];

/** Colours, on a terminal that has them, unless NO_COLOR is set. */
function paint(text: string, colour: Colour): string {
  const { stdout } = process;
  if (!(stdout.isTTY && stdout.hasColors())) return text;
  const code = colour === 'alarm' ? 31 : CHAINS[colour % CHAINS.length];
  return `\u001b[${code}m${text}\u001b[39m`;
}
