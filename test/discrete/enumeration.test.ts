/**
 * Samplers of discrete parameters against enumeration. A mean may be off by 4.5 Monte Carlo standard errors: with some 60
 * looks a false alarm comes once in 2000 runs, and seeds are fixed.
 */
import { describe, expect, test } from 'vitest';
import {
  mcseMean,
  metropolis,
  parallelTempering,
  particleEvidence,
  sequentialMonteCarlo,
  steppingStones,
} from '../../src';
import {
  captureRecapture,
  changePoint,
  drawsOf,
  latentCount,
  mixtureAssignments,
  type Problem,
  variableSelection,
} from './problems';

const problems: Problem[] = [
  changePoint(),
  mixtureAssignments(),
  latentCount(),
  captureRecapture(),
  variableSelection(),
];

function meanOf(chains: readonly Float64Array[]): number {
  const all = chains.flatMap((chain) => [...chain]);
  return all.reduce((sum, x) => sum + x, 0) / all.length;
}

describe.each(problems)('$name', ({ posterior, known, logEvidence }) => {
  test('by Metropolis–Hastings', async () => {
    const fit = await metropolis(posterior, { seed: 1, chains: 4, warmup: 1000, draws: 6000, workers: 0 });
    for (const quantity of known) {
      const draws = drawsOf(fit, quantity);
      const error = (meanOf(draws) - quantity.exact) / mcseMean(draws);
      expect(Math.abs(error), quantity.what).toBeLessThan(4.5);
    }
    for (const { name, offset } of fit.layout.quantities.filter(({ discrete }) => discrete)) {
      expect(fit.quantityDraws(offset)[0].every(Number.isInteger), name).toBe(true);
    }
  });

  test('by parallel tempering, with its evidence', async () => {
    const fit = await parallelTempering(posterior, {
      kernel: 'metropolis',
      seed: 2,
      chains: 4,
      warmup: 500,
      draws: 2000,
      levels: 8,
      workers: 0,
    });
    for (const quantity of known) {
      const draws = drawsOf(fit, quantity);
      const error = (meanOf(draws) - quantity.exact) / mcseMean(draws);
      expect(Math.abs(error), quantity.what).toBeLessThan(4.5);
    }
    const { estimate, standardError } = steppingStones(posterior, fit);
    expect(standardError).toBeLessThan(0.25);
    expect(Math.abs(estimate - logEvidence)).toBeLessThan(4.5 * standardError);
  });

  test('by sequential Monte Carlo, with its evidence', async () => {
    const runs = 12;
    const fit = await sequentialMonteCarlo(posterior, {
      kernel: 'metropolis',
      seed: 3,
      chains: runs,
      particles: 300,
      workers: 0,
    });
    for (const quantity of known) {
      // Runs are independent, particles of one are not.
      const means = drawsOf(fit, quantity).map((run) => meanOf([run]));
      const mean = meanOf(means.map((x) => Float64Array.of(x)));
      const spread = means.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (runs - 1);
      // Of Student's t with 11 degrees of freedom, 6 is as far out as 4.
      expect(Math.abs(mean - quantity.exact) / Math.sqrt(spread / runs), quantity.what).toBeLessThan(6);
    }
    const { estimate, standardError } = particleEvidence(posterior, fit);
    expect(standardError).toBeLessThan(0.15);
    expect(Math.abs(estimate - logEvidence)).toBeLessThan(6 * standardError);
  });
});
