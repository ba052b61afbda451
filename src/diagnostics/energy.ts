/** E-BFMI: how well the momentum's resampling explores the energies of the posterior. */

/**
 * Estimated Bayesian fraction of missing information of each chain (Betancourt 2016): the mean squared change of energy
 * from draw to draw, over the variance of the energy. Below 0.3 the sampler explores the tails too slowly.
 *
 * @param energies Hamiltonian at each draw, one array per chain
 * @returns one value per chain; NaN where the energy never changes
 */
export function ebfmi(energies: readonly ArrayLike<number>[]): number[] {
  return energies.map((energy) => {
    let mean = 0;
    for (let i = 0; i < energy.length; i++) mean += energy[i];
    mean /= energy.length;
    let changes = 0;
    let variance = 0;
    for (let i = 0; i < energy.length; i++) {
      variance += (energy[i] - mean) ** 2;
      if (i > 0) changes += (energy[i] - energy[i - 1]) ** 2;
    }
    return changes / variance;
  });
}
