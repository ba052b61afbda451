/** Keeps two processes from writing to one run at a time. Node only. */

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/**
 * Takes a run's directory for this process; the lock of a process that is no more is taken over.
 *
 * @returns gives it back
 * @throws Error when another process of this machine is writing there
 */
export function lockRun(directory: string): () => void {
  const path = join(directory, 'run.lock');
  const holder = holderOf(path);
  if (holder !== undefined && holder !== process.pid && isAlive(holder)) {
    throw new Error(
      `${directory}: process ${holder} is writing to this run; wait for it, or remove ${path} if that is another program`,
    );
  }
  writeFileSync(path, `${process.pid} ${hostname()}\n`);
  return () => rmSync(path, { force: true });
}

/** The process on this machine that holds a lock. */
function holderOf(path: string): number | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
  const [pid, host] = text.trim().split(' ');
  return host === hostname() && Number(pid) > 0 ? Number(pid) : undefined;
}

function isAlive(pid: number): boolean {
  try {
    // Signal 0 only asks.
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return !hasEnded(pid);
}

/** Whether a process is only waiting for its parent to hear of its end, as in containers without an init it does for good. */
function hasEnded(pid: number): boolean {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The state follows the command, which may have parentheses itself.
    return status[status.lastIndexOf(')') + 2] === 'Z';
  } catch {
    return false;
  }
}
