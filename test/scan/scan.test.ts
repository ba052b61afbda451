/** Scans agree with their unrolled form, in values and in first and second derivatives, in both backends. */
import { describe, expect, it } from 'vitest';
import * as x from '../../src/expr';
import { Graph, gradient, type Expression } from '../../src/expr';
import { compileDensity, differences } from '../compile/evaluate';

const wave = (n: number, phase = 0): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => Math.sin(1.7 * i + phase) + 0.3);

/** Builds the same density with `scan` and unrolled, and compares them. */
async function compare(
  inputs: (graph: Graph) => Expression[],
  build: (inputs: Expression[], loop: typeof x.scan) => Expression,
  at: readonly number[],
): Promise<void> {
  const results = [];
  for (const loop of [x.scan, unrolled as typeof x.scan]) {
    const graph = new Graph();
    const unknowns = inputs(graph);
    const value = x.withGraph(graph, () => build(unknowns, loop));
    const slopes = gradient(value, unknowns);
    const along = x.withGraph(graph, () =>
      x.total(slopes.map((g, i) => x.sum(x.mul(g, x.reshape([...wave(g.size, i)], g.shape))))),
    );
    results.push({
      density: await compileDensity(value, unknowns),
      slope: await compileDensity(along, unknowns),
    });
  }
  const [scanned, plain] = results;
  for (const order of ['density', 'slope'] as const) {
    const expected = plain[order].baseline(at);
    for (const backend of ['wasm', 'baseline'] as const) {
      const found = scanned[order][backend](at);
      expect(found.value).toBeCloseTo(expected.value, 9);
      found.gradient.forEach((slope, i) =>
        expect(Math.abs(slope - expected.gradient[i])).toBeLessThan(
          1e-8 * Math.max(1, Math.abs(expected.gradient[i])),
        ),
      );
    }
  }
  const numeric = differences((t) => scanned.density.wasm(t).value, at);
  scanned.density
    .wasm(at)
    .gradient.forEach((slope, i) =>
      expect(Math.abs(slope - numeric[i])).toBeLessThan(1e-6 * Math.max(1, Math.abs(slope))),
    );
}

/** The loop written out, a node for every step. */
function unrolled(
  {
    initial,
    over = {},
    length,
    reverse,
  }: x.ScanOptions<Record<string, Expression>, Record<string, Expression>>,
  step: (
    state: Record<string, Expression>,
    elements: Record<string, Expression>,
  ) => { state: Record<string, Expression>; results?: Record<string, Expression> },
): unknown {
  const n = length ?? Object.values(over)[0].shape[0];
  let state = initial;
  const rows: Record<string, Expression>[] = [];
  for (let k = 0; k < n; k++) {
    const t = reverse ? n - 1 - k : k;
    const result = step(
      state,
      Object.fromEntries(Object.entries(over).map(([name, value]) => [name, x.at(value, t)])),
    );
    state = Object.fromEntries(
      Object.entries(result.state).map(([name, value]) => [name, x.expand(value, initial[name].shape)]),
    );
    rows[t] = result.results ?? {};
  }
  const names = Object.keys(rows[0]);
  return {
    state,
    results: Object.fromEntries(names.map((name) => [name, x.stack(rows.map((row) => row[name]))])),
  };
}

const scalars =
  (...names: string[]) =>
  (graph: Graph) =>
    names.map((name) => graph.input(name));

describe('scan', () => {
  it('runs an affine recurrence (GARCH)', () =>
    compare(
      scalars('mu', 'a0', 'a1', 'b1'),
      ([mu, a0, a1, b1], scan) => {
        const y = mu.graph.constant(wave(30));
        const shock = x.sub(y, mu);
        const { results, state } = scan(
          { initial: { variance: x.exp(mu) }, over: { shock } },
          ({ variance }, { shock: e }) => ({
            state: {
              variance: x.exp(a0).add(x.sigmoid(a1).mul(e.square())).add(x.sigmoid(b1).mul(variance)),
            },
            results: { variance },
          }),
        );
        return x
          .sum(x.add(x.log(results.variance), x.div(x.square(shock), results.variance)))
          .neg()
          .add(state.variance);
      },
      [0.2, -0.5, 0.3, -0.4],
    ));

  it('runs a recurrence with varying factors, backwards', () =>
    compare(
      scalars('a', 'b'),
      ([a, b], scan) => {
        const u = x.mul(a, a.graph.constant(wave(9)));
        const { results, state } = scan(
          { initial: { s: b }, over: { u }, reverse: true },
          ({ s }, { u: v }) => ({
            state: { s: x.tanh(v).mul(s).add(v.mul(b)) },
            results: { doubled: s.mul(2), before: s },
          }),
        );
        return x.sum(x.square(results.doubled)).add(x.dot(results.before, u)).add(state.s.square());
      },
      [0.7, -0.4],
    ));

  it('runs a nonlinear recurrence', () =>
    compare(
      scalars('r', 's0'),
      ([r, s0], scan) => {
        const { results } = scan({ initial: { s: s0 }, length: 12 }, ({ s }) => ({
          state: { s: x.sigmoid(s.mul(r)).sub(s.square().mul(0.1)) },
          results: { s },
        }));
        return x.sum(x.square(results.s.sub(0.3)));
      },
      [1.3, 0.4],
    ));

  it('sums hidden states out (forward algorithm)', () =>
    compare(
      (graph) => [graph.input('transition', [3, 3]), graph.input('means', [3])],
      ([logits, means], scan) => {
        const y = means.graph.constant(wave(15));
        const rows = x.sub(logits, x.reshape(x.logSumExp(logits, 1), [3, 1]));
        const emission = x.mul(x.square(x.sub(x.reshape(y, [15, 1]), means)), -0.5);
        const { state } = scan(
          { initial: { alpha: x.at(emission, 0) }, over: { e: x.slice(emission, 1) } },
          ({ alpha }, { e }) => ({
            state: { alpha: x.logSumExp(x.add(x.reshape(alpha, [3, 1]), rows), 0).add(e) },
          }),
        );
        return x.logSumExp(state.alpha);
      },
      [...wave(9, 2), 0.2, -0.3, 0.9],
    ));

  it('carries several states, exchanges them, and multiplies matrices', () =>
    compare(
      (graph) => [graph.input('A', [2, 2]), graph.input('start', [2]), graph.input('c')],
      ([A, start, c], scan) => {
        const drive = c.graph.constant(wave(8), [4, 2]);
        const { state, results } = scan(
          { initial: { p: start, q: x.mul(start, c), n: c }, over: { drive } },
          ({ p, q, n }, { drive: d }) => ({
            state: { p: q, q: x.matmul(x.tanh(A), p).add(d.mul(n)), n: n.mul(0.9) },
            results: { p, energy: p.dot(q) },
          }),
        );
        return x
          .sum(x.square(state.q))
          .add(x.sum(x.sin(results.p)))
          .add(x.sum(results.energy))
          .add(state.n);
      },
      [0.3, -0.2, 0.5, 0.1, 0.7, -0.6, 1.1],
    ));

  it('nests', () =>
    compare(
      scalars('a'),
      ([a], scan) => {
        const rows = a.graph.constant(wave(12), [3, 4]);
        const { state } = scan({ initial: { total: a }, over: { row: rows } }, ({ total }, { row }) => {
          const inner = scan({ initial: { s: total }, over: { v: row } }, ({ s }, { v }) => ({
            state: { s: x.tanh(s.mul(a).add(v)) },
          }));
          return { state: { total: inner.state.s.add(total.mul(0.5)) } };
        });
        return state.total;
      },
      [0.8],
    ));

  it('costs no more code for more steps', async () => {
    const { compileProgram } = await import('../../src/compile');
    const sizes = [1000, 10_000].map((n) => {
      const graph = new Graph();
      const a = graph.input('a');
      const value = x.withGraph(graph, () => {
        const { state } = x.scan({ initial: { s: a }, length: n }, ({ s }) => ({
          state: { s: x.tanh(s.mul(a)).add(1) },
        }));
        return state.s;
      });
      return compileProgram({ density: { inputs: [a], outputs: gradient(value, [a]), value } }).length;
    });
    expect(sizes[1]).toBe(sizes[0]);
  });

  it('says what is wrong', () => {
    const graph = new Graph();
    const a = graph.input('a');
    expect(() => x.scan({ initial: { s: a } }, ({ s }) => ({ state: { s } }))).toThrow(/length/);
    expect(() =>
      x.scan({ initial: { s: a }, over: { u: [1, 2], v: [1, 2, 3] } }, ({ s }) => ({ state: { s } })),
    ).toThrow(/'v' has 3 elements, expected 2/);
    expect(() => x.scan({ initial: { s: a }, length: 3 }, () => ({ state: { s: [1, 2] } }))).toThrow(
      /'s' begins as scalar and becomes \[2\]/,
    );
  });
});
