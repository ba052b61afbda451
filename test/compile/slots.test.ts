/** Values that are replaced in a loaded program: both backends follow, and nothing was folded. */
import { expect, it } from 'vitest';
import { halfNormal, model, normal, vector } from '../../src';
import { BaselineProgram } from '../../src/backend/baseline';
import { Instance, loadModule } from '../../src/backend/wasm';
import { compileProgram } from '../../src/compile';
import { dot, sum, valueAndGradient } from '../../src/expr';
import { Graph } from '../../src/expr/graph';

const LOG_LIKELIHOOD = 4;

it('weights the likelihood of a tempered posterior', async () => {
  const posterior = model({ y: vector('row') })
    .param('mu', normal(0, 2))
    .param('sigma', halfNormal(3))
    .observe('y', ({ mu, sigma }) => normal(mu, sigma))
    .condition({ y: [0.5, -1.25, 2, 3.5] });
  const target = posterior.temperedTarget;
  const plain = await Instance.create(await loadModule(), posterior.target);
  const wasm = await Instance.create(await loadModule(), target);
  const baseline = new BaselineProgram(target.program);
  expect(target.slots).toEqual(['likelihoodWeight']);

  const position = Float64Array.of(0.3, -0.2);
  const at = (program: { density(x: Float64Array, g: Float64Array): number }): number[] => {
    const gradient = new Float64Array(2);
    return [program.density(position, gradient), ...gradient];
  };
  const whole = at(wasm);
  const logLikelihood = wasm.value(LOG_LIKELIHOOD, position);
  expect(logLikelihood).toBeCloseTo(
    plain
      .call(2, position, 4)
      .reduce((total, value, i) => (posterior.terms[i]?.role === 'likelihood' ? total + value : total), 0),
    12,
  );
  at(plain).forEach((value, i) => expect(whole[i]).toBeCloseTo(value, 12));
  wasm.setSlot(0, [0]);
  const prior = at(wasm);
  expect(whole[0] - prior[0]).toBeCloseTo(logLikelihood, 12);
  wasm.setSlot(0, [0.25]);
  baseline.setSlot(0, [0.25]);
  at(wasm).forEach((value, i) => expect(value).toBeCloseTo(0.25 * whole[i] + 0.75 * prior[i], 12));
  at(baseline).forEach((value, i) => expect(value).toBeCloseTo(at(wasm)[i], 12));
});

it('replaces vectors, of odd lengths too', async () => {
  const graph = new Graph();
  const x = graph.input('x', [3]);
  const data = graph.slot('data', Float64Array.of(1, 2, 3), [3]);
  const { value, gradient } = valueAndGradient(dot(x, data).add(sum(data.square())), [x]);
  const program = compileProgram({ density: { inputs: [x], outputs: gradient, value }, slots: [data] });
  const wasm = await Instance.create(await loadModule(), { kind: 'program', dimension: 3, program });
  const baseline = new BaselineProgram(program);
  const slope = new Float64Array(3);
  for (const values of [
    [1, 2, 3],
    [-2, 0.5, 4],
  ]) {
    wasm.setSlot(0, values);
    baseline.setSlot(0, values);
    const expected = values.reduce((total, v, i) => total + v * (i + 1) + v * v, 0);
    for (const backend of [wasm, baseline]) {
      expect(backend.density(Float64Array.of(1, 2, 3), slope)).toBeCloseTo(expected, 12);
      expect([...slope]).toEqual(values);
    }
  }
});

it('refuses a slot whose values do not fill its shape', () => {
  expect(() => new Graph().slot('x', Float64Array.of(1, 2), [3])).toThrow(
    'slot: 2 values do not fill the shape [3]',
  );
});
