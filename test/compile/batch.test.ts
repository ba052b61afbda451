/** What depends on the rows chosen alone is computed when they are chosen, and not in every evaluation. */
import { expect, it } from 'vitest';
import { BaselineProgram } from '../../src/backend/baseline';
import { fullInstance } from '../../src/backend/wasm';
import { compileProgram } from '../../src/compile';
import { HEADER, PROGRAM_BASE } from '../../src/compile/image';
import { exp, gradient, sum } from '../../src/expr';
import { Graph } from '../../src/expr/graph';
import { gatherOperation, gatherPositionsOperation } from '../../src/expr/operations/indexing';

const BATCH = 8;

class Memory extends BaselineProgram {
  get words(): Int32Array {
    return this.memory.i32;
  }
}

it('holds a batch until another one is chosen', async () => {
  const graph = new Graph();
  const theta = graph.input('theta', [3]);
  const x = graph.constant(Float64Array.of(1, 2, 4, 8, 16));
  const groups = graph.integers(Int32Array.of(2, 0, 1, 0, 2));
  const rows = graph.slot('rows', Int32Array.of(0, 1, 2), [3]);
  const chosen = graph.node(gatherOperation, [x, rows], [3], { inner: 1 });
  const group = graph.node(gatherPositionsOperation, [groups, rows], [3], { inner: 1 });
  expect(group.dtype).toBe('i32');
  const effect = graph.node(gatherOperation, [theta, group], [3], { inner: 1 });
  const value = sum(exp(effect).mul(chosen));
  const program = compileProgram({
    density: { inputs: [theta], outputs: gradient(value, [theta]), value },
    slots: [rows],
    chosen: rows,
  });

  const wasm = await fullInstance({ kind: 'program', dimension: 3, program });
  const baseline = new Memory(program);
  const position = Float64Array.of(0, 1, 2);
  const found = () =>
    [wasm, baseline].map((backend) => {
      const slopes = new Float64Array(3);
      return [backend.density(position, slopes), ...slopes];
    });
  const choose = (positions: Int32Array): void => {
    wasm.bytes(wasm.exports.slotAddress(0), 12).set(new Uint8Array(positions.buffer));
    const { words } = baseline;
    words.set(positions, words[words[(PROGRAM_BASE + HEADER.slots) >> 2] >> 2] >> 2);
  };
  const fetch = (): void => {
    const slot = wasm.exports.slotAddress(0);
    wasm.exports.call(BATCH, slot, slot);
    baseline.call('batch', [], new Float64Array(0));
  };
  const expected = (positions: readonly number[]): number[] => {
    const slopes = [0, 0, 0];
    for (const row of positions)
      slopes[[2, 0, 1, 0, 2][row]] += 2 ** row * Math.exp(position[[2, 0, 1, 0, 2][row]]);
    return [slopes.reduce((a, b) => a + b), ...slopes];
  };
  const check = (positions: readonly number[]): void => {
    for (const result of found()) expected(positions).forEach((v, i) => expect(result[i]).toBeCloseTo(v, 12));
  };

  fetch();
  check([0, 1, 2]);
  choose(Int32Array.of(4, 3, 1));
  check([0, 1, 2]);
  fetch();
  check([4, 3, 1]);
});
