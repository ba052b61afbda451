/** The typed builder of models: every step adds a name that later steps see. */
import type { AnyDistribution, Distribution } from '../distributions/distribution';
import type { Expression, Operand, RankOf } from '../expr';
import type { Transform } from '../transforms';
import { condition } from './condition';
import type { Dimension, Label } from './declaration';
import { ModelError } from './error';
import type { Posterior } from './posterior';
import { titles, type Callback, type ParameterStep, type Step } from './step';
import type { DataOf, Declarations, Fresh, RankWith, Ranks, Scope } from './types';

/** Options of a parameter. */
export interface ParameterOptions<Dims, Names = Record<string, Expression>> {
  /** Its axes, by name of dimension or by size; without them it has the shape of its distribution's arguments. */
  readonly dims?: Dims;
  /**
   * Keeps the value in a smaller set than the distribution's support: `ordered`, `simplex`, `interval(0, 1)`, or a
   * callback from the names so far to such a constraint. The density stays as it is there, without a factor for what
   * is cut off.
   */
  readonly constraint?: Transform | ((scope: Names) => Transform);
  /**
   * Sample a standard variable z and let the value be location + scale·z: the better geometry where data say little
   * about each element. For location-scale distributions and linear images of normal vectors. Default false.
   */
  readonly noncentered?: boolean;
}

export interface ConditionOptions {
  /** Labels of the positions along dimensions; they fix the dimensions' sizes and reach the output. */
  readonly coords?: Readonly<Record<string, readonly Label[]>>;
}

type Nothing = Record<never, never>;

/** Data may be left out where none is declared. */
type ConditionArguments<D extends Declarations> = keyof D extends never
  ? [data?: DataOf<D>, options?: ConditionOptions]
  : [data: DataOf<D>, options?: ConditionOptions];

/**
 * An immutable description: data `D` by declaration, parameters and derived quantities `Q` by rank. Nothing is computed
 * before `condition`.
 */
export class Model<D extends Declarations = Declarations, Q extends Ranks = Ranks> {
  private constructor(
    readonly data: D,
    readonly steps: readonly Step[],
    readonly dimensions: ReadonlyMap<string, number | readonly Label[]>,
  ) {}

  /** The empty model over declared data. */
  static over<D extends Declarations>(data: D): Model<D, Nothing> {
    return new Model(data, [], new Map());
  }

  /**
   * A parameter with its prior, which also says where it may lie: a continuous value is sampled on the whole line through
   * the matching transform, a discrete one as the whole number it is, by samplers that need no gradient.
   *
   * @param distribution a distribution, or a callback from the names so far to one
   * @throws ModelError when the name is taken
   */
  param<
    const Name extends string,
    R extends number,
    const Dims extends readonly Dimension[] | undefined = undefined,
  >(
    name: Fresh<Name, keyof D | keyof Q>,
    distribution: Distribution<R, number> | ((scope: Scope<D, Q>) => Distribution<R, number>),
    options: ParameterOptions<Dims, Scope<D, Q>> = {},
  ): Model<D, Q & { [K in Name]: RankWith<Dims, R> }> {
    const { dims, constraint, noncentered = false } = options;
    return this.with({
      kind: 'parameter',
      name,
      distribution: distribution as AnyDistribution,
      constraint: constraint as ParameterStep['constraint'],
      dims,
      noncentered,
    });
  }

  /**
   * Says how data came about: declared data, or something derived from data alone.
   *
   * @param distribution a distribution whose shape broadcasts to that of the data, or a callback to one
   * @throws ModelError when there is no such data, or it has been observed before
   */
  observe<const Name extends (keyof D | keyof Q) & string>(
    name: Name,
    distribution: AnyDistribution | ((scope: Scope<D, Q>) => AnyDistribution),
  ): Model<D, Q> {
    return this.with({ kind: 'observe', name, distribution: distribution as AnyDistribution });
  }

  /**
   * A quantity computed from what is there. It is kept with the draws where it depends on parameters; where it depends
   * on data alone it is transformed data, computed once, which can be observed.
   *
   * @param options.dims names of its axes, for the output
   * @throws ModelError when the name is taken
   */
  derive<
    const Name extends string,
    T extends Operand,
    const Dims extends readonly Dimension[] | undefined = undefined,
  >(
    name: Fresh<Name, keyof D | keyof Q>,
    value: (scope: Scope<D, Q>) => T,
    options: { readonly dims?: Dims } = {},
  ): Model<D, Q & { [K in Name]: RankWith<Dims, RankOf<T>> }> {
    return this.with({
      kind: 'derive',
      name,
      value: value as unknown as Callback<Operand>,
      dims: options.dims,
    });
  }

  /**
   * A further term of the log density; the elements of an array are summed.
   *
   * @param options.role whether the term belongs to the prior or to the likelihood, which tempering weighs
   */
  logDensity(
    name: string,
    value: (scope: Scope<D, Q>) => Operand,
    options: { readonly role: 'prior' | 'likelihood' },
  ): Model<D, Q> {
    if (options?.role !== 'prior' && options?.role !== 'likelihood') {
      throw new ModelError(
        `logDensity '${name}': role must be 'prior' or 'likelihood', got ${String(options?.role)}`,
      );
    }
    return this.with({
      kind: 'term',
      name,
      value: value as unknown as Callback<Operand>,
      role: options.role,
    });
  }

  /** Gives a dimension its size, or its labels. */
  dim(name: string, extent: number | readonly Label[]): Model<D, Q> {
    return new Model(this.data, this.steps, new Map([...this.dimensions, [name, extent]]));
  }

  /**
   * Binds data, checks all of it, and builds the posterior.
   *
   * @throws ModelError naming the variable, what was expected and what was found
   */
  condition(...[data, options]: ConditionArguments<D>): Posterior<Q> {
    return condition(this, data ?? {}, options?.coords ?? {}) as Posterior<Q>;
  }

  private with<T extends Ranks>(step: Step): Model<D, T> {
    this.checkName(step);
    return new Model<D, T>(this.data, [...this.steps, step], this.dimensions);
  }

  private checkName({ kind, name }: Step): void {
    if (typeof name !== 'string' || (kind !== 'observe' && !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name))) {
      throw new ModelError(
        `${titles[kind]}: a name is letters, digits and underscores, got '${String(name)}'`,
      );
    }
    const same = this.steps.find(
      (step) => step.name === name && (step.kind === kind || (kind !== 'observe' && step.kind !== 'observe')),
    );
    if (same !== undefined || (kind !== 'observe' && Object.hasOwn(this.data, name))) {
      throw new ModelError(
        kind === 'observe' ? `'${name}' is observed twice` : `'${name}' is already a name of this model`,
      );
    }
  }
}

/**
 * Starts a model over declared data.
 *
 * @example model({ y: vector('school'), sigma: vector('school') }).param('mu', normal(0, 5))
 */
export function model<const D extends Declarations = Nothing>(data: D = {} as D): Model<D, Nothing> {
  return Model.over(data);
}
