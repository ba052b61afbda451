/** The density of a posterior on a batch of its data, as a program that takes the positions of the rows in a slot. */

import { compileProgram } from '../../../compile';
import { type Expression, total, valueAndGradient, withGraph } from '../../../expr';
import type { Posterior } from '../../../model';
import { didYouMean } from '../../../model/nearest';
import { RowEstimate } from './rows';
import { NotAdditive, Selection } from './selection';

/** Which rows a step sees. */
export interface MinibatchSettings {
  /** Name of a dimension of the data. */
  readonly dimension: string;
  /** Rows of a batch. */
  readonly size: number;
}

/** Procedure 0: log prior + log Jacobian + rows/size · log likelihood of the batch in slot 0, with its gradient. */
export interface BatchTarget {
  readonly program: Uint8Array;
  readonly dimension: number;
  /** Rows of the data, and of a batch. */
  readonly rows: number;
  readonly size: number;
}

/**
 * @throws RangeError for a dimension that no data have, or a batch larger than the data
 * @throws TypeError where a parameter has the dimension or is discrete, or the likelihood is not a sum over the rows
 */
export function batchTarget(posterior: Posterior, { dimension, size }: MinibatchSettings): BatchTarget {
  const { names, rows } = rowsOf(posterior, dimension);
  if (size > rows) {
    throw new RangeError(
      `variational: minibatch.size must be at most the ${rows} rows of '${dimension}', got ${size}`,
    );
  }
  if (posterior.discrete.length > 0) {
    throw new TypeError(
      `variational: minibatch goes with continuous parameters, got discrete '${posterior.discrete[0].name}'`,
    );
  }
  const local = posterior.quantities.find(
    ({ kind, dims }) => kind === 'parameter' && dims.includes(dimension),
  );
  if (local !== undefined) {
    throw new TypeError(
      `variational: parameter '${local.name}' has an element for each '${dimension}', and a step would see data of ` +
        'a few of them only; integrate it out, or fit without minibatch',
    );
  }
  const { graph, inputs, terms, folded } = posterior;
  return withGraph(graph, () => {
    const index = graph.slot('batch', new Int32Array(size), [size]);
    const selection = new Selection(rows, index);
    const estimate = new RowEstimate(names, selection);
    const parts = terms.map((term, k): Expression => {
      if (term.role !== 'likelihood') return folded.values[k];
      try {
        return estimate.of(term.value);
      } catch (error) {
        if (!(error instanceof NotAdditive)) throw error;
        throw new TypeError(
          `variational: term '${term.name}' of the likelihood cannot be estimated from batches of '${dimension}': ` +
            `${error.message}; fit without minibatch`,
          { cause: error },
        );
      }
    });
    if (!selection.isUsed) {
      throw new TypeError(
        `variational: no term of the likelihood is a sum over the rows of '${dimension}': the data enter it by a few ` +
          'sums, so that batches would save nothing; fit without minibatch',
      );
    }
    const { value, gradient } = valueAndGradient(total(parts), inputs);
    const program = compileProgram({
      density: { inputs, outputs: gradient, value },
      slots: [index],
      chosen: index,
    });
    return { program, dimension: posterior.dimension, rows, size };
  });
}

/** The data that have a dimension, and its extent. */
function rowsOf({ origin }: Posterior, dimension: string): { names: Set<string>; rows: number } {
  const names = new Set<string>();
  const known = new Set<string>();
  let rows = 0;
  for (const [name, { dims }] of Object.entries(origin.model.data)) {
    dims.forEach((dim, axis) => {
      if (typeof dim !== 'string') return;
      known.add(dim);
      if (dim !== dimension) return;
      names.add(name);
      rows = extentOf(origin.data[name], axis);
    });
  }
  if (names.size === 0) {
    throw new RangeError(
      `variational: minibatch.dimension must be a dimension of the data, got '${dimension}'${didYouMean(dimension, known)}`,
    );
  }
  return { names, rows };
}

/** How many elements nested arrays have along an axis. */
function extentOf(values: unknown, axis: number): number {
  let level = values as ArrayLike<unknown>;
  for (let depth = 0; depth < axis; depth++) level = level[0] as ArrayLike<unknown>;
  return level.length;
}
