/** Whom an optimisation tells how it goes, and what a run leaves behind between two stages. */

import type { Optimisation } from './optimisation';
import type { ScheduleState, VariationalProgress, Watch } from './schedule';
import type { VariationalSettings } from './settings';

/** A run between two stages: plain data, fit for a file. */
export interface VariationalState {
  readonly settings: VariationalSettings;
  readonly schedule: ScheduleState;
  /** The optimisation inside the module. */
  readonly optimisation: Uint8Array;
}

/** What the caller wants to hear, and where to go on from. */
export interface Wishes {
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((progress: VariationalProgress) => void) | undefined;
  readonly onState: ((state: VariationalState) => void) | undefined;
  readonly resume: VariationalState | undefined;
}

/** The schedule's hooks for these wishes. */
export function watchOf(wishes: Wishes, settings: VariationalSettings, optimisation: Optimisation): Watch {
  const { signal, onProgress, onState } = wishes;
  return {
    signal,
    onProgress,
    onStage: onState && ((schedule) => onState({ settings, schedule, optimisation: optimisation.save() })),
  };
}

/** Takes up a state. */
export function resumeFrom(
  state: VariationalState,
  settings: VariationalSettings,
  optimisation: Optimisation,
): void {
  for (const name of Object.keys(settings) as (keyof VariationalSettings)[]) {
    if (name === 'draws' || name === 'maxIterations') continue;
    const [here, there] = [settings, state.settings].map((all) => JSON.stringify(all[name]));
    if (here !== there) {
      throw new RangeError(
        `variational: resume is a state of a run with ${name} ${there}, this one has ${here}`,
      );
    }
  }
  optimisation.load(state.optimisation);
}
