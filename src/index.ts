/** The package: models, distributions, operations on expressions, samplers, diagnostics, summaries. */
export * from './expr/functions';
export type { Expression } from './expr';
export * from './distributions';
export * from './model';
export * from './inference';
export { Summary, summarize, type SummaryRow, type Warning } from './report';
export {
  autocovariance,
  ebfmi,
  essBulk,
  essMean,
  essQuantile,
  essSd,
  essTail,
  mcseMean,
  mcseQuantile,
  mcseSd,
  rhat,
} from './diagnostics';
