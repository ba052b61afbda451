/** How the words of options become values, and options that several commands have. */

import { InvalidArgumentError, Option } from 'commander';
import type { InitialValues } from '../inference';
import { readJsonObject } from './json-file';

/** A number; whether it lies where it should is the method's to say. */
export function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw new InvalidArgumentError(`'${text}' is not a number.`);
  return value;
}

/** Names separated by commas. */
export function names(text: string): readonly string[] {
  return text.split(',').map((name) => name.trim());
}

export const workersOption = (): Option =>
  new Option(
    '--workers <n>',
    "worker threads; 0 for none, 'auto' as the run needs (default: auto)",
  ).argParser((text): number | 'auto' => (text === 'auto' ? text : number(text)));

export const initialOption = (): Option =>
  new Option(
    '--initial <file>',
    "JSON file of starting values by parameter name, others are drawn; 'prior': draws from the prior",
  );

/** What `--initial` says. */
export function initialValues(given: string | undefined): 'prior' | InitialValues | undefined {
  return given === undefined || given === 'prior' ? given : (readJsonObject(given) as InitialValues);
}
