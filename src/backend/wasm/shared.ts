/** A compiled module that all instances share. */

/** A module made on first use, or given. */
export class SharedModule {
  private module: Promise<WebAssembly.Module> | undefined;

  constructor(private readonly compile: () => Promise<WebAssembly.Module>) {}

  /** Use a module of one's own making (streamed, cached, sent by another thread) in place of the package's. */
  set(source: WebAssembly.Module | Promise<WebAssembly.Module>): void {
    this.module = Promise.resolve(source);
  }

  /**
   * The module, compiled on first use.
   *
   * @throws WebAssembly.CompileError where the host has no WebAssembly SIMD, or forbids compilation
   */
  load(): Promise<WebAssembly.Module> {
    if (this.module === undefined) {
      const compiling = this.compile();
      // A failure (a network that was down) is not remembered.
      compiling.catch(() => {
        if (this.module === compiling) this.module = undefined;
      });
      this.module = compiling;
    }
    return this.module;
  }
}
