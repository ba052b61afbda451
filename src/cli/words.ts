/** What the command says besides the table, and in which colour. */

import { wrap } from '../report/table';

/** Columns of a terminal that tables, help and messages keep to. */
export const WIDTH = 80;

/** One line to standard error. */
export function say(message: string): void {
  process.stderr.write(`${message}\n`);
}

/** A warning to standard error: yellow on a terminal that has colours, unless NO_COLOR is set. */
export function warn(message: string): void {
  const lines = wrap(`Warning: ${message}`, WIDTH, '  ');
  say(lines.replace(/^Warning:/, paint('Warning:', 33)));
}

/** The one line that an error gets. */
export function complain(message: string): void {
  say(`${paint('error:', 31)} ${message.trim().replace(/\s*\n\s*/g, '; ')}`);
}

function paint(text: string, color: number): string {
  const { stderr } = process;
  // hasColors() heeds NO_COLOR and TERM=dumb.
  return stderr.isTTY && stderr.hasColors() ? `\u001b[${color}m${text}\u001b[39m` : text;
}
