/** How a finished run can be taken up again. */

import type { Fit } from './fit';
import type { NewDraws } from './new-draws';
import type { Progress } from './options';
import type { Ranks } from './posterior';
import type { Until } from './until';

/** Options of `fit.continue`. */
export interface ContinueOptions {
  /** Draws to add to each chain; by default as many as the run had. */
  readonly draws?: number;
  /** Ends the run earlier, once the draws, old and new together, are good enough. */
  readonly until?: Until;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  readonly onDraws?: (draws: NewDraws) => void;
}

/** Takes a run up again. */
export type Continuation<R extends Ranks> = (options: ContinueOptions) => Promise<Fit<R>>;
