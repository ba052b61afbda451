/** Vectors one behind the other: neighbours within a larger one become a slice of it, and all of it the vector itself. */
import { concat, reshape, slice, type Expression } from '../expr';

/** Where a node's elements lie in the node that they are views of. */
interface Origin {
  readonly root: Expression;
  readonly start: number;
  readonly size: number;
}

function originOf(node: Expression): Origin {
  let root = node;
  let start = 0;
  for (;;) {
    if (root.op.name === 'slice' && root.attributes.outer === 1)
      start += root.attributes.start * root.attributes.inner;
    else if (root.op.name !== 'reshape') return { root, start, size: node.size };
    root = root.inputs[0];
  }
}

/** The order in which vectors are neighbours of those that they lie beside. */
export function byOrigin<T>(items: readonly T[], vectorOf: (item: T) => Expression): T[] {
  return items
    .map((item) => ({ item, origin: originOf(vectorOf(item)) }))
    .sort((a, b) => a.origin.root.id - b.origin.root.id || a.origin.start - b.origin.start)
    .map(({ item }) => item);
}

export function join(vectors: readonly Expression[]): Expression<1> {
  const runs: Origin[] = [];
  for (const { root, start, size } of vectors.map(originOf)) {
    const last = runs.at(-1);
    if (last && last.root === root && last.start + last.size === start)
      runs[runs.length - 1] = { ...last, size: last.size + size };
    else runs.push({ root, start, size });
  }
  return concat(
    runs.map(({ root, start, size }) => slice(reshape(root, [root.size]), start, start + size)),
  ) as Expression<1>;
}
