/** Refuses runs whose memory the machine does not have, before they begin. Node only, and loaded there alone. */

/** What a run needs, in bytes. */
export interface Need {
  readonly chains: number;
  /** Draws kept of each chain; 0 when none are. */
  readonly draws: number;
  /** Values of a kept draw, statistics of the sampler included. */
  readonly width: number;
  /** State of one chain. */
  readonly chainBytes: number;
  /** The density with its first chain, once per thread. */
  readonly instanceBytes: number;
  readonly threads: number;
}

/** What Node's module os tells. */
export interface MemoryOfHost {
  freemem(): number;
  totalmem(): number;
}

/** Bytes that one instance can address. */
const ADDRESSABLE = 4294967296;

/**
 * @param available bytes that the machine can give
 * @throws RangeError saying what the run needs, what there is, and what to do
 */
export function refuseTooLarge(need: Need, available: number): void {
  const { chains, draws, width, chainBytes, instanceBytes, threads } = need;
  const inModule = instanceBytes + chains * chainBytes;
  if (inModule > ADDRESSABLE) {
    throw new RangeError(
      `${chains} chains take ${size(inModule)} of WebAssembly memory, of which at most ${size(ADDRESSABLE)} can be ` +
        `addressed: run fewer chains at once, or choose a metric with fewer values`,
    );
  }
  const kept = 8 * chains * draws * width;
  const total = kept + inModule + chains * chainBytes + threads * (instanceBytes + chainBytes);
  if (total <= available) return;
  const advice =
    kept > total / 2
      ? 'keep fewer draws (thin) or quantities (keep: [names]), or none (keep: false) and take them as they come (onDraws)'
      : 'run fewer chains or workers, or choose a metric with fewer values';
  throw new RangeError(
    `the run needs ${size(total)} of memory (${chains} chains of ${draws} kept draws of ${width} values: ` +
      `${size(kept)}), but the machine has ${size(available)} to give: ${advice}`,
  );
}

/** Bytes of memory that the machine can give to this process. */
export function availableMemory({ freemem, totalmem }: MemoryOfHost): number {
  const host = process as { availableMemory?(): number };
  // Elsewhere what is free leaves out what can be freed at once.
  return process.platform === 'linux' ? (host.availableMemory?.() ?? freemem()) : totalmem();
}

function size(bytes: number): string {
  const gibibytes = bytes / 1073741824;
  return gibibytes >= 1 ? `${Math.ceil(10 * gibibytes) / 10} GiB` : `${Math.ceil(1024 * gibibytes)} MiB`;
}
