/**
 * Which host this is: Node, whose own modules are found at run time so that bundlers never see them, or a
 * browser.
 */

/** A built-in module; call it in Node only. */
export async function builtin<T>(name: string): Promise<T> {
  return (process.getBuiltinModule?.(name as never) ??
    (await import(/* @vite-ignore */ /* webpackIgnore: true */ name))) as T;
}

export function inNode(): boolean {
  return typeof process === 'object' && typeof process.versions?.node === 'string';
}
