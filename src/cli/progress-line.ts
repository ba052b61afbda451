/** What goes on, in one line that is written over, on a terminal; nothing elsewhere. */

export interface ProgressLine {
  show(text: string): void;
  /** Clears the line. */
  stop(): void;
}

/** Milliseconds between two changes. */
const PACE = 100;

export function progressLine(stream: NodeJS.WriteStream): ProgressLine | undefined {
  if (!stream.isTTY) return undefined;
  let last = -Infinity;
  return {
    show(text) {
      const now = performance.now();
      if (now - last < PACE) return;
      last = now;
      stream.write(`\r\u001b[K${text}`);
    },
    stop() {
      if (last > -Infinity) stream.write('\r\u001b[K');
    },
  };
}
