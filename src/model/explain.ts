/** The plan of a posterior in words: what is computed for every gradient, and what was computed once and for all. */
import { workOf, type Work } from '../compile/work';
import { total, withGraph, type Expression } from '../expr';
import type { Folded } from '../fold';
import type { Posterior, PosteriorTerm } from './posterior';

/** One term of the log density. */
export interface ExplainedTerm {
  readonly name: string;
  readonly role: PosteriorTerm['role'];
  /** What was folded into what, a sentence each; none where the term is computed as written. */
  readonly folded: readonly string[];
  /** Work of its value alone. */
  readonly work: Work;
}

export class Explanation {
  constructor(
    /** Number of unconstrained parameters. */
    readonly dimension: number,
    readonly terms: readonly ExplainedTerm[],
    /** Of one value with its gradient, as compiled. */
    readonly gradient: Work,
    /** Of the same, with every row of the data. */
    readonly unfolded: Work,
    /** Bytes of the program. */
    readonly bytes: number,
  ) {}

  toString(): string {
    const { dimension, terms, gradient, unfolded } = this;
    const lines = terms.map(({ name, role, folded, work }) => {
      const title = role === 'jacobian' ? name : `${name} (${role})`;
      const how =
        folded.length > 0
          ? folded.join('; ')
          : work.instructions === 0
            ? 'known beforehand'
            : `as written: ${counted(work.instructions, 'instruction')} over ${counted(work.numbers, 'number')}`;
      return `  ${title}: ${how}`;
    });
    const saved =
      unfolded.nanoseconds > 1.02 * gradient.nanoseconds
        ? [`With every row of the data it would be ${describeWork(unfolded)}.`]
        : [];
    return [
      `The log density of ${counted(dimension, 'unconstrained parameter')} has ${counted(terms.length, 'term')}:`,
      ...lines,
      `A value with its gradient takes ${describeWork(gradient)}.`,
      ...saved,
    ].join('\n');
  }
}

export function explain(posterior: Posterior): Explanation {
  const { graph, terms, folded, dimension, target } = posterior;
  const gradientOf = (values: readonly Expression[]): Work => {
    if (values.length === 0) return workOf([]);
    const { value, gradient } = posterior.gradientOf(withGraph(graph, () => total(values)));
    return workOf([value, ...gradient]);
  };
  return new Explanation(
    dimension,
    terms.map(({ name, role }, k) => ({
      name,
      role,
      folded: folded.folded[k].map(describeFolded),
      work: workOf([folded.values[k]]),
    })),
    gradientOf(folded.values),
    gradientOf(terms.map(({ value }) => value)),
    target.program.length,
  );
}

function describeFolded({ rows, into }: Folded): string {
  if (into.kind === 'distinct')
    return `${counted(rows, 'row')} folded into ${into.rows === 1 ? 'one' : `${into.rows} that differ`}`;
  if (into.kind === 'cells')
    return `${counted(rows, 'row')} folded into the mean and the sum of squares of each of ${into.cells} cells`;
  const { scales, unknowns, groups, rowsOfGroup } = into;
  const ofGroups =
    groups > 0 ? `${rowsOfGroup > 1 ? `${rowsOfGroup} rows` : 'one row'} for each of ${groups} groups` : '';
  const shared = unknowns > 0 ? `a triangle for ${counted(unknowns, 'coefficient')}` : '';
  const left = [ofGroups, shared, 'a sum of squares'].filter((part) => part !== '');
  const each = scales > 1 ? `, for each of ${scales} scales` : '';
  return `${counted(rows, 'row')} folded into ${left.join(', ').replace(/, ([^,]*)$/, ' and $1')}${each}`;
}

function describeWork({ instructions, numbers, nanoseconds }: Work): string {
  const time =
    nanoseconds < 1000 ? `${Math.ceil(nanoseconds / 10) * 10} ns` : `${Math.ceil(nanoseconds / 100) / 10} µs`;
  return `${counted(instructions, 'instruction')} over ${counted(numbers, 'number')}, about ${time}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
