/** Draws in files, for Node and browsers; what touches the file system is in './node'. */

export { cmdStanCsv } from './cmdstan-csv';
export { drawsJson } from './draws-json';
export {
  type Dataset,
  type Drawn,
  type GroupName,
  inferenceData,
  type InferenceData,
  type InferenceDataOptions,
  type Observed,
  type Variable,
} from './inference-data';
export { inferenceDataJson, readInferenceDataJson } from './inference-data-json';
export { readNetcdf, toNetcdf } from './netcdf';
export { readParquet, toParquet } from './parquet';
export type { RecordedRun, RecordedStatistics, RunOrigin } from './recorded-run';
export { runOfDatasets } from './run-of-datasets';
export { type Statistic, StoredRun } from './stored-run';
export type { Layout } from '../target/target';
export type { Timing } from '../report';
