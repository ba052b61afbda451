/** The order of execution: single instructions, and loops that run several of them block by block over long rows. */
import type { Expression } from '../expr';
import { isRowOutput, placeOf, type Unit } from './unit';

export interface Single {
  readonly kind: 'single';
  readonly unit: Unit;
}

export interface Loop {
  readonly kind: 'loop';
  readonly rows: number;
  readonly block: number;
  readonly units: readonly Unit[];
}

export type Step = Single | Loop;

/** Rows from which on blocks pay. */
const LONG = 512;
/** What a block may hold so that it stays in the nearest cache, in bytes. */
const CACHE = 24 * 1024;
const SMALLEST_BLOCK = 64;
const LARGEST_BLOCK = 512;

/**
 * Every unit gets a level: rows of one length flow within a level, while a result over all rows is ready one level
 * later. Units of a level and a length then run as one loop.
 */
export function schedule(units: readonly Unit[]): Step[] {
  const level = new Map<Unit, number>();
  const ready = new Map<Unit, number>();
  const producer = new Map<Expression, Unit>();
  let levels = 1;
  for (const unit of units) {
    const rows = longRows(unit);
    let at = 0;
    unit.inputs.forEach((input, k) => {
      const { root, offset } = placeOf(input);
      const source = producer.get(root);
      if (!source) return;
      const flows =
        rows !== undefined &&
        unit.blocks!.inputs[k] === 'row' &&
        offset === 0 &&
        root.size === rows &&
        flowsFrom(source, root, rows);
      at = Math.max(at, flows ? level.get(source)! : ready.get(source)!);
    });
    level.set(unit, at);
    ready.set(unit, rows === undefined ? at : at + 1);
    levels = Math.max(levels, at + 1);
    for (const output of unit.outputs) if (output) producer.set(output, unit);
  }

  const singles: Unit[][] = Array.from({ length: levels }, () => []);
  const loops: Map<number, Unit[]>[] = Array.from({ length: levels }, () => new Map());
  for (const unit of units) {
    const rows = longRows(unit);
    const at = level.get(unit)!;
    if (rows === undefined) singles[at].push(unit);
    else if (loops[at].has(rows)) loops[at].get(rows)!.push(unit);
    else loops[at].set(rows, [unit]);
  }

  const steps: Step[] = [];
  for (let at = 0; at < levels; at++) {
    for (const unit of singles[at]) steps.push({ kind: 'single', unit });
    for (const [rows, body] of loops[at]) {
      if (body.length > 1) steps.push({ kind: 'loop', rows, block: blockLength(body, rows), units: body });
      else steps.push({ kind: 'single', unit: body[0] });
    }
  }
  return steps;
}

function longRows(unit: Unit): number | undefined {
  return unit.blocks && unit.blocks.rows >= LONG ? unit.blocks.rows : undefined;
}

function flowsFrom(source: Unit, root: Expression, rows: number): boolean {
  return longRows(source) === rows && isRowOutput(source, source.outputs.indexOf(root));
}

/** As many rows as fit the cache with all that a row touches. */
function blockLength(units: readonly Unit[], rows: number): number {
  const touched = new Set<Expression>();
  let bytes = 0;
  for (const unit of units) {
    unit.inputs.forEach((input, k) => {
      const role = unit.blocks!.inputs[k];
      if (touched.has(input) || role === 'whole') return;
      touched.add(input);
      bytes += role === 'row' ? 8 : (8 * input.size) / rows;
    });
    unit.outputs.forEach((output, k) => {
      if (output && isRowOutput(unit, k) && !touched.has(output)) {
        touched.add(output);
        bytes += 8;
      }
    });
  }
  const fitting = Math.floor(CACHE / bytes);
  return Math.min(LARGEST_BLOCK, Math.max(SMALLEST_BLOCK, fitting - (fitting % 4)));
}
