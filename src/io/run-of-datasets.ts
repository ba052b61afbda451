/** InferenceData read as a run: the posterior's draws, the sampler's statistics. */

import type { SamplerStatistics } from '../inference';
import { STATISTICS } from '../inference/chain';
import type { Layout, Quantity } from '../target/target';
import { type InferenceData, SAMPLE_STATS, type Variable } from './inference-data';
import { type Statistic, StoredRun } from './stored-run';

/** What our own files say besides. */
interface Extra {
  readonly origin?: StoredRun['origin'];
  readonly settings?: StoredRun['settings'];
  readonly chains?: readonly number[];
  readonly derived?: readonly string[];
}

/**
 * The run that InferenceData tells of.
 *
 * @param file named in errors
 * @throws Error when there is no posterior, or a variable does not have one value per chain and draw
 */
export function runOfDatasets(file: string, data: InferenceData): StoredRun {
  const { posterior, sample_stats: statistics } = data;
  if (posterior === undefined || Object.keys(posterior.variables).length === 0) {
    throw new Error(`${file}: expected a group 'posterior' with variables, found none`);
  }
  const extra = extraOf(posterior.attrs.credence);
  const all = Object.entries(posterior.variables);
  const [chains, draws] = all[0][1].shape;
  for (const [name, { dims, shape }] of all.concat(Object.entries(statistics?.variables ?? {}))) {
    if (dims[0] !== 'chain' || dims[1] !== 'draw' || shape[0] !== chains || shape[1] !== draws) {
      throw new Error(
        `${file}: variable '${name}': expected axes chain × draw of ${chains} × ${draws} first, found ${dims.join(' × ')} of ${shape.join(' × ')}`,
      );
    }
  }

  const quantities: (Quantity & { readonly values: Float64Array; readonly size: number })[] = [];
  let offset = 0;
  for (const [name, { dims, shape, values }] of all) {
    const own = shape.slice(2);
    const size = own.reduce((product, length) => product * length, 1);
    const names = dims.slice(2).map((dim, axis) => (dim === `${name}_dim_${axis}` ? undefined : dim));
    const kind = extra.derived?.includes(name) ? ('derived' as const) : ('parameter' as const);
    quantities.push({ name, shape: own, dims: names, offset, kind, values, size });
    offset += size;
  }
  const layout: Layout = {
    quantities: quantities.map(({ values: _values, size: _size, ...quantity }) => quantity),
    size: offset,
    coords: Object.fromEntries(
      Object.entries(posterior.coords).filter(([dim]) => dim !== 'chain' && dim !== 'draw'),
    ),
  };
  const recorded = STATISTICS.filter((name) => statistics?.variables[SAMPLE_STATS[name]] !== undefined);
  return new StoredRun({
    layout,
    chains: extra.chains ?? Array.from({ length: chains }, (_, chain) => chain),
    drawsPerChain: draws,
    quantityDraws(index) {
      const { values, size, offset: start } = quantities.find((q) => index < q.offset + q.size)!;
      return Array.from({ length: chains }, (_, chain) =>
        Float64Array.from(
          { length: draws },
          (_, draw) => values[(chain * draws + draw) * size + index - start],
        ),
      );
    },
    statistics: Object.fromEntries(
      recorded.map((name: Statistic) => [name, perChain(statistics!.variables[SAMPLE_STATS[name]])]),
    ) as Partial<SamplerStatistics>,
    origin: extra.origin ?? { model: 'unknown' },
    settings: extra.settings,
  });
}

function perChain({ shape: [chains, draws], values }: Variable): Float64Array[] {
  return Array.from({ length: chains }, (_, chain) => values.slice(chain * draws, (chain + 1) * draws));
}

function extraOf(text: string | number | undefined): Extra {
  return typeof text === 'string' ? (JSON.parse(text) as Extra) : {};
}
