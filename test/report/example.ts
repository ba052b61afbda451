/** A made-up fit for tests of reports and files: quantities of several shapes, draws from a fixed generator. */

import type { Summarizable } from '../../src/report';
import type { Layout, Quantity } from '../../src/target/target';

/** Reproducible standard normal noise, by sums of uniforms (Irwin–Hall of 12). */
export function noise(n: number, seed: number): Float64Array {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return Float64Array.from({ length: n }, () => {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += uniform();
    return sum;
  });
}

type Shaped = Pick<Quantity, 'name' | 'shape'> & Partial<Pick<Quantity, 'dims' | 'kind'>>;

export function layoutOf(quantities: readonly Shaped[], coords: Layout['coords'] = {}): Layout {
  let size = 0;
  const placed = quantities.map(({ name, shape, dims = shape.map(() => undefined), kind = 'parameter' }) => {
    const offset = size;
    size += shape.reduce((a, b) => a * b, 1);
    return { name, shape, dims, offset, kind };
  });
  return { quantities: placed, size, coords };
}

export interface Settings {
  chains?: number;
  draws?: number;
  layout?: Layout;
  /** Replaces the draws of scalars by index; standard normal noise elsewhere. */
  quantity?: (index: number, chain: number) => Float64Array | undefined;
  divergent?: (chain: number, draw: number) => boolean;
  saturated?: (chain: number, draw: number) => boolean;
  energy?: (chain: number) => Float64Array;
}

export function exampleFit(settings: Settings = {}): Summarizable {
  const {
    chains = 4,
    draws = 500,
    layout = layoutOf([
      { name: 'mu', shape: [] },
      { name: 'effect', shape: [3] },
    ]),
  } = settings;
  const each = <T>(make: (chain: number) => T): T[] =>
    Array.from({ length: chains }, (_, chain) => make(chain));
  return {
    layout,
    quantityDraws: (index) =>
      each((chain) => settings.quantity?.(index, chain) ?? noise(draws, 1000 * (index + 1) + chain)),
    maxTreeDepth: 10,
    stats: {
      divergent: each((chain) =>
        Uint8Array.from({ length: draws }, (_, i) => Number(settings.divergent?.(chain, i) ?? 0)),
      ),
      treedepth: each((chain) =>
        Uint8Array.from({ length: draws }, (_, i) => (settings.saturated?.(chain, i) ? 10 : 3)),
      ),
      energy: each((chain) => settings.energy?.(chain) ?? noise(draws, 77 + chain)),
    },
    timing: { warmupSeconds: 0.25, samplingSeconds: 0.5 },
    gradientEvaluations: 12345,
  };
}
