/** The model of a run, asked for what its draws do not hold: log likelihoods, predictions, draws from the prior. */

import { type LogLikelihood, logLikelihood } from '../comparison';
import type { NamedDraws } from '../inference';
import { Posterior } from '../model';
import type { Model } from '../model/model';
import type { Step } from '../model/step';
import { predict, type PosteriorDraws, type Predictions, priorPredictive } from '../predictive';
import { loadPosterior } from './model-file';

/** Draws from the prior. */
const PRIOR_DRAWS = 1000;

export class RunModel {
  /** What could not be had, and why. */
  readonly notes: string[] = [];

  private constructor(readonly posterior: Posterior) {}

  /**
   * Loads the module that a run was sampled from.
   *
   * @throws Error when it cannot be loaded, the data do not fit, or it is no model of this package
   */
  static async load(path: string, dataFile: string | undefined): Promise<RunModel> {
    const posterior = await loadPosterior(path, dataFile);
    if (posterior instanceof Posterior) return new RunModel(posterior);
    throw new Error(`${path}: expected a model made by credence, which has predictions and a prior`);
  }

  get data(): Readonly<Record<string, unknown>> {
    return this.posterior.origin.data;
  }

  get steps(): readonly Step[] {
    return this.posterior.origin.model.steps;
  }

  /** Names of what is drawn, or of what is observed. */
  names(kind: 'parameter' | 'observe'): string[] {
    return this.steps.flatMap((step) => (step.kind === kind ? [step.name] : []));
  }

  /** A draw of everything observed for each posterior draw; undefined, with a note, where there is none to be had. */
  predictions(lacking: string, draws: PosteriorDraws, seed: number): Promise<Predictions | undefined> {
    return this.attempt(lacking, () =>
      predict(this.posterior, draws, { seed, names: this.names('observe') }),
    );
  }

  /** The log likelihood of every observation under each draw; undefined, with a note, where there is none. */
  logLikelihoods(lacking: string, draws: NamedDraws): Promise<LogLikelihood | undefined> {
    return this.attempt(lacking, () => logLikelihood(this.posterior, draws));
  }

  /** Draws from the prior of parameters, or of what is observed; undefined, with a note, where there are none. */
  prior(lacking: string, kind: 'parameter' | 'observe', seed: number): Promise<Predictions | undefined> {
    const { model, data, coords } = this.posterior.origin;
    return this.attempt(lacking, () =>
      priorPredictive(model as unknown as Model<never, never>, data as never, {
        ...{ draws: PRIOR_DRAWS, seed, coords },
        names: this.names(kind),
      }),
    );
  }

  private async attempt<T>(lacking: string, make: () => Promise<T>): Promise<T | undefined> {
    try {
      return await make();
    } catch (error) {
      this.notes.push(`${lacking}: ${(error as Error).message}`);
      return undefined;
    }
  }
}
