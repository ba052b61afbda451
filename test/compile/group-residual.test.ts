/** The kernel of folded groups agrees with its definition and with differences, in both backends. */
import { expect, it } from 'vitest';
import { Graph, gradient, sum } from '../../src/expr';
import { groupResidual, groupResidualOperation } from '../../src/expr/operations/group-residual';
import { compileDensity, differences } from './evaluate';

const wave = (length: number, phase: number): Float64Array =>
  Float64Array.from({ length }, (_, i) => Math.sin(1 + phase + 1.7 * i));

function density(groups: number, offsets: 'known' | 'computed') {
  const graph = new Graph();
  const table = graph.input('table', [groups]);
  const [slope, w] = [graph.input('slope'), graph.input('w')];
  const column = graph.constant(wave(groups, 0.7));
  const parts = {
    table,
    w,
    rest: graph.constant(wave(groups, 2)),
    own: graph.constant(wave(groups, 3)),
    reference: graph.constant(wave(groups, 4)),
    ...(offsets === 'known'
      ? { factor: slope, offset: column }
      : { factor: graph.scalar(1), offset: column.mul(slope).exp() }),
  };
  const { factor, offset, rest, own, reference } = parts;
  return {
    value: groupResidual(parts),
    definition: sum(groupResidualOperation.definition([table, factor, offset, w, rest, own, reference])),
    inputs: [table, slope, w],
  };
}

for (const offsets of ['known', 'computed'] as const) {
  it.each([1, 2, 3, 4, 5, 6, 7, 85, 513, 1031])(`${offsets} offsets, %i groups`, async (groups) => {
    const { value, definition, inputs } = density(groups, offsets);
    const at = [...wave(groups, 5), 0.7, 1.3];
    const { wasm, baseline } = await compileDensity(value, inputs);
    const expected = (await compileDensity(definition, inputs)).baseline(at);
    for (const found of [wasm(at), baseline(at)]) {
      expect(Math.abs(found.value - expected.value)).toBeLessThan(1e-12 * groups);
      found.gradient.forEach((slope, i) =>
        expect(Math.abs(slope - expected.gradient[i])).toBeLessThan(1e-12 * groups),
      );
    }
  });
}

it('can be differentiated twice', async () => {
  const { value, inputs } = density(7, 'computed');
  const slope = gradient(value, [inputs[1]])[0];
  const { wasm } = await compileDensity(slope, inputs);
  const at = [...wave(7, 5), 0.7, 1.3];
  const numeric = differences((x) => wasm(x).value, at);
  wasm(at).gradient.forEach((found, i) => expect(Math.abs(found - numeric[i])).toBeLessThan(1e-7));
});
