/** Variational inference. */

export { VariationalApproximation, type VariationalTrace } from './approximation';
export type { Elbo, Estimate } from './estimate';
export type { FamilyName } from './family';
export type { FlowSettings, LayerKind } from './flow/flow';
export type { Guide, GuideScope } from './guide/guide';
export type { MinibatchSettings } from './minibatch/target';
export type { Stage, Trace, VariationalProgress } from './schedule';
export type { VariationalOptions, VariationalSettings } from './settings';
export { variational } from './variational';
export type { VariationalState } from './watch';
