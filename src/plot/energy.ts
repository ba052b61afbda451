/** Energies of the draws against their changes: alike where the sampler reaches the tails (Betancourt 2016). */

import { ebfmi } from '../diagnostics';
import { momentsOf } from '../diagnostics/moments';
import { curve, HEIGHT } from './density';
import type { Plottable } from './quantities';
import { named, number, type PlotOptions, sizeOf, type Specification, specification } from './specification';

/**
 * Densities of the energy, less its mean, and of its changes from draw to draw.
 *
 * @param fit draws
 * @throws Error for draws of a method that has no energies
 */
export function energy(fit: Plottable, options: PlotOptions = {}): Specification {
  if (fit.stats === undefined) throw new Error('plot.energy: the draws come without energies');
  const energies = fit.stats.energy.map((chain) => Float64Array.from(chain));
  const centred = energies.flatMap((chain) => {
    const { mean } = momentsOf(chain);
    return Array.from(chain, (value) => value - mean);
  });
  const changes = energies.flatMap((chain) => Array.from(chain.subarray(1), (value, i) => value - chain[i]));
  const fractions = ebfmi(energies)
    .map((value) => value.toFixed(2))
    .join(', ');
  return specification(
    options.title ?? `Energy, E-BFMI ${fractions}`,
    `Densities of the energy and of its changes; E-BFMI of the chains: ${fractions}.`,
    {
      ...sizeOf(options),
      data: { values: [...curve(centred, { of: 'energy' }), ...curve(changes, { of: 'change of energy' })] },
      mark: { type: 'area', opacity: 0.35, line: { strokeWidth: 1.6 } },
      encoding: {
        x: number('x', 'energy, less its mean'),
        y: { ...HEIGHT, stack: null },
        color: named('of', null),
      },
    },
  );
}
