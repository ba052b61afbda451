/** The identity: every real number is allowed. */
import type { Transform } from './transform';

export const real: Transform = {
  name: 'real',
  eventRank: 0,
  unconstrainedShape: (shape) => shape,
  constrain: (u) => u,
  logJacobian: () => undefined,
  unconstrain: (x) => x,
};
