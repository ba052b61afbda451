/** Variational inference. */

export { VariationalApproximation } from './approximation';
export type { Elbo, Estimate } from './estimate';
export type { FamilyName } from './family';
export type { Stage, Trace, VariationalProgress } from './schedule';
export type { VariationalOptions, VariationalSettings } from './settings';
export { variational, type VariationalState } from './variational';
