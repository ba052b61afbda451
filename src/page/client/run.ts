/** The run that the page carries, unpacked as far as pictures ask for it. */

import type { Plottable } from '../../plot';
import { type Scalar, scalars } from '../../report/names';
import { type Contents, read, type Sample } from '../contents';
import { unpack } from '../packed-draws';

export interface PageRun {
  readonly contents: Contents;
  readonly scalars: readonly Scalar[];
  readonly posterior: Plottable;
  /** Draws from the prior of the scalar of this name. */
  prior(name: string): Float64Array | undefined;
  /** Sampler's energies. */
  readonly energies: Plottable | undefined;
}

/** Draws by position in the vector of all quantities, each unpacked once. */
function drawsOf({ layout, draws }: Sample, chains: number): (index: number) => Float64Array[] {
  const places = new Map(scalars(layout).map(({ index }, i) => [index, i]));
  const unpacked = new Map<number, Float64Array[]>();
  return (index) => {
    const known = unpacked.get(index) ?? unpack(draws[places.get(index)!], chains);
    unpacked.set(index, known);
    return known;
  };
}

export function readRun(): PageRun {
  const contents = read(document.getElementById('contents')!.textContent!);
  const { chains, posterior, prior, energy } = contents;
  const quantityDraws = drawsOf(posterior, chains);
  const divergent = quantityDraws(0).map(({ length }) => new Float64Array(length));
  for (const [chain, draw] of contents.divergent) divergent[chain][draw] = 1;
  const { layout } = posterior;
  const fromPrior = prior && drawsOf(prior, 1);
  const ofPrior = new Map(prior && scalars(prior.layout).map(({ name, index }) => [name, index]));
  const energies = energy && unpack(energy, chains);
  return {
    contents,
    scalars: scalars(layout),
    posterior: { layout, quantityDraws, stats: { divergent, energy: divergent } },
    prior: (name) => {
      const index = ofPrior.get(name);
      return index === undefined ? undefined : fromPrior!(index)[0];
    },
    energies: energies && { layout, quantityDraws, stats: { divergent, energy: energies } },
  };
}
