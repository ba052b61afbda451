/** The comparison, for people. */
import { plainTable, time } from '../table';

/** Nanoseconds of one log density with its gradient. */
export interface Comparison {
  readonly model: string;
  readonly wasm: number;
  readonly stan: number;
  /** What Stan's compiler took, unless it was done before. */
  readonly compileSeconds?: number;
}

export function comparisonTable(version: string, rows: readonly Comparison[]): string {
  const table = plainTable(['model', 'wasm', 'Stan', 'Stan/wasm', 'Stan compiles']);
  for (const { model, wasm, stan, compileSeconds } of rows) {
    const compiling = compileSeconds === undefined ? 'cached' : `${compileSeconds.toFixed(0)} s`;
    table.push([model, time(wasm), time(stan), (stan / wasm).toFixed(2), compiling]);
  }
  const logs = rows.reduce((sum, { wasm, stan }) => sum + Math.log(stan / wasm), 0);
  const mean = Math.exp(logs / rows.length).toFixed(2);
  return `${version}, -O3\n\n${table.toString()}\n\ngeometric mean of the ratios: ${mean}`;
}
