/** A run of eight schools as a sampler might leave it: correlated draws, some divergent where tau is small. */

import { normalQuantile } from '../../src/diagnostics/normal-scores';
import type { Summarizable } from '../../src/report';
import type { Layout } from '../../src/target/target';
import { randomNumbers } from '../diagnostics/random-numbers';

const SCHOOLS = [
  'Choate',
  'Deerfield',
  'Phillips Andover',
  'Phillips Exeter',
  'Hotchkiss',
  'Lawrenceville',
  "St. Paul's",
  'Mt. Hermon',
];

const layout: Layout = {
  quantities: [
    { name: 'mu', shape: [], dims: [], offset: 0, kind: 'parameter' },
    { name: 'tau', shape: [], dims: [], offset: 1, kind: 'parameter' },
    { name: 'effect', shape: [8], dims: ['school'], offset: 2, kind: 'parameter' },
  ],
  size: 10,
  coords: { school: SCHOOLS },
};

export interface ExampleRun extends Summarizable {
  readonly stats: { readonly divergent: Float64Array[]; readonly energy: Float64Array[] };
}

/**
 * Draws of mu, tau and eight effects.
 *
 * @param chains how many
 * @param draws per chain
 */
export function exampleRun(chains = 4, draws = 500): ExampleRun {
  const uniform = randomNumbers(2024);
  const normal = (): number => normalQuantile(uniform() * 0.999999 + 5e-7);
  const columns = Array.from({ length: layout.size }, () =>
    Array.from({ length: chains }, () => new Float64Array(draws)),
  );
  const stats = {
    divergent: Array.from({ length: chains }, () => new Float64Array(draws)),
    energy: Array.from({ length: chains }, () => new Float64Array(draws)),
  };
  for (let chain = 0; chain < chains; chain++) {
    let slow = normal();
    for (let draw = 0; draw < draws; draw++) {
      slow = 0.8 * slow + 0.6 * normal();
      const tau = 3 * Math.exp(0.8 * slow);
      const mu = 4.4 + 3.3 * normal();
      const row = [mu, tau, ...SCHOOLS.map((_, i) => mu + 0.5 * tau * (normal() + (4 - i) / 4))];
      row.forEach((value, i) => (columns[i][chain][draw] = value));
      stats.divergent[chain][draw] = tau < 1 && uniform() < 0.2 ? 1 : 0;
      stats.energy[chain][draw] = 40 + 2 * slow + 3 * normal();
    }
  }
  return { layout, quantityDraws: (index) => columns[index], stats };
}
