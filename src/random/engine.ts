/**
 * The one instance of the module of random variates, apart from the samplers' so that only those who draw
 * variates carry it, that all streams of a thread share. A stream's state is its own; it lies in the
 * instance's memory only while it draws.
 */
import { type Imports, instantiate, instantiateSync } from '@assemblyscript/loader';
import { binary } from '../../build/random-binary';
import { compileEmbedded } from '../backend/wasm';
import { Arena } from '../backend/wasm/arena';
import { inNode } from '../backend/wasm/host';
import type { Exports } from './exports';

/** Draws of one call into the module: few enough to stay in the cache. */
export const BLOCK = 2048;
export const STATE_BYTES = 32;
const PAGES = 4;
/** Addresses and steps of three parameters. */
const PARAMETERS_BYTES = 48;

export class Engine extends Arena {
  /** Where the state of the stream at work lies, a child's behind it, and the parameters of a fill. */
  readonly state: number;
  readonly child: number;
  readonly parameters: number;

  private constructor(
    readonly exports: Exports,
    memory: WebAssembly.Memory,
  ) {
    super(memory, exports.allocate);
    this.state = exports.allocate(2 * STATE_BYTES + PARAMETERS_BYTES);
    this.child = this.state + STATE_BYTES;
    this.parameters = this.child + STATE_BYTES;
  }

  static async create(): Promise<Engine> {
    const memory = new WebAssembly.Memory({ initial: PAGES });
    const module = await compileEmbedded(binary);
    // The loader's own type lists only what AssemblyScript imports by itself.
    const imports = { env: { memory } } as Imports;
    // Its asynchronous way asks for `Response`, for which Node first loads its HTTP client: 30 ms.
    const { exports } = inNode() ? instantiateSync(module, imports) : await instantiate(module, imports);
    return new Engine(exports as unknown as Exports, memory);
  }
}

let engine: Promise<Engine> | undefined;

/** The engine, made on first use. */
export function loadEngine(): Promise<Engine> {
  if (engine === undefined) {
    const making = Engine.create();
    // A failure is not remembered.
    making.catch(() => {
      if (engine === making) engine = undefined;
    });
    engine = making;
  }
  return engine;
}
