/** Report pages. */

export type { Check } from './contents';
export { reportPage, type ReportOptions } from './report-page';
