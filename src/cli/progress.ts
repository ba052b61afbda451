/** A live line per chain on a terminal: draws, divergences, step size, rate, time left; nothing elsewhere. */

import { createRequire } from 'node:module';
import type * as cliProgress from 'cli-progress';
import type { Progress } from '../inference';

export interface ProgressBars {
  update(progress: Progress): void;
  /** Leaves the bars as they are and gives the terminal back. */
  stop(): void;
}

/** A chain's bar, and when and where the present phase began: warm-up and sampling differ in speed. */
interface Line {
  readonly bar: cliProgress.SingleBar;
  phase: Progress['phase'];
  since: number;
  from: number;
}

export function progressBars(stream: NodeJS.WriteStream): ProgressBars | undefined {
  if (!stream.isTTY) return undefined;
  // Only terminals need it.
  const { MultiBar, Presets } = createRequire(import.meta.url)('cli-progress') as typeof cliProgress;
  const bars = new MultiBar(
    {
      stream,
      hideCursor: true,
      // At most 80 columns for 99999 transitions.
      format: '{chain} [{bar}] {value}/{total} {phase} {divergences} div  step {step}  {pace}',
      barsize: 10,
      // The terminal stays in its ordinary mode, so that Ctrl-C reaches us.
      gracefulExit: false,
      emptyOnZero: true,
    },
    Presets.legacy,
  );
  const lines = new Map<number, Line>();
  return {
    update({ chain, phase, iteration, total, divergences, stepSize }) {
      const now = performance.now();
      let line = lines.get(chain);
      const words = {
        chain: String(chain + 1).padStart(2),
        phase: phase === 'warmup' ? 'warm-up ' : 'sampling',
        step: stepSize.toPrecision(3),
        divergences,
        pace: '',
      };
      if (line === undefined) {
        line = { bar: bars.create(total, iteration, words), phase, since: now, from: iteration };
        lines.set(chain, line);
      } else if (line.phase !== phase) {
        Object.assign(line, { phase, since: now, from: iteration });
      }
      const rate = (iteration - line.from) / ((now - line.since) / 1000);
      line.bar.update(iteration, { ...words, pace: paceOf(rate, total - iteration) });
    },
    stop: () => bars.stop(),
  };
}

/** Transitions per second, and the time that those ahead will take: `12300/s, 1:23 left`. */
export function paceOf(rate: number, ahead: number): string {
  if (!(rate > 0) || rate === Infinity) return '';
  const shown = rate >= 10 ? Math.round(rate) : Number(rate.toPrecision(2));
  return ahead === 0 ? `${shown}/s` : `${shown}/s, ${clock(ahead / rate)} left`;
}

function clock(seconds: number): string {
  const whole = Math.ceil(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
