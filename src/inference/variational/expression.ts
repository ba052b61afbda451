/** Fits an approximation that is an expression: its bound is a program of its own, climbed inside the module. */

import { fullInstance } from '../../backend/wasm';
import { PROGRAM } from './family';
import type { Fitted } from './gaussian';
import type { Objective } from './objective';
import { Optimisation } from './optimisation';
import { BEGINNING, follow } from './schedule';
import type { VariationalSettings } from './settings';
import { resumeFrom, watchOf, type Wishes } from './watch';

/** The families start near the best Gaussian, guides where they are told to, discrete parameters and what is beside them anywhere. */
const STEP_SIZE = 0.01;
const DISCRETE_STEP_SIZE = 0.05;

export async function fitExpression(
  { program, dimension, noise, choices, initial }: Objective,
  settings: VariationalSettings,
  wishes: Wishes,
): Promise<Fitted> {
  const instance = await fullInstance({ kind: 'program', dimension, program });
  const { drawsPerStep, seed } = settings;
  const optimisation = new Optimisation(instance, {
    family: { code: PROGRAM, rank: 0, noise },
    drawsPerStep,
    seed,
    landing: false,
    choices,
  });
  if (wishes.resume === undefined) optimisation.begin([initial]);
  else resumeFrom(wishes.resume, settings, optimisation);
  const schedule = await follow(
    optimisation,
    {
      stepSize: settings.stepSize || (choices > 0 ? DISCRETE_STEP_SIZE : STEP_SIZE),
      maxIterations: settings.maxIterations,
      tolerance: settings.tolerance,
      precision: settings.precision,
      leastIterations: 1000,
      mostIterations: 5000,
      comparisonDraws: 2000,
    },
    watchOf(wishes, settings, optimisation),
    wishes.resume?.schedule ?? BEGINNING,
  );
  return { optimisation, schedule };
}
