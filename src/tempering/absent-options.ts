/** Options of other samplers that those along a path from the prior do without. */

export const ABSENT: readonly string[] = [
  'targetAcceptance',
  'metric',
  'stepSize',
  'onDraws',
  'keep',
  'until',
  'checkpoint',
];
