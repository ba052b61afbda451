/** Progress bars, one per chain, on a terminal; nothing elsewhere. */

import { MultiBar, Presets, type SingleBar } from 'cli-progress';
import type { Progress } from '../inference';

export interface ProgressBars {
  update(progress: Progress): void;
  /** Leaves the bars as they are and gives the terminal back. */
  stop(): void;
}

export function progressBars(stream: NodeJS.WriteStream): ProgressBars | undefined {
  if (!stream.isTTY) return undefined;
  const bars = new MultiBar(
    {
      stream,
      hideCursor: true,
      format: 'chain {chain} [{bar}] {value}/{total} {phase} | step size {step} | {divergences} divergent',
      barsize: 24,
      // The terminal stays in its ordinary mode, so that Ctrl-C reaches us.
      gracefulExit: false,
      emptyOnZero: true,
    },
    Presets.legacy,
  );
  const byChain = new Map<number, SingleBar>();
  return {
    update({ chain, phase, iteration, total, divergences, stepSize }) {
      const payload = {
        chain: chain + 1,
        phase: phase === 'warmup' ? 'warm-up ' : 'sampling',
        step: stepSize.toPrecision(3),
        divergences,
      };
      const bar = byChain.get(chain);
      if (bar === undefined) byChain.set(chain, bars.create(total, iteration, payload));
      else bar.update(iteration, payload);
    },
    stop: () => bars.stop(),
  };
}
