/** Pathfinder. */

export { PathfinderApproximation, type PathfinderSettings } from './approximation';
export type { PathOutcome } from './path';
export { pathfinder, type PathfinderOptions, type PathfinderProgress } from './pathfinder';
