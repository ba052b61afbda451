/** What goes wrong with a model or its data: the message names the variable, what was expected and what was found. */

export class ModelError extends Error {
  override readonly name = 'ModelError';
}

/** Runs `build`; an error inside is reported as one of the step called `where`. */
export function during<T>(where: string, build: () => T): T {
  try {
    return build();
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new ModelError(`${where}: ${message}`, { cause });
  }
}
