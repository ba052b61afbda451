/** Node's own modules, found at run time so that bundlers for browsers never see them. */

/** A built-in module; call it in Node only. */
export async function builtin<T>(name: string): Promise<T> {
  return (process.getBuiltinModule?.(name as never) ??
    (await import(/* @vite-ignore */ /* webpackIgnore: true */ name))) as T;
}

export function inNode(): boolean {
  return typeof process === 'object' && typeof process.versions?.node === 'string';
}
