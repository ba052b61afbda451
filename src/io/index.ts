/** Draws as text. The file system is in './directory', for Node only. */

export { cmdStanCsv } from './cmdstan-csv';
export { drawsJson } from './draws-json';
export type { RecordedRun, RecordedStatistics, RunOrigin } from './recorded-run';
