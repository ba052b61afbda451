/** Which figures stand where. */

import * as plot from '../../plot';
import { only } from '../../plot/quantities';
import type { Figure } from './figures';
import type { PageRun } from './run';

/** Figures of one scalar. */
export function figuresOfOne({ posterior, prior }: PageRun, name: string): Figure[] {
  const figures: Figure[] = [
    {
      caption:
        'Trace: chains should overlap like noise, without drifts or steps. Red marks below: divergent draws.',
      specify: (size) => plot.trace(posterior, name, size),
    },
    {
      caption:
        'Density of each chain, which should agree; the bar is the central 90 % interval, the dot the median.',
      specify: (size) => plot.density(posterior, name, size),
    },
    {
      caption: 'Ranks of the draws of each chain among all draws: level bars mean that the chains agree.',
      specify: (size) => plot.rank(posterior, name, size),
    },
    {
      caption: 'Autocorrelation: the sooner it falls into the grey band, the more each draw tells.',
      specify: (size) => plot.autocorrelation(posterior, name, size),
    },
    {
      caption:
        'Effective draws as draws come in: straight growth is healthy; the dashed line is the least that is wanted.',
      specify: (size) => plot.essEvolution(posterior, name, size),
    },
    {
      caption: 'Effective draws of quantiles: low values tell where in the distribution estimates are poor.',
      specify: (size) => plot.essQuantile(posterior, name, size),
    },
    {
      caption:
        'Effective draws in small intervals of the distribution: low bars are places that chains rarely visit.',
      specify: (size) => plot.essLocal(posterior, name, size),
    },
  ];
  const before = prior(name);
  if (before !== undefined) {
    const scalar = only(posterior, name);
    figures.splice(2, 0, {
      caption: 'Prior and posterior: much overlap means that the data say little about this quantity.',
      specify: (size) => plot.priorPosterior(before, scalar, size),
    });
  }
  return figures;
}

/** Figures of a group of scalars; `name` undefined for all. */
export function figuresOfMany({ posterior, energies }: PageRun, name: string | undefined): Figure[] {
  const figures: Figure[] = [
    {
      caption: 'Medians with quartiles and 90 % intervals; red where the chains disagree (R-hat above 1.01).',
      specify: (size) => plot.forest(posterior, name, size),
    },
    {
      caption:
        'Parallel coordinates: each line is a draw across quantities. Divergent draws (red) that bunch together show where sampling is hard.',
      specify: (size) => plot.parallel(posterior, name, { ...size, height: 280 }),
    },
  ];
  if (energies !== undefined) {
    figures.push({
      caption:
        'Energy and its changes: the curves should look alike; E-BFMI below 0.3 means that the tails are reached too slowly.',
      specify: (size) => plot.energy(energies, size),
    });
  }
  return figures;
}

/** Two scalars against each other. */
export function figureOfPair({ posterior }: PageRun, across: string, up: string): Figure {
  return {
    caption:
      'Draws of two quantities; where red, divergent draws gather, the posterior bends too sharply for the step size.',
    specify: (size) => plot.pair(posterior, [across, up], { ...size, height: 360 }),
  };
}

/** Predictive checks. */
export function figuresOfChecks({ contents }: PageRun): Figure[] {
  return contents.checks.flatMap(({ name, observed, replications }) => {
    const counts = observed.every((value) => Number.isInteger(value) && value >= 0 && value < 200);
    const spread = new Set(observed).size > 1;
    return [
      ...(counts
        ? [
            {
              caption: `${name}: frequencies of the data (bars) and as the model expects them (line, 90 % intervals).`,
              specify: (size: plot.PlotOptions) => plot.ppcRootogram(observed, replications, size),
            },
          ]
        : []),
      ...(spread && !counts
        ? [
            {
              caption: `${name}: the data (red) should look like one of the replications (blue).`,
              specify: (size: plot.PlotOptions) => plot.ppcDensity(observed, replications, size),
            },
          ]
        : []),
      {
        caption: `${name}: distribution function of the data (red) among those of replications (blue).`,
        specify: (size) => plot.ppcEcdf(observed, replications, size),
      },
      {
        caption: `${name}: the mean of the data among those of replications; p near 0 or 1 tells of a misfit.`,
        specify: (size) => plot.ppcStatistic(observed, replications, size),
      },
    ];
  });
}
