/** Models as users write them, and posteriors, which samplers take. */
export { index, integer, integers, matrix, scalar, tensor, vector } from './declaration';
export type { DataKind, Declaration, Dimension, Label, ValueOf } from './declaration';
export type { DiscreteParameter } from './discrete';
export { ModelError } from './error';
export type { ExplainedTerm, Explanation } from './explain';
export { model, Model } from './model';
export type { ConditionOptions, ParameterOptions } from './model';
export { Posterior } from './posterior';
export type { Inverse, PosteriorQuantity, PosteriorTerm } from './posterior';
export type { DataOf, Declarations, Scope } from './types';
export type { UpdateOptions } from './update';
