/** Where an optimiser is, in one line that is written over, on a terminal; nothing elsewhere. */

import type { ClimbProgress } from '../inference';

export interface ProgressLine {
  update(progress: ClimbProgress): void;
  /** Clears the line. */
  stop(): void;
}

/** Milliseconds between two changes. */
const PACE = 100;

export function climbProgress(stream: NodeJS.WriteStream): ProgressLine | undefined {
  if (!stream.isTTY) return undefined;
  let last = -Infinity;
  return {
    update({ start, phase, iteration, logDensity }) {
      const now = performance.now();
      if (now - last < PACE) return;
      last = now;
      const where = phase === 'curvature' ? `curvature ${iteration}` : `${phase}, iteration ${iteration}`;
      stream.write(`\r\u001b[Kstart ${start + 1}: ${where}, log density ${logDensity.toPrecision(8)}`);
    },
    stop: () => void stream.write('\r\u001b[K'),
  };
}
