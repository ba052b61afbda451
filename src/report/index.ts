/** Summaries: a table of estimates and warnings in words. */

export {
  type Summarizable,
  summarize,
  Summary,
  type SummaryJson,
  type SummaryOptions,
  type SummaryRow,
  type TableOptions,
  type Timing,
} from './summary';
export type { Warning } from './warnings';
