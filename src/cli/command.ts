/** What all commands have in common: help with an example, errors of one line, an exit status. */

import { inspect } from 'node:util';
import { Command, Option } from 'commander';
import { complain, say, WIDTH } from './words';

export interface About {
  readonly description: string;
  /** Lines that could be typed, shown below the options. */
  readonly examples: readonly string[];
  /** What follows the examples, in lines of at most `WIDTH` characters. */
  readonly notes?: string;
}

/** A command without arguments and options, which the caller adds. */
export function command(name: string, { description, examples, notes }: About): Command {
  const lines = [
    '',
    examples.length === 1 ? 'Example:' : 'Examples:',
    ...examples.map((line) => `  $ ${line}`),
  ];
  return (
    new Command(name)
      .description(description)
      .configureHelp({ helpWidth: WIDTH })
      // A suggestion comes on a line of its own; an error is one line.
      .configureOutput({ outputError: (text, write) => write(`${text.trim().replace(/\s*\n\s*/g, ' ')}\n`) })
      .addHelpText('after', [...lines, ...(notes === undefined ? [] : ['', notes])].join('\n'))
  );
}

/** For options shared by all commands that read or make runs. */
export const stackTraceOption = (): Option => new Option('--stack-trace', 'show where an error arose');

/**
 * What a command does: an action that resolves to the exit status; whatever it throws becomes one line and status 1.
 */
export function does<A extends unknown[], O extends { readonly stackTrace?: boolean }>(
  target: Command,
  action: (...args: [...A, O]) => Promise<number>,
): Command {
  return target.addOption(stackTraceOption()).action(async (...given: unknown[]) => {
    // Commander adds itself behind arguments and options.
    const args = given.slice(0, -1) as [...A, O];
    try {
      process.exitCode = await action(...args);
    } catch (error) {
      complain(error instanceof Error ? error.message : String(error));
      if ((args.at(-1) as O).stackTrace) say(inspect(error));
      process.exitCode = 1;
    }
  });
}
