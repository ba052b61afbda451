/** What the compiler knows of a model: names and ranks, one more with each step. */
import type { Expression } from '../expr';
import type { Declaration, Dimension, ValueOf } from './declaration';

/** Declared data by name. */
export type Declarations = Readonly<Record<string, Declaration>>;

/** Rank of each parameter and derived quantity by name. */
export type Ranks = Record<string, number>;

/** What a callback sees: every name so far as an expression of its rank. */
export type Scope<D extends Declarations, Q extends Ranks> = {
  readonly [K in keyof D]: Expression<D[K]['rank']>;
} & { readonly [K in keyof Q]: Expression<Q[K]> };

/** Data to condition on. */
export type DataOf<D extends Declarations> = { readonly [K in keyof D]: ValueOf<D[K]> };

/** A name that is not taken; for one that is, a type which says so. */
export type Fresh<Name extends string, Taken> = Name extends Taken
  ? `'${Name}' is already a name of this model`
  : Name;

/** Rank by the dimensions, where they are given. */
export type RankWith<Dims, R extends number> = Dims extends readonly Dimension[] ? Dims['length'] : R;
