/** Index data that operations need, made once a graph. */
import type { Expression } from '../../expression';
import type { Graph } from '../../graph';

const memos = new WeakMap<Graph, Map<string, Expression>>();

/** The positions that `list` gives, as the same node for the same key. */
export function positions(graph: Graph, key: string, list: () => Int32Array): Expression {
  let known = memos.get(graph);
  if (!known) memos.set(graph, (known = new Map()));
  let node = known.get(key);
  if (!node) known.set(key, (node = graph.integers(list())));
  return node;
}
