/**
 * The one instance of the module of exact inference that a thread shares, made on first use and at once, so that
 * updating is no promise. (Browsers compile modules of up to 8 MB synchronously.)
 */
import { binary } from '../../build/conjugate-binary';
import { Arena } from '../backend/wasm/arena';

type OfOne = (x: number) => number;
type OfTwo = (a: number, b: number) => number;
type OfThree = (a: number, b: number, x: number) => number;

/** What the module exports; pointers are byte offsets into its memory. */
export interface Exports {
  allocate(bytes: number): number;

  exp: OfOne;
  expm1: OfOne;
  log: OfOne;
  log1p: OfOne;
  log1mExp: OfOne;
  lgamma: OfOne;
  digamma: OfOne;
  trigamma: OfOne;
  normalCdf: OfOne;
  normalLogCdf: OfOne;
  normalQuantile: OfOne;
  lbeta: OfTwo;
  /** ψ(x + n) − ψ(x) */
  digammaDifference: OfTwo;
  /** log Γ(x + n) − log Γ(x) */
  logRisingFactorial: OfTwo;
  gammaP: OfTwo;
  gammaQ: OfTwo;
  logGammaP: OfTwo;
  logGammaQ: OfTwo;
  /** By shape and point, for rate 1. */
  gammaLogDensity: OfTwo;
  incBeta: OfThree;
  logIncBeta: OfThree;
  betaLogDensity: OfThree;

  absorbRows(x: number, rows: number, width: number, y: number, factor: number, columns: number): void;
  histogram(x: number, count: number, tables: number, size: number): void;
  logFactorials(x: number, count: number): number;
  logRisings(x: number, count: number, shape: number): number;
  moments(x: number, count: number, out: number): void;
  scatter(x: number, rows: number, size: number, mean: number, out: number, columns: number): void;
  sumLog(x: number, count: number): number;
  totals(x: number, count: number, out: number): void;
}

const PAGES = 4;

export class Engine extends Arena {
  private constructor(
    readonly exports: Exports,
    memory: WebAssembly.Memory,
  ) {
    super(memory, exports.allocate);
  }

  static create(): Engine {
    const memory = new WebAssembly.Memory({ initial: PAGES });
    const bytes = Uint8Array.from(atob(binary), (character) => character.charCodeAt(0));
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
    return new Engine(exports as unknown as Exports, memory);
  }
}

let engine: Engine | undefined;

export function getEngine(): Engine {
  return (engine ??= Engine.create());
}

/** The special functions of the module. */
export function special(): Exports {
  return getEngine().exports;
}
