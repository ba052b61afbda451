/** The slope of a maximum is shared by the elements that attain it: repeating one must not multiply it. */
import { describe, expect, it } from 'vitest';
import { expand, Graph, max, sum } from '../../src/expr';
import { compileDensity } from '../compile/evaluate';

describe('max', () => {
  it('of one element repeated has the slope of that element', async () => {
    const graph = new Graph();
    const x = graph.input('x', []);
    const { wasm, baseline } = await compileDensity(max(expand(x, [513])), [x]);
    expect(wasm([0.7])).toEqual({ value: 0.7, gradient: Float64Array.of(1) });
    expect(baseline([0.7])).toEqual({ value: 0.7, gradient: Float64Array.of(1) });
  });

  it('shares its slope among the largest of a row, and gives others none', async () => {
    const graph = new Graph();
    const x = graph.input('x', [2, 3]);
    const { wasm } = await compileDensity(sum(max(x, 1)), [x]);
    expect(wasm([1, 4, 4, 2, 0, -1]).gradient).toEqual(Float64Array.of(0, 0.5, 0.5, 1, 0, 0));
  });
});
