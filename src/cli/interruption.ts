/** Ctrl-C and termination: the first asks the run to end, the second ends the process. */

import { constants } from 'node:os';

/** The reason of a run that a signal ended. */
export class Interruption extends Error {
  constructor(readonly signal: 'SIGINT' | 'SIGTERM') {
    super(`ended by ${signal}`);
  }

  /** As shells report it. */
  get exitStatus(): number {
    return 128 + constants.signals[this.signal];
  }
}

/** Runs a task under an abort signal that SIGINT and SIGTERM raise. */
export async function interruptible<T>(task: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const onSigint = (): void => controller.abort(new Interruption('SIGINT'));
  const onSigterm = (): void => controller.abort(new Interruption('SIGTERM'));
  process.once('SIGINT', onSigint);
  process.once('SIGTERM', onSigterm);
  try {
    return await task(controller.signal);
  } finally {
    process.off('SIGINT', onSigint);
    process.off('SIGTERM', onSigterm);
  }
}
